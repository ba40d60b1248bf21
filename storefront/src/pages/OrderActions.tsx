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

function useOrderAction(order: Order, action: 'complete' | 'cancel', onDone: () => void) {
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
      say(action === 'complete' ? `Order ${changed.orderId} is completed` : `Order ${changed.orderId} is cancelled`);
    },
    // Also after a refusal: somebody else was first, and the page shows the old state.
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
  const change = useOrderAction(order, action, onClose);
  const complete = action === 'complete';
  const close = () => {
    change.reset();
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} aria-labelledby={`${action}-${order.orderId}`}>
      <DialogTitle id={`${action}-${order.orderId}`}>
        {complete ? `Complete order ${order.orderId}?` : `Cancel order ${order.orderId}?`}
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: change.isError ? 2 : 0 }}>
          {complete
            ? `The payment is completed with it, and ${order.userEmail} is told. A completed order cannot be cancelled.`
            : 'Its books go back on the shelf and nothing is paid. A cancelled order cannot be taken up again.'}
        </DialogContentText>
        {change.isError && <ErrorNotice error={change.error} />}
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={close}>
          {complete ? 'Not yet' : 'Keep the order'}
        </Button>
        <Button
          variant="contained"
          color={complete ? 'primary' : 'error'}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          {complete ? 'Complete it' : 'Cancel it'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

export function CompleteButton({ order, size }: { order: Order; size?: 'small' }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="contained"
        size={size}
        onClick={() => setOpen(true)}
        aria-label={`Complete order ${order.orderId}`}
      >
        Complete
      </Button>
      <ActionDialog order={order} action="complete" open={open} onClose={() => setOpen(false)} />
    </>
  );
}

export function CancelButton({ order }: { order: Order }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
        Cancel this order
      </Button>
      <ActionDialog order={order} action="cancel" open={open} onClose={() => setOpen(false)} />
    </>
  );
}
