import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, ShoppingBag } from 'lucide-react';
import { useState } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
import { addressOf, fieldsOf, missing, NO_ADDRESS, type AddressFields } from '../address';
import { body } from '../api/client';
import { ProblemError } from '../api/problems';
import { useAbilities } from '../auth/session';
import { placeOrder } from '../cart/placeOrder';
import { cartStore, useCart } from '../cart/store';
import { useQuote } from '../cart/usePricedCart';
import { EmptyState, ErrorNotice } from '../components/notices';
import { SoldLines, TotalsTable } from '../components/OrderLines';
import { PageHeader } from '../components/Page';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { useOnce } from '../components/useOnce';
import { useTranslation } from 'react-i18next';
import { AddressForm } from './AddressForm';

function Checkout() {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const can = useAbilities();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const cart = useCart();
  const { items, promoCode } = cart.attempt ?? { items: cart.lines, promoCode: cart.promoCode };
  const quote = useQuote(items, promoCode);
  const delivery = useQuery({
    queryKey: ['delivery', can.user?.subject],
    queryFn: ({ signal }) => body(api.orders.GET('/delivery-address', { signal })),
    enabled: can.signedIn && can.buys,
    staleTime: Infinity,
  });
  const [edited, setEdited] = useState<AddressFields | null>(null);
  const [tried, setTried] = useState(false);
  const delivers = delivery.data?.rule !== 'off';
  const known = cart.attempt ? cart.attempt.deliveryAddress : delivery.data?.address;
  const address =
    (!cart.attempt && edited) || (known ? fieldsOf(known) : { ...NO_ADDRESS, name: can.user?.name ?? '' });
  const place = useMutation({
    mutationFn: () => placeOrder(api, cartStore, delivers ? addressOf(address) : null),
    onSuccess: async (order) => {
      await navigate(`/orders/${order.orderId}`, { replace: true, state: { justPlaced: true } });
      say(t('checkout.placed', { orderId: order.orderId }));
    },
    onSettled: () => {
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => ['book', 'books', 'delivery', 'orders', 'quote'].includes(String(queryKey[0])),
      });
    },
  });

  const send = useOnce(() => place.mutateAsync());

  function order() {
    setTried(true);
    const [first] = delivers && !cart.attempt ? missing(address) : [];
    if (first) document.getElementById(`address-${first}`)?.focus();
    else send();
  }

  if (!can.buys) return <EmptyState wholePage icon={<ShoppingBag size={48} />} title={t('cart.cannotBuy')} />;
  if (items.length === 0) {
    if (place.isPending || place.isSuccess) return null;
    return (
      <EmptyState wholePage icon={<ShoppingBag size={48} />} title={t('cart.empty')}>
        <Button component={RouterLink} to="/orders" variant="outlined">
          {t('checkout.viewOrders')}
        </Button>
      </EmptyState>
    );
  }

  const unknown = place.error instanceof ProblemError && place.error.outcomeUnknown;
  return (
    <>
      <PageHeader title={t('checkout.title')} lead={t('checkout.lead')} />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '1fr 360px' },
          gap: { xs: 3, md: 5 },
          alignItems: 'start',
        }}
      >
        <Stack spacing={3}>
          {delivery.isPending && <Skeleton variant="rounded" height={430} />}
          {!delivery.isPending && delivers && (
            <Card sx={{ p: 3 }}>
              <AddressForm
                fields={address}
                wrong={tried && !cart.attempt ? missing(address) : []}
                disabled={cart.attempt !== null}
                onChange={setEdited}
              />
            </Card>
          )}
          <Card component="section" aria-label={t('checkout.lines')} sx={{ px: 3, py: 1.5 }}>
            {quote.data ? (
              <SoldLines lines={quote.data.items} currency={quote.data.currency} />
            ) : (
              !quote.isError && <Skeleton variant="rounded" height={160} />
            )}
            {quote.isError && (
              <ErrorNotice error={quote.error} onRetry={() => void quote.refetch()}>
                {' '}
                <Link component={RouterLink} to="/cart">
                  {t('checkout.backToCart')}
                </Link>
              </ErrorNotice>
            )}
          </Card>
        </Stack>
        <Card component="section" aria-label={t('cart.summary')} sx={{ p: 3 }}>
          <Stack spacing={2}>
            {quote.data && <TotalsTable totals={quote.data} />}
            <Typography variant="body2" color="textSecondary">
              {can.user?.email
                ? t('checkout.confirmation', { email: can.user.email })
                : t('checkout.confirmationNoEmail')}
            </Typography>
            {cart.attempt && !place.isPending && !unknown && (
              <Alert severity="warning" variant="outlined">
                {t('checkout.unanswered')}
              </Alert>
            )}
            {unknown && (
              <Alert severity="warning" variant="outlined" role="alert">
                {t('checkout.noAnswer')}
              </Alert>
            )}
            {place.isError && (
              <ErrorNotice error={place.error}>
                {!unknown && (
                  <>
                    {' '}
                    <Link component={RouterLink} to="/cart">
                      {t('checkout.backToCart')}
                    </Link>
                  </>
                )}
              </ErrorNotice>
            )}
            <Button
              fullWidth
              size="large"
              variant="contained"
              onClick={order}
              loading={place.isPending}
              loadingPosition="start"
              disabled={(quote.isError || delivery.isPending) && !cart.attempt}
            >
              {cart.attempt && !place.isPending ? t('actions.tryAgain') : t('checkout.place')}
            </Button>
            <Typography variant="body2" color="textSecondary" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
              <ShieldCheck size={18} style={{ flexShrink: 0 }} aria-hidden /> {t('checkout.once')}
            </Typography>
          </Stack>
        </Card>
      </Box>
    </>
  );
}

export function CheckoutPage() {
  return (
    <RequireSignIn page="checkout">
      <Checkout />
    </RequireSignIn>
  );
}
