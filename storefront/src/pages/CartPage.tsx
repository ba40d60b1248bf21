import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { ShoppingBag, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
import type { Book } from '../api/client';
import { ProblemError } from '../api/problems';
import { useAbilities, useSession } from '../auth/session';
import { remove, setPromoCode, setQuantity, type CartLine } from '../cart/cart';
import { cartStore, useCart } from '../cart/store';
import { useBooks, useQuote } from '../cart/usePricedCart';
import { BookCover } from '../components/BookCover';
import { EmptyState, ErrorNotice } from '../components/notices';
import { EstimateTable, TotalsTable } from '../components/OrderLines';
import { PageHeader } from '../components/Page';
import { QuantityField } from '../components/QuantityField';
import { useServices } from '../components/services';
import { useQuantityTiers } from '../components/useQuantityTiers';
import { money } from '../format';
import { estimateOf, quantityDiscount } from '../quantityDiscounts';
import { Trans, useTranslation } from 'react-i18next';

/** Why the promotion code was refused, or null if it was not. */
function promotionRefusal(error: unknown): string | null {
  const code = error instanceof ProblemError ? error.code : '';
  return ['promo_code_invalid', 'promo_code_used_up'].includes(code) ? code : null;
}

function PromotionCode({ code, error }: { code: string | null; error: unknown }) {
  const { t } = useTranslation();
  const [text, setText] = useState(code ?? '');
  const refused = promotionRefusal(error);

  function apply(event: FormEvent) {
    event.preventDefault();
    cartStore.update((cart) => setPromoCode(cart, text));
  }

  return (
    <Box component="form" onSubmit={apply} sx={{ mb: 2 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <TextField
          label={t('cart.promotionCode')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={refused !== null}
          helperText={
            refused && code
              ? t(refused === 'promo_code_used_up' ? 'cart.promotionUsedUp' : 'cart.promotionInvalid', { code })
              : undefined
          }
          slotProps={{ htmlInput: { maxLength: 40, autoCapitalize: 'characters', spellCheck: false } }}
          fullWidth
        />
        <Button type="submit" variant="outlined" sx={{ height: 40 }}>
          {t('cart.promotionApply')}
        </Button>
      </Box>
      {code && (
        <Button
          size="small"
          aria-label={t('cart.promotionRemove', { code })}
          onClick={() => {
            setText('');
            cartStore.update((cart) => setPromoCode(cart, null));
          }}
        >
          {t('actions.remove')}
        </Button>
      )}
    </Box>
  );
}

export function CartPage() {
  const { t } = useTranslation();
  const { config } = useServices();
  const tiersText = useQuantityTiers() ?? '';
  const can = useAbilities();
  const session = useSession();
  const navigate = useNavigate();
  const cart = useCart();
  const { books, pending } = useBooks(cart.lines);
  const quote = useQuote(cart.lines, cart.promoCode);
  const promoRefused = promotionRefusal(quote.error) !== null;
  // A code that does not count must not hide what the books cost.
  const withoutCode = useQuote(promoRefused ? cart.lines : [], null);
  const priced = promoRefused ? withoutCode : quote;

  if (!can.buys) {
    return (
      <EmptyState wholePage icon={<ShoppingBag size={48} />} title={t('cart.cannotBuy')}>
        <Typography>{t('cart.cannotBuyHint')}</Typography>
      </EmptyState>
    );
  }
  if (cart.lines.length === 0 && !cart.attempt) {
    return (
      <>
        <PageHeader title={t('cart.title')} />
        <EmptyState icon={<ShoppingBag size={48} />} title={t('cart.empty')}>
          <Button component={RouterLink} to="/" variant="contained">
            {t('actions.browseBooks')}
          </Button>
        </EmptyState>
      </>
    );
  }

  const quotedLine = (line: CartLine) =>
    priced.data?.items.find((item) => item.bookId === line.bookId && item.quantity === line.quantity);
  const gone = pending ? [] : cart.lines.filter((line) => !books.has(line.bookId));
  const short = cart.lines.filter((line) => (books.get(line.bookId)?.stockQuantity ?? line.quantity) < line.quantity);
  const estimate = estimateOf(
    cart.lines.map((line) => ({ price: books.get(line.bookId)?.price ?? 0, quantity: line.quantity })),
    tiersText,
  );
  const discountOf = (line: CartLine, book: Book | undefined) =>
    quotedLine(line)?.discount ?? (can.signedIn || !book ? 0 : quantityDiscount(book.price, line.quantity, tiersText));

  return (
    <>
      <PageHeader title={t('cart.title')} />
      {cart.attempt && (
        <Alert
          severity="warning"
          variant="outlined"
          sx={{ mb: 3 }}
          action={
            <Button color="inherit" component={RouterLink} to="/checkout">
              {t('cart.continue')}
            </Button>
          }
        >
          {t('cart.unanswered')}
        </Alert>
      )}
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '1fr 360px' },
          gap: { xs: 3, md: 5 },
          alignItems: 'start',
        }}
      >
        <Box component="ul" aria-label={t('cart.list')} sx={{ p: 0, m: 0, listStyle: 'none' }}>
          {cart.lines.map((line) => {
            const book = books.get(line.bookId);
            const quoted = quotedLine(line);
            const discount = discountOf(line, book);
            return (
              <Box
                component="li"
                key={line.bookId}
                sx={{ display: 'flex', gap: 2, py: 2.5, borderBottom: 1, borderColor: 'divider' }}
              >
                <Box sx={{ width: 76, flexShrink: 0 }}>
                  {book ? (
                    <BookCover title={book.title} author={book.author} imageUrl={book.coverImageUrl} />
                  ) : (
                    <Skeleton variant="rounded" sx={{ aspectRatio: '2 / 3', height: 'auto' }} />
                  )}
                </Box>
                <Box sx={{ flex: 1, minWidth: 0 }}>
                  <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}>
                    <Box>
                      <Link
                        component={RouterLink}
                        to={`/books/${line.bookId}`}
                        color="inherit"
                        underline="hover"
                        sx={{ fontWeight: 600 }}
                      >
                        {book?.title ?? (pending ? '…' : t('cart.bookNumber', { bookId: line.bookId }))}
                      </Link>
                      <Typography variant="body2" color="textSecondary">
                        {book?.author}
                      </Typography>
                    </Box>
                    <Box sx={{ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}>
                      <Typography sx={{ fontWeight: 650 }}>
                        {quoted?.lineTotal != null
                          ? money(quoted.lineTotal, config.currency)
                          : book && money(book.price * line.quantity - discount, config.currency)}
                      </Typography>
                      {discount > 0 && (
                        <Typography variant="body2" sx={{ color: 'success.main' }}>
                          {t('discount.off', { amount: money(discount, config.currency) })}
                        </Typography>
                      )}
                    </Box>
                  </Box>
                  <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 1.5 }}>
                    <QuantityField
                      value={line.quantity}
                      label={t('quantity.of', { title: book?.title ?? t('cart.thisBook') })}
                      onChange={(quantity) =>
                        cartStore.update((current) => setQuantity(current, line.bookId, quantity))
                      }
                    />
                    <IconButton
                      aria-label={t('cart.remove', { title: book?.title ?? t('cart.thisBook') })}
                      onClick={() => cartStore.update((current) => remove(current, line.bookId))}
                    >
                      <Trash2 size={18} aria-hidden />
                    </IconButton>
                  </Box>
                  {gone.includes(line) && (
                    <Typography variant="body2" color="error" role="alert" sx={{ mt: 1 }}>
                      {t('cart.lineGone')}
                    </Typography>
                  )}
                  {short.includes(line) && (
                    <Typography variant="body2" color="error" role="alert" sx={{ mt: 1 }}>
                      {book?.stockQuantity === 0
                        ? t('cart.lineSoldOut')
                        : t('cart.lineShort', { stock: book?.stockQuantity })}
                    </Typography>
                  )}
                </Box>
              </Box>
            );
          })}
        </Box>

        <Card
          component="section"
          aria-label={t('cart.summary')}
          sx={{ p: 3, position: { md: 'sticky' }, top: { md: 96 } }}
        >
          {can.signedIn ? (
            <>
              <PromotionCode code={cart.promoCode} error={quote.error} />
              {quote.isError && !promoRefused && (
                <ErrorNotice error={quote.error} onRetry={() => void quote.refetch()} />
              )}
              <Box aria-live="polite" aria-busy={priced.isFetching} sx={{ opacity: priced.isFetching ? 0.6 : 1 }}>
                {priced.data && !priced.isError ? (
                  <TotalsTable totals={priced.data} />
                ) : (
                  priced.isPending && !priced.isError && <Skeleton variant="rounded" height={120} />
                )}
              </Box>
              <Button
                fullWidth
                size="large"
                variant="contained"
                sx={{ mt: 3 }}
                disabled={gone.length > 0 || short.length > 0 || quote.isError}
                onClick={() => void navigate('/checkout')}
              >
                {t('cart.checkOut')}
              </Button>
            </>
          ) : (
            <Stack spacing={2}>
              <EstimateTable estimate={estimate} currency={config.currency} />
              <Typography variant="body2" color="textSecondary">
                {t('cart.signInHint')}
              </Typography>
              <Button fullWidth size="large" variant="contained" onClick={() => void session.signIn('/cart')}>
                {t('cart.signIn')}
              </Button>
              <Typography variant="body2">
                <Trans
                  i18nKey="cart.createAccountHint"
                  components={{ register: <Link component={RouterLink} to="/register" /> }}
                />
              </Typography>
            </Stack>
          )}
        </Card>
      </Box>
    </>
  );
}
