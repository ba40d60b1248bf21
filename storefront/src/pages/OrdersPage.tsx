import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Checkbox from '@mui/material/Checkbox';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { body, type Order, type OrderStatus } from '../api/client';
import { useAbilities } from '../auth/session';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { OrderStatusChip } from '../components/OrderStatusChip';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { dateTime, money } from '../format';
import { CompleteSelected } from './CompleteSelected';
import { CompleteButton } from './OrderActions';
import { orderFilter, OrderSearch } from './OrderSearch';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { ORDER_STATUSES } from '../orderStatus';
import { pageNumber, pageStart } from '../paging';

const PER_PAGE = 20;

function summary(order: Order, t: TFunction): string {
  const [first, ...others] = order.items;
  if (!first) return t('orders.noBooks');
  const copies = first.quantity > 1 ? `${first.quantity} × ${first.title}` : first.title;
  return others.length === 0 ? copies : t('orders.andMore', { first: copies, count: others.length });
}

function OrderRow({
  order,
  staff,
  selected,
  onSelect,
}: {
  order: Order;
  staff: boolean;
  selected: boolean;
  onSelect: (selected: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Card component="li" sx={{ listStyle: 'none', display: 'flex', flexWrap: 'wrap', alignItems: 'center' }}>
      {staff && order.status === 'pending' && (
        <Checkbox
          checked={selected}
          onChange={({ target }) => onSelect(target.checked)}
          slotProps={{ input: { 'aria-label': t('orders.select', { orderId: order.orderId }) } }}
          sx={{ ml: 1 }}
        />
      )}
      <CardActionArea
        component={RouterLink}
        to={`/orders/${order.orderId}`}
        sx={{
          flex: '1 1 300px',
          p: 2.25,
          display: 'grid',
          gridTemplateColumns: { xs: '1fr auto', sm: '110px 1fr auto' },
          gap: 1,
          columnGap: 2,
          alignItems: 'center',
        }}
      >
        <Box>
          <Typography sx={{ fontWeight: 650 }}>{t('order.title', { orderId: order.orderId })}</Typography>
          <OrderStatusChip status={order.status} />
        </Box>
        <Box sx={{ minWidth: 0, order: { xs: 3, sm: 0 }, gridColumn: { xs: '1 / -1', sm: 'auto' } }}>
          <Typography noWrap>{summary(order, t)}</Typography>
          <Typography variant="body2" color="textSecondary" noWrap>
            {dateTime(order.orderDate)}
            {staff && ` · ${order.userEmail}`}
          </Typography>
        </Box>
        <Typography sx={{ fontWeight: 650, fontVariantNumeric: 'tabular-nums', textAlign: 'right' }}>
          {money(order.totalAmount, order.currency)}
        </Typography>
      </CardActionArea>
      {staff && order.status === 'pending' && (
        <Box sx={{ px: 2, pb: { xs: 2, sm: 0 } }}>
          <CompleteButton order={order} size="small" />
        </Box>
      )}
    </Card>
  );
}

function Orders() {
  const { t } = useTranslation();
  const { api } = useServices();
  const can = useAbilities();
  const [parameters, setParameters] = useSearchParams();
  const staff = can.readsAllOrders;
  const asked = parameters.get('status');
  const filter = staff ? orderFilter(parameters) : {};
  const searches = Object.keys(filter).length > 0;
  const status =
    asked === 'all'
      ? undefined
      : (ORDER_STATUSES.find((known) => known === asked) ?? (staff && !searches ? 'pending' : undefined));
  // The queue begins with the order that has waited longest.
  const order = staff && status === 'pending' ? 'asc' : 'desc';
  const [selected, setSelected] = useState<number[]>([]);
  const page = pageNumber(parameters, PER_PAGE);
  const next = parameters.get('next');
  const orders = useQuery({
    queryKey: ['orders', status, page, next, filter],
    queryFn: ({ signal }) =>
      body(
        api.orders.GET('/orders', {
          params: {
            query: {
              ...filter,
              orderId: filter.orderId === undefined ? undefined : Number(filter.orderId),
              status,
              order,
              limit: PER_PAGE,
              ...pageStart(page, PER_PAGE, next),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: staff ? 30_000 : false,
  });
  const shown = orders.data?.items ?? [];
  const completable = shown.filter(({ orderId, status: now }) => now === 'pending' && selected.includes(orderId));

  return (
    <>
      <PageHeader
        title={staff ? t('navigation.orders') : t('navigation.myOrders')}
        lead={staff ? t('orders.lead') : undefined}
      >
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={t('orders.filter')}
          value={status ?? 'all'}
          onChange={(_event, chosen: OrderStatus | 'all' | null) =>
            chosen && setParameters({ ...filter, status: chosen })
          }
        >
          {[...ORDER_STATUSES, 'all' as const].map((value) => (
            <ToggleButton key={value} value={value}>
              {value === 'all' ? t('orders.all') : t(`order.status.${value}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </PageHeader>
      {staff && (
        <OrderSearch
          filter={filter}
          onSearch={(sought) =>
            setParameters({ ...sought, ...(Object.keys(sought).length > 0 ? { status: 'all' } : {}) })
          }
        />
      )}
      {orders.isPending && (
        <Stack spacing={1.5}>
          {[0, 1, 2].map((index) => (
            <Skeleton key={index} variant="rounded" height={84} />
          ))}
        </Stack>
      )}
      {orders.isError && <ErrorNotice error={orders.error} onRetry={() => void orders.refetch()} />}
      {orders.data?.items.length === 0 && page > 1 && <EmptyPage />}
      {orders.data?.items.length === 0 && page === 1 && (
        <EmptyState
          icon={<PackageOpen size={48} />}
          title={
            searches
              ? t(orders.data.next ? 'orders.search.nothingYet' : 'orders.search.nothing')
              : t(`orders.${staff ? 'emptyStaff' : 'emptyCustomer'}.${status ?? 'all'}`)
          }
        >
          {staff ? (
            <Typography>{t('orders.newAppear')}</Typography>
          ) : (
            <Button component={RouterLink} to="/" variant="contained">
              {t('actions.browseBooks')}
            </Button>
          )}
        </EmptyState>
      )}
      {orders.data && orders.data.items.length > 0 && (
        <>
          {completable.length > 0 && (
            <Box sx={{ mb: 2 }}>
              <CompleteSelected orderIds={completable.map(({ orderId }) => orderId)} onDone={() => setSelected([])} />
            </Box>
          )}
          <Stack component="ul" spacing={1.5} aria-label={t('orders.list')} sx={{ p: 0, m: 0 }}>
            {shown.map((each) => (
              <OrderRow
                key={each.orderId}
                order={each}
                staff={can.processesOrders}
                selected={selected.includes(each.orderId)}
                onSelect={(chosen) =>
                  setSelected((others) =>
                    chosen ? [...others, each.orderId] : others.filter((orderId) => orderId !== each.orderId),
                  )
                }
              />
            ))}
          </Stack>
        </>
      )}
      {orders.data && (orders.data.items.length > 0 || orders.data.next) && (
        <Pager
          total={orders.data.total}
          limit={PER_PAGE}
          page={page}
          next={orders.isPlaceholderData ? null : orders.data.next}
          onPage={(chosen, place) =>
            setParameters((current) => {
              current.set('page', String(chosen));
              if (place) current.set('next', place);
              else current.delete('next');
              return current;
            })
          }
        />
      )}
    </>
  );
}

export function OrdersPage() {
  return (
    <RequireSignIn page="orders" may={(can) => can.readsOrders}>
      <Orders />
    </RequireSignIn>
  );
}
