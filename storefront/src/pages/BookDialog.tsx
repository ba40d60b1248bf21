import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { categoriesOptions } from '../api/catalogQueries';
import { body } from '../api/client';
import { fieldMessages } from '../api/problems';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import {
  bookForm,
  bookReplacement,
  EMPTY_FORM,
  FORMATS,
  isChanged,
  merge,
  newBookRequest,
  type BookForm,
} from '../inventory';
import { ConflictChoice } from './ConflictChoice';
import { ConflictError, isOutdated, saveBook } from './saveBook';
import { readVersioned, useVersionedBook, type Versioned } from './useVersionedBook';

/** Adds or edits a book. It asks only about fields that someone else changed to other values in the meantime. */
export function BookDialog({ bookId, onClose }: { bookId: number | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, config, say } = useServices();
  const queries = useQueryClient();
  const loaded = useVersionedBook(bookId);
  const categories = useQuery(categoriesOptions(api));
  const [base, setBase] = useState<Versioned | null>(null);
  const [form, setForm] = useState<BookForm>(EMPTY_FORM);
  const [stock, setStock] = useState('');
  const [conflict, setConflict] = useState<ConflictError | null>(null);
  const [keepsMine, setKeepsMine] = useState<Partial<Record<keyof BookForm, boolean>>>({});
  const [confirmsRemoval, setConfirmsRemoval] = useState(false);
  const [tried, setTried] = useState(false);

  if (loaded.data && base === null) {
    setBase(loaded.data);
    setForm(bookForm(loaded.data.book));
  }

  const { wrong: wrongHere } = bookId === null ? newBookRequest(form, stock) : bookReplacement(form);
  const finished = (message: string) => {
    say(message);
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => ['book', 'books', 'categories'].includes(String(queryKey[0])),
    });
    onClose();
  };

  const save = useMutation({
    mutationFn: (edited: { base: Versioned | null; form: BookForm }) =>
      edited.base === null
        ? body(api.inventory.POST('/books', { body: newBookRequest(edited.form, stock).request! }))
        : saveBook(api, edited.base, edited.form),
    onSuccess: (book) => finished(t(bookId === null ? 'bookForm.added' : 'bookForm.saved', { title: book.title })),
    onError: (failure) => {
      if (!(failure instanceof ConflictError)) return;
      setConflict(failure);
      setKeepsMine({});
    },
  });
  const removal = useMutation({
    mutationFn: () =>
      api.inventory.DELETE('/books/{bookId}', {
        params: { path: { bookId: bookId! }, header: { 'If-Match': base!.etag } },
      }),
    onSuccess: () => finished(t('bookForm.removed', { title: base!.book.title })),
    onError: async (failure) => {
      if (!isOutdated(failure)) return;
      const now = await readVersioned(api, bookId!);
      setForm(merge(base!.book, form, now.book).form);
      setBase(now);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (wrongHere.length === 0 && !save.isPending) save.mutate({ base, form });
  }

  function resolve(event: FormEvent) {
    event.preventDefault();
    if (!conflict || save.isPending) return;
    const resolved = { ...conflict.form };
    for (const { field, mine } of conflict.conflicts) if (keepsMine[field]) Object.assign(resolved, { [field]: mine });
    setBase(conflict.now);
    setForm(resolved);
    setConflict(null);
    save.mutate({ base: conflict.now, form: resolved });
  }

  const wrong: Record<string, string> = {
    ...fieldMessages(save.error),
    ...(tried ? Object.fromEntries(wrongHere.map((name) => [name, t(`bookForm.wrong.${name}`)])) : {}),
  };
  function field(
    name: keyof BookForm | 'stockQuantity',
    maxLength: number,
    options: { required?: boolean; numeric?: boolean; unit?: string; lines?: number; hint?: string } = {},
  ) {
    return (
      <TextField
        name={name}
        label={t(`bookForm.field.${name}`)}
        value={name === 'stockQuantity' ? stock : form[name]}
        onChange={({ target }) =>
          name === 'stockQuantity' ? setStock(target.value) : setForm({ ...form, [name]: target.value })
        }
        required={options.required}
        error={wrong[name] !== undefined}
        helperText={wrong[name] ?? options.hint}
        multiline={options.lines !== undefined}
        minRows={options.lines}
        maxRows={12}
        fullWidth
        size="medium"
        slotProps={{
          htmlInput: { maxLength, inputMode: options.numeric ? 'decimal' : undefined },
          input: options.unit
            ? { endAdornment: <InputAdornment position="end">{options.unit}</InputAdornment> }
            : undefined,
        }}
      />
    );
  }

  const failure = save.error ?? removal.error;
  const busy = save.isPending || removal.isPending;
  const ready = bookId === null || base !== null;
  const changed = stock !== '' || isChanged(form, base ? bookForm(base.book) : EMPTY_FORM);
  return (
    <Dialog
      open
      // The Esc key and a click beside the dialog do not discard what was typed.
      onClose={() => !changed && onClose()}
      fullWidth
      maxWidth="sm"
      aria-labelledby="book-dialog-title"
    >
      <DialogTitle id="book-dialog-title">
        {bookId === null ? t('bookForm.add') : (base?.book.title ?? t('bookForm.edit'))}
      </DialogTitle>
      {conflict ? (
        <form noValidate onSubmit={resolve}>
          <DialogContent>
            <Alert severity="warning" variant="outlined" role="alert">
              <AlertTitle>{t('bookForm.conflict')}</AlertTitle>
              {t('bookForm.conflictHint')}
            </Alert>
            <Stack spacing={2} sx={{ mt: 2 }}>
              {conflict.conflicts.map((each) => (
                <ConflictChoice
                  key={each.field}
                  conflict={each}
                  keepsMine={keepsMine[each.field] ?? false}
                  onChange={(mine) => setKeepsMine({ ...keepsMine, [each.field]: mine })}
                />
              ))}
            </Stack>
          </DialogContent>
          <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
            <Button color="inherit" onClick={onClose}>
              {t('bookForm.conflictDiscard')}
            </Button>
            <Button type="submit" variant="contained">
              {t('bookForm.conflictSave')}
            </Button>
          </DialogActions>
        </form>
      ) : (
        <form noValidate onSubmit={submit}>
          <DialogContent sx={{ pt: 1 }}>
            {loaded.isError && <ErrorNotice error={loaded.error} onRetry={() => void loaded.refetch()} />}
            {!ready && !loaded.isError && <Skeleton variant="rounded" height={280} />}
            {ready && (
              <Stack spacing={2.25} sx={{ pt: 0.5 }}>
                {field('title', 255, { required: true })}
                {field('author', 255)}
                {field('isbn', 40)}
                <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.25 }}>
                  {field('price', 12, { required: true, numeric: true, unit: config.currency })}
                  {bookId === null && field('stockQuantity', 10, { required: true, numeric: true })}
                </Box>
                <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.25 }}>
                  <Autocomplete
                    freeSolo
                    options={categories.data?.items.map(({ name }) => name) ?? []}
                    inputValue={form.category}
                    onInputChange={(_event, category) => setForm((current) => ({ ...current, category }))}
                    renderInput={(parameters) => (
                      <TextField
                        {...parameters}
                        name="category"
                        label={t('bookForm.field.category')}
                        error={wrong.category !== undefined}
                        helperText={wrong.category}
                      />
                    )}
                  />
                  <TextField
                    select
                    name="format"
                    label={t('bookForm.field.format')}
                    value={form.format}
                    onChange={({ target }) => setForm({ ...form, format: target.value as BookForm['format'] })}
                  >
                    <MenuItem value="">{t('bookForm.empty')}</MenuItem>
                    {FORMATS.map((format) => (
                      <MenuItem key={format} value={format}>
                        {t(`book.formats.${format}`)}
                      </MenuItem>
                    ))}
                  </TextField>
                  {field('publisher', 255)}
                  {field('publicationYear', 4, { numeric: true })}
                  {field('language', 35, { hint: t('bookForm.languageHint') })}
                  {field('coverImageUrl', 1000, { hint: t('bookForm.coverHint') })}
                </Box>
                {field('description', 4000, { lines: 3 })}
                {Boolean(failure) && !(failure instanceof ConflictError) && <ErrorNotice error={failure} />}
                {confirmsRemoval && (
                  <Alert
                    severity="warning"
                    variant="outlined"
                    role="alert"
                    action={
                      <Button
                        color="error"
                        variant="contained"
                        size="small"
                        loading={removal.isPending}
                        onClick={() => removal.mutate()}
                      >
                        {t('bookForm.removeConfirm')}
                      </Button>
                    }
                  >
                    <Typography variant="body2">{t('bookForm.removeText')}</Typography>
                  </Alert>
                )}
              </Stack>
            )}
          </DialogContent>
          <DialogActions>
            {bookId !== null && !confirmsRemoval && ready && (
              <Button color="error" sx={{ mr: 'auto' }} onClick={() => setConfirmsRemoval(true)} disabled={busy}>
                {t('bookForm.remove')}
              </Button>
            )}
            <Button color="inherit" onClick={onClose}>
              {t('actions.cancel')}
            </Button>
            <Button type="submit" variant="contained" loading={save.isPending} disabled={!ready || removal.isPending}>
              {bookId === null ? t('bookForm.add') : t('bookForm.save')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
