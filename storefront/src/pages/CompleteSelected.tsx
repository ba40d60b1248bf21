import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../api/problems';
import { body } from '../api/client';
import { useServices } from '../components/services';

/** Completes several orders, one after the other. An order that cannot be completed does not keep the others from it. */
export function CompleteSelected({ orderIds, onDone }: { orderIds: number[]; onDone: () => void }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const change = useMutation({
    mutationFn: async () => {
      const failed: { orderId: number; failure: unknown }[] = [];
      for (const orderId of orderIds) {
        try {
          await body(api.orders.POST('/orders/{orderId}/complete', { params: { path: { orderId } } }));
        } catch (failure) {
          failed.push({ orderId, failure });
        }
      }
      return failed;
    },
    onSuccess: (failed) => {
      say(t('orders.completedSelected', { count: orderIds.length - failed.length }));
      if (failed.length > 0) return;
      setOpen(false);
      onDone();
    },
    onSettled: () => queries.invalidateQueries(),
  });
  const failed = change.data ?? [];

  function close() {
    setOpen(false);
    if (change.isSuccess) onDone();
    change.reset();
  }

  return (
    <>
      <Button variant="contained" onClick={() => setOpen(true)}>
        {t('orders.completeSelected', { count: orderIds.length })}
      </Button>
      <Dialog open={open} onClose={() => !change.isPending && close()} aria-labelledby="complete-selected">
        <DialogTitle id="complete-selected">
          {t('orders.completeSelectedTitle', { count: orderIds.length })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>{t('orders.completeSelectedText')}</DialogContentText>
          {failed.map(({ orderId, failure }) => (
            <Alert key={orderId} severity="error" variant="outlined" sx={{ mt: 1.5 }}>
              {t('orders.notCompleted', { orderId, reason: explain(failure, t).title })}
            </Alert>
          ))}
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={close} disabled={change.isPending}>
            {change.isSuccess ? t('actions.close') : t('order.keepPending')}
          </Button>
          {!change.isSuccess && (
            <Button variant="contained" loading={change.isPending} onClick={() => change.mutate()}>
              {t('orders.completeSelected', { count: orderIds.length })}
            </Button>
          )}
        </DialogActions>
      </Dialog>
    </>
  );
}
