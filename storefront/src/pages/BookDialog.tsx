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

/** A book with the version that it was read at. */
interface Versioned {
  book: Book;
  etag: string;
}

function useVersioned(bookId: number | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['book', bookId, 'version'],
    enabled: bookId !== null,
    // What is edited must be what the shop has now, and must not change under the hands of who edits it.
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

/** Adds a book, or changes one. A change that somebody else was faster with is shown side by side, and nothing is lost. */
export function BookDialog({ bookId, onClose }: { bookId: number | null; onClose: () => void }) {
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
    onSuccess: (book) => finished(bookId === null ? `“${book.title}” is on sale` : `“${book.title}” is changed`),
    onError: explainConflict,
  });
  const removal = useMutation({
    mutationFn: () =>
      api.inventory.DELETE('/books/{bookId}', {
        params: { path: { bookId: bookId! }, header: { 'If-Match': base!.etag } },
      }),
    onSuccess: () => finished(`“${base!.book.title}” is off sale`),
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

  const wrong: Record<string, string> = { ...fieldMessages(save.error), ...(tried ? wrongHere : {}) };
  function field(
    name: keyof BookForm,
    label: string,
    maxLength: number,
    options: { required?: boolean; numeric?: boolean; unit?: string } = {},
  ) {
    return (
      <TextField
        name={name}
        label={label}
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
        {bookId === null ? 'Add a book' : (base?.book.title ?? 'Change a book')}
      </DialogTitle>
      {conflict ? (
        <>
          <DialogContent>
            <Alert severity="warning" variant="outlined" role="alert">
              <AlertTitle>Somebody changed this book while you did</AlertTitle>A colleague saved it, or a copy was sold.
              Nothing of yours is saved yet, and nothing of theirs is lost.
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
                  <th scope="col">What differs</th>
                  <th scope="col">In the shop now</th>
                  <th scope="col">Yours</th>
                </tr>
              </thead>
              <tbody>
                {changed.map(({ name, theirs, mine }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{theirs || '–'}</td>
                    <td>
                      <strong>{mine || '–'}</strong>
                    </td>
                  </tr>
                ))}
                {changed.length === 0 && (
                  <tr>
                    <td colSpan={3}>Nothing: both are the same now.</td>
                  </tr>
                )}
              </tbody>
            </Box>
          </DialogContent>
          <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
            <Button color="inherit" onClick={onClose}>
              Leave it as it is
            </Button>
            <Button variant="outlined" onClick={() => resolve(false)}>
              Start from theirs
            </Button>
            <Button variant="contained" onClick={() => resolve(true)}>
              Go on with mine
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
                {field('title', 'Title', 255, { required: true })}
                {field('author', 'Author', 255)}
                {field('isbn', 'ISBN', 20)}
                <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.25 }}>
                  {field('price', 'Price', 12, { required: true, numeric: true, unit: config.currency })}
                  {field('stockQuantity', 'Copies in stock', 10, { required: true, numeric: true })}
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
                        Take it off sale
                      </Button>
                    }
                  >
                    <Typography variant="body2">
                      It disappears from the catalogue. Orders that have it keep it.
                    </Typography>
                  </Alert>
                )}
              </Stack>
            )}
          </DialogContent>
          <DialogActions>
            {bookId !== null && !confirmsRemoval && ready && (
              <Button color="error" sx={{ mr: 'auto' }} onClick={() => setConfirmsRemoval(true)} disabled={busy}>
                Remove…
              </Button>
            )}
            <Button color="inherit" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" variant="contained" loading={save.isPending} disabled={!ready || removal.isPending}>
              {bookId === null ? 'Put it on sale' : 'Save'}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
