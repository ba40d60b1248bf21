import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { body, type Order } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { useTranslation } from 'react-i18next';

function useOrderAction(order: Order, action: 'complete' | 'cancel', onDone: () => void) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const options = { params: { path: { orderId: order.orderId } } };
  return useMutation({
    mutationFn: () =>
      body(
        action === 'complete'
          ? api.orders.POST('/orders/{orderId}/complete', options)
          : api.orders.POST('/orders/{orderId}/cancel', options),
      ),
    onSuccess: (changed) => {
      onDone();
      say(t(action === 'complete' ? 'order.completed' : 'order.cancelled', { orderId: changed.orderId }));
    },
    // Also after an error: somebody else may have changed the order, and the page shows the old state.
    onSettled: () => queries.invalidateQueries(),
  });
}

function ActionDialog({
  order,
  action,
  open,
  onClose,
}: {
  order: Order;
  action: 'complete' | 'cancel';
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const change = useOrderAction(order, action, onClose);
  const complete = action === 'complete';
  const close = () => {
    change.reset();
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} aria-labelledby={`${action}-${order.orderId}`}>
      <DialogTitle id={`${action}-${order.orderId}`}>
        {t(complete ? 'order.completeTitle' : 'order.cancelTitle', { orderId: order.orderId })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: change.isError ? 2 : 0 }}>
          {complete ? t('order.completeText', { email: order.userEmail }) : t('order.cancelText')}
        </DialogContentText>
        {change.isError && <ErrorNotice error={change.error} />}
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={close}>
          {complete ? t('order.keepPending') : t('order.keep')}
        </Button>
        <Button
          variant="contained"
          color={complete ? 'primary' : 'error'}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          {complete ? t('order.completeConfirm') : t('order.cancelConfirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

export function CompleteButton({ order, size }: { order: Order; size?: 'small' }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="contained"
        size={size}
        onClick={() => setOpen(true)}
        aria-label={t('order.completeLabel', { orderId: order.orderId })}
      >
        {t('order.complete')}
      </Button>
      <ActionDialog order={order} action="complete" open={open} onClose={() => setOpen(false)} />
    </>
  );
}

export function CancelButton({ order }: { order: Order }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
        {t('order.cancel')}
      </Button>
      <ActionDialog order={order} action="cancel" open={open} onClose={() => setOpen(false)} />
    </>
  );
}
