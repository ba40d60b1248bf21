import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { MOVEMENT_TYPES, movementQuantity, parseCopies, stockChange, type MovementType } from '../inventory';
import { StockHistory } from './StockHistory';
import { useVersionedBook } from './useVersionedBook';

/** Records copies that came or went, and shows the history of the stock. */
export function StockDialog({ bookId, onClose }: { bookId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const loaded = useVersionedBook(bookId);
  const [type, setType] = useState<MovementType>('received');
  const [copies, setCopies] = useState('');
  const [reason, setReason] = useState('');
  // The key of this movement: a request that is sent again counts once. Another movement has another key.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);

  const stock = loaded.data?.book.stockQuantity ?? 0;
  const quantity = movementQuantity(type, copies, stock);
  const agrees = type === 'counted' && parseCopies(copies) === stock;
  const save = useMutation({
    mutationFn: (change: number) =>
      body(
        api.inventory.POST('/books/{bookId}/stock-movements', {
          params: { path: { bookId }, header: { 'Idempotency-Key': key } },
          body: { type, quantity: change, reason: reason.trim() || null },
        }),
      ),
    onSuccess: (movement) => {
      say(t('stockForm.saved', { title: loaded.data!.book.title, copies: movement.stockAfter }));
      void queries.invalidateQueries({ predicate: ({ queryKey }) => ['book', 'books'].includes(String(queryKey[0])) });
      onClose();
    },
  });

  function edit(change: () => void) {
    change();
    setKey(crypto.randomUUID());
    save.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (quantity !== null && !save.isPending) save.mutate(quantity);
  }

  const wrong = tried && quantity === null && !agrees;
  const hint = wrong
    ? t(type === 'counted' ? 'stockForm.wrongCount' : 'stockForm.wrong')
    : agrees
      ? t('stockForm.agrees')
      : quantity !== null && t('stockForm.after', { copies: stock + stockChange(type, quantity) });
  return (
    <Dialog
      open
      onClose={() => copies === '' && reason === '' && onClose()}
      fullWidth
      maxWidth="sm"
      aria-labelledby="stock-dialog-title"
    >
      <DialogTitle id="stock-dialog-title">
        {t('stockForm.title', { title: loaded.data?.book.title ?? '…' })}
      </DialogTitle>
      <form noValidate onSubmit={submit}>
        <DialogContent sx={{ pt: 1 }}>
          {loaded.isError && <ErrorNotice error={loaded.error} onRetry={() => void loaded.refetch()} />}
          {loaded.isPending && <Skeleton variant="rounded" height={220} />}
          {loaded.data && (
            <>
              <Stack spacing={2.25}>
                <Typography>{t('stockForm.now', { copies: stock })}</Typography>
                <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.25 }}>
                  <TextField
                    select
                    label={t('stockForm.type')}
                    value={type}
                    onChange={({ target }) => edit(() => setType(target.value as MovementType))}
                    size="medium"
                    fullWidth
                  >
                    {MOVEMENT_TYPES.map((value) => (
                      <MenuItem key={value} value={value}>
                        {t(`stockForm.types.${value}`)}
                      </MenuItem>
                    ))}
                  </TextField>
                  <TextField
                    label={t(type === 'counted' ? 'stockForm.counted' : 'stockForm.quantity')}
                    value={copies}
                    onChange={({ target }) => edit(() => setCopies(target.value))}
                    error={wrong}
                    helperText={hint}
                    required
                    size="medium"
                    fullWidth
                    slotProps={{ htmlInput: { maxLength: 10, inputMode: 'numeric' } }}
                  />
                </Box>
                <TextField
                  label={t('stockForm.reason')}
                  value={reason}
                  onChange={({ target }) => edit(() => setReason(target.value))}
                  size="medium"
                  fullWidth
                  slotProps={{ htmlInput: { maxLength: 255 } }}
                />
                {save.isError && <ErrorNotice error={save.error} />}
              </Stack>
              <StockHistory bookId={bookId} />
            </>
          )}
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" variant="contained" loading={save.isPending} disabled={!loaded.data || agrees}>
            {t('stockForm.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
