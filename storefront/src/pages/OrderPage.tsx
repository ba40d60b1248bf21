import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { PackageX } from 'lucide-react';
import { Link as RouterLink, useLocation, useParams } from 'react-router';
import { body } from '../api/client';
import { ProblemError } from '../api/problems';
import { useAbilities } from '../auth/session';
import { AddressLines } from '../components/AddressLines';
import { EmptyState, ErrorNotice } from '../components/notices';
import { SoldLines, TotalsTable } from '../components/OrderLines';
import { OrderStatusChip } from '../components/OrderStatusChip';
import { PageHeader } from '../components/Page';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { dateTime } from '../format';
import { CancelButton, CompleteButton, ReturnButton } from './OrderActions';
import { OrderHistory } from './OrderHistory';
import { PackingSlip } from './PackingSlip';
import { useTranslation } from 'react-i18next';

function OrderView() {
  const { t } = useTranslation();
  const { api } = useServices();
  const can = useAbilities();
  const orderId = Number(useParams().orderId);
  const { state } = useLocation() as { state: { justPlaced?: boolean } | null };
  const order = useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => body(api.orders.GET('/orders/{orderId}', { params: { path: { orderId } }, signal })),
    enabled: Number.isInteger(orderId),
    refetchInterval: (query) => (query.state.data?.status === 'pending' ? 30_000 : false),
  });

  if (!Number.isInteger(orderId) || (order.error instanceof ProblemError && [400, 404].includes(order.error.status))) {
    return (
      <EmptyState wholePage icon={<PackageX size={48} />} title={t('order.notFound')}>
        <Typography>{t('order.notFoundHint')}</Typography>
        <Button component={RouterLink} to="/orders" variant="outlined">
          {t('order.viewOrders')}
        </Button>
      </EmptyState>
    );
  }
  if (order.isError) return <ErrorNotice wholePage error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data)
    return (
      <Stack spacing={2} aria-busy>
        <Skeleton height={56} width={220} />
        <Skeleton variant="rounded" height={220} />
      </Stack>
    );

  const { data } = order;
  const mine = !can.readsAllOrders;
  return (
    <>
      {state?.justPlaced && data.status === 'pending' && (
        <Alert severity="success" variant="outlined" sx={{ mb: 3 }}>
          {t('order.thanks', { email: data.userEmail })}
        </Alert>
      )}
      <PageHeader
        title={t('order.title', { orderId: data.orderId })}
        lead={
          <>
            {dateTime(data.orderDate)}
            {!mine && ` · ${data.userEmail}`}
          </>
        }
      >
        <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap', displayPrint: 'none' }}>
          {can.processesOrders && (
            <Button variant="outlined" onClick={() => window.print()}>
              {t('order.slip.print')}
            </Button>
          )}
          {can.processesOrders && data.status === 'completed' && <ReturnButton order={data} />}
          {can.processesOrders && data.status === 'pending' && <CompleteButton order={data} />}
          {data.status === 'pending' && <CancelButton order={data} />}
        </Stack>
      </PageHeader>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '1fr 360px' },
          gap: { xs: 3, md: 5 },
          alignItems: 'start',
          displayPrint: can.processesOrders ? 'none' : undefined,
        }}
      >
        <Card component="section" aria-label={t('order.lines')} sx={{ px: 3, py: 1.5 }}>
          <SoldLines lines={data.items} currency={data.currency} />
        </Card>
        <Card component="section" aria-label={t('cart.summary')} sx={{ p: 3 }}>
          <Box aria-live="polite" sx={{ mb: 2 }}>
            <OrderStatusChip status={data.status} />
            {mine && (
              <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
                {t(`order.meaning.${data.status}`)}
              </Typography>
            )}
          </Box>
          <TotalsTable totals={data} />
          {data.deliveryAddress && (
            <Box component="section" aria-labelledby="delivery-title" sx={{ mt: 3 }}>
              <Typography variant="h3" component="h2" id="delivery-title" sx={{ mb: 1 }}>
                {t('address.title')}
              </Typography>
              <AddressLines address={data.deliveryAddress} />
            </Box>
          )}
        </Card>
      </Box>
      {can.readsAllOrders && <OrderHistory orderId={data.orderId} mayNote={can.processesOrders} />}
      {can.processesOrders && <PackingSlip order={data} />}
    </>
  );
}

export function OrderPage() {
  return (
    <RequireSignIn page="order" may={(can) => can.readsOrders}>
      <OrderView />
    </RequireSignIn>
  );
}
