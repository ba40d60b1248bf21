import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { dateTime } from '../format';

/** Who did what to an order, and what staff noted on it. */
export function OrderHistory({ orderId, mayNote }: { orderId: number; mayNote: boolean }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const history = useQuery({
    queryKey: ['order', orderId, 'history'],
    queryFn: ({ signal }) =>
      body(
        api.orders.GET('/orders/{orderId}/history', {
          params: { path: { orderId }, query: { limit: 100 } },
          signal,
        }),
      ),
    refetchInterval: 30_000,
  });
  const add = useMutation({
    mutationFn: () =>
      body(api.orders.POST('/orders/{orderId}/notes', { params: { path: { orderId } }, body: { note: note.trim() } })),
    onSuccess: () => setNote(''),
    onSettled: () => queries.invalidateQueries({ queryKey: ['order', orderId, 'history'] }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (note.trim() && !add.isPending) add.mutate();
  }

  return (
    <Card component="section" aria-labelledby="order-history" sx={{ p: 3, mt: 3, displayPrint: 'none' }}>
      <Typography variant="h2" id="order-history">
        {t('order.history')}
      </Typography>
      {history.isPending && <Skeleton variant="rounded" height={90} sx={{ mt: 2 }} />}
      {history.isError && <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />}
      {history.data && (
        <Box component="ol" sx={{ p: 0, my: 2, listStyle: 'none' }}>
          {history.data.items.map((entry) => (
            <Box component="li" key={entry.entryId} sx={{ py: 0.75, overflowWrap: 'anywhere' }}>
              <Typography>
                <strong>{t(`order.event.${entry.event}`)}</strong>
                {entry.note && `: ${entry.note}`}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {dateTime(entry.occurredAt)} · {entry.actor === 'system' ? t('order.bySystem') : entry.actor}
              </Typography>
            </Box>
          ))}
        </Box>
      )}
      {mayNote && (
        <Box
          component="form"
          onSubmit={submit}
          sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}
        >
          <TextField
            label={t('order.note')}
            value={note}
            onChange={({ target }) => setNote(target.value)}
            sx={{ flex: '1 1 240px' }}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          <Button type="submit" variant="outlined" loading={add.isPending} sx={{ height: 40 }}>
            {t('order.addNote')}
          </Button>
        </Box>
      )}
      {add.isError && (
        <Box sx={{ mt: 1.5 }}>
          <ErrorNotice error={add.error} />
        </Box>
      )}
    </Card>
  );
}
