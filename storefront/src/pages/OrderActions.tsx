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

type Action = 'complete' | 'cancel' | 'return';

const DONE = { complete: 'order.completed', cancel: 'order.cancelled', return: 'order.returned' } as const;

function useOrderAction(order: Order, action: Action, onDone: () => void) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const options = { params: { path: { orderId: order.orderId } } };
  return useMutation({
    mutationFn: () => body(api.orders.POST(`/orders/{orderId}/${action}`, options)),
    onSuccess: (changed) => {
      onDone();
      say(t(DONE[action], { orderId: changed.orderId }));
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
  action: Action;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const change = useOrderAction(order, action, onClose);
  const close = () => {
    change.reset();
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} aria-labelledby={`${action}-${order.orderId}`}>
      <DialogTitle id={`${action}-${order.orderId}`}>
        {t(`order.${action}Title`, { orderId: order.orderId })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: change.isError ? 2 : 0 }}>
          {t(`order.${action}Text`, { email: order.userEmail })}
        </DialogContentText>
        {change.isError && <ErrorNotice error={change.error} />}
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={close}>
          {t(action === 'cancel' ? 'order.keep' : 'order.keepPending')}
        </Button>
        <Button
          variant="contained"
          color={action === 'complete' ? 'primary' : 'error'}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          {t(`order.${action}Confirm`)}
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

export function ReturnButton({ order }: { order: Order }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        {t('order.return')}
      </Button>
      <ActionDialog order={order} action="return" open={open} onClose={() => setOpen(false)} />
    </>
  );
}
