import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, ShoppingBag } from 'lucide-react';
import { useRef } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
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

function Checkout() {
  const { api, say } = useServices();
  const can = useAbilities();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const cart = useCart();
  const { items, promoCode } = cart.attempt ?? { items: cart.lines, promoCode: cart.promoCode };
  const quote = useQuote(items, promoCode);
  const sending = useRef(false);
  const place = useMutation({
    mutationFn: () => placeOrder(api, cartStore),
    onSuccess: async (order) => {
      await navigate(`/orders/${order.orderId}`, { replace: true, state: { justPlaced: true } });
      say(`Order ${order.orderId} is placed`);
    },
    onSettled: () => {
      sending.current = false;
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => ['book', 'books', 'orders', 'quote'].includes(String(queryKey[0])),
      });
    },
  });

  function order() {
    // A second click arrives before the button is drawn as disabled.
    if (sending.current) return;
    sending.current = true;
    place.mutate();
  }

  if (!can.buys) return <EmptyState icon={<ShoppingBag size={48} />} title="This account does not buy books" />;
  if (items.length === 0) {
    if (place.isPending || place.isSuccess) return null;
    return (
      <EmptyState icon={<ShoppingBag size={48} />} title="There is nothing to check out">
        <Button component={RouterLink} to="/orders" variant="outlined">
          See my orders
        </Button>
      </EmptyState>
    );
  }

  const unknown = place.error instanceof ProblemError && place.error.outcomeUnknown;
  return (
    <>
      <PageHeader title="Check out" lead="Look it over, then place the order." />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '1fr 360px' },
          gap: { xs: 3, md: 5 },
          alignItems: 'start',
        }}
      >
        <Card component="section" aria-label="What you order" sx={{ px: 3, py: 1.5 }}>
          {quote.data ? (
            <SoldLines lines={quote.data.items} currency={quote.data.currency} />
          ) : (
            !quote.isError && <Skeleton variant="rounded" height={160} />
          )}
          {quote.isError && (
            <ErrorNotice error={quote.error} onRetry={() => void quote.refetch()}>
              {' '}
              <Link component={RouterLink} to="/cart">
                Back to the cart
              </Link>
            </ErrorNotice>
          )}
        </Card>
        <Card component="section" aria-label="Summary" sx={{ p: 3 }}>
          <Stack spacing={2}>
            {quote.data && <TotalsTable totals={quote.data} />}
            <Typography variant="body2" color="textSecondary">
              Confirmation goes to {can.user?.email || 'your e-mail address'}.
            </Typography>
            {cart.attempt && !place.isPending && !unknown && (
              <Alert severity="warning" variant="outlined">
                You sent this order before and its answer got lost. Place it again to be sure: it is never placed twice.
              </Alert>
            )}
            {unknown && (
              <Alert severity="warning" variant="outlined" role="alert">
                No answer came. Your order may have been placed all the same. Try again: it is never placed twice.
              </Alert>
            )}
            {place.isError && (
              <ErrorNotice error={place.error}>
                {!unknown && (
                  <>
                    {' '}
                    <Link component={RouterLink} to="/cart">
                      Back to the cart
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
              disabled={quote.isError && !cart.attempt}
            >
              {cart.attempt && !place.isPending ? 'Try again' : 'Place the order'}
            </Button>
            <Typography variant="body2" color="textSecondary" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
              <ShieldCheck size={18} aria-hidden /> Clicking twice or loading again makes one order.
            </Typography>
          </Stack>
        </Card>
      </Box>
    </>
  );
}

export function CheckoutPage() {
  return (
    <RequireSignIn to="check out">
      <Checkout />
    </RequireSignIn>
  );
}
