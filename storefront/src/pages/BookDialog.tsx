import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import InputAdornment from '@mui/material/InputAdornment';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { body, type Book } from '../api/client';
import { fieldMessages, ProblemError } from '../api/problems';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { bookForm, bookRequest, differences, EMPTY_FORM, type BookForm } from '../inventory';
import { useTranslation } from 'react-i18next';

/** A book with the ETag of the version that was read. */
interface Versioned {
  book: Book;
  etag: string;
}

function useVersioned(bookId: number | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['book', bookId, 'version'],
    enabled: bookId !== null,
    // The form must start from the current version, which must not change while somebody edits it.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }): Promise<Versioned> => {
      const answer = await api.catalog.GET('/books/{bookId}', {
        params: { path: { bookId: bookId! } },
        cache: 'no-store',
        signal,
      });
      return { book: answer.data!, etag: answer.response.headers.get('ETag') ?? '' };
    },
  });
}

/** Adds or edits a book. If somebody else saved it in the meantime, both versions are shown side by side. */
export function BookDialog({ bookId, onClose }: { bookId: number | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, config, say } = useServices();
  const queries = useQueryClient();
  const loaded = useVersioned(bookId);
  const [base, setBase] = useState<Versioned | null>(null);
  const [form, setForm] = useState<BookForm>(EMPTY_FORM);
  const [conflict, setConflict] = useState<Versioned | null>(null);
  const [confirmsRemoval, setConfirmsRemoval] = useState(false);
  const [tried, setTried] = useState(false);

  if (loaded.data && base === null) {
    setBase(loaded.data);
    setForm(bookForm(loaded.data.book));
  }

  const { request, wrong: wrongHere } = bookRequest(form);
  const finished = (message: string) => {
    say(message);
    void queries.invalidateQueries({ predicate: ({ queryKey }) => ['book', 'books'].includes(String(queryKey[0])) });
    onClose();
  };
  const explainConflict = async (failure: unknown) => {
    if (failure instanceof ProblemError && failure.code === 'precondition_failed') {
      const now = await loaded.refetch();
      if (now.data) setConflict(now.data);
    }
  };

  const save = useMutation({
    mutationFn: async () => {
      if (bookId === null) return body(api.inventory.POST('/books', { body: request! }));
      return body(
        api.inventory.PUT('/books/{bookId}', {
          params: { path: { bookId }, header: { 'If-Match': base!.etag } },
          body: request!,
        }),
      );
    },
    onSuccess: (book) => finished(t(bookId === null ? 'bookForm.added' : 'bookForm.saved', { title: book.title })),
    onError: explainConflict,
  });
  const removal = useMutation({
    mutationFn: () =>
      api.inventory.DELETE('/books/{bookId}', {
        params: { path: { bookId: bookId! }, header: { 'If-Match': base!.etag } },
      }),
    onSuccess: () => finished(t('bookForm.removed', { title: base!.book.title })),
    onError: explainConflict,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (request && !save.isPending) save.mutate();
  }

  function resolve(keepMine: boolean) {
    if (!conflict) return;
    setBase(conflict);
    if (!keepMine) setForm(bookForm(conflict.book));
    setConflict(null);
    setConfirmsRemoval(false);
    save.reset();
    removal.reset();
  }

  const wrong: Record<string, string> = {
    ...fieldMessages(save.error),
    ...(tried ? Object.fromEntries(wrongHere.map((name) => [name, t(`bookForm.wrong.${name}`)])) : {}),
  };
  function field(
    name: keyof BookForm,
    maxLength: number,
    options: { required?: boolean; numeric?: boolean; unit?: string } = {},
  ) {
    return (
      <TextField
        name={name}
        label={t(`bookForm.field.${name}`)}
        value={form[name]}
        onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        required={options.required}
        error={wrong[name] !== undefined}
        helperText={wrong[name]}
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

  const changed = conflict ? differences(form, conflict.book) : [];
  const failure = save.error ?? removal.error;
  const busy = save.isPending || removal.isPending;
  const ready = bookId === null || base !== null;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="book-dialog-title">
      <DialogTitle id="book-dialog-title">
        {bookId === null ? t('bookForm.add') : (base?.book.title ?? t('bookForm.edit'))}
      </DialogTitle>
      {conflict ? (
        <>
          <DialogContent>
            <Alert severity="warning" variant="outlined" role="alert">
              <AlertTitle>{t('bookForm.conflict')}</AlertTitle>
              {t('bookForm.conflictHint')}
            </Alert>
            <Box
              component="table"
              sx={{
                mt: 2,
                width: '100%',
                borderCollapse: 'collapse',
                '& th, & td': {
                  textAlign: 'left',
                  p: 1,
                  borderBottom: 1,
                  borderColor: 'divider',
                  verticalAlign: 'top',
                },
              }}
            >
              <thead>
                <tr>
                  <th scope="col">{t('bookForm.conflictField')}</th>
                  <th scope="col">{t('bookForm.conflictTheirs')}</th>
                  <th scope="col">{t('bookForm.conflictMine')}</th>
                </tr>
              </thead>
              <tbody>
                {changed.map(({ field: name, theirs, mine }) => (
                  <tr key={name}>
                    <th scope="row">{t(`bookForm.field.${name}`)}</th>
                    <td>{theirs || '–'}</td>
                    <td>
                      <strong>{mine || '–'}</strong>
                    </td>
                  </tr>
                ))}
                {changed.length === 0 && (
                  <tr>
                    <td colSpan={3}>{t('bookForm.conflictNone')}</td>
                  </tr>
                )}
              </tbody>
            </Box>
          </DialogContent>
          <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
            <Button color="inherit" onClick={onClose}>
              {t('bookForm.conflictDiscard')}
            </Button>
            <Button variant="outlined" onClick={() => resolve(false)}>
              {t('bookForm.conflictUseTheirs')}
            </Button>
            <Button variant="contained" onClick={() => resolve(true)}>
              {t('bookForm.conflictUseMine')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <form noValidate onSubmit={submit}>
          <DialogContent sx={{ pt: 1 }}>
            {loaded.isError && <ErrorNotice error={loaded.error} onRetry={() => void loaded.refetch()} />}
            {!ready && !loaded.isError && <Skeleton variant="rounded" height={280} />}
            {ready && (
              <Stack spacing={2.25} sx={{ pt: 0.5 }}>
                {field('title', 255, { required: true })}
                {field('author', 255)}
                {field('isbn', 20)}
                <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.25 }}>
                  {field('price', 12, { required: true, numeric: true, unit: config.currency })}
                  {field('stockQuantity', 10, { required: true, numeric: true })}
                </Box>
                {Boolean(failure) && !(failure instanceof ProblemError && failure.code === 'precondition_failed') && (
                  <ErrorNotice error={failure} />
                )}
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
