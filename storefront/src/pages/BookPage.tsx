import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { BookX, ShoppingBag } from 'lucide-react';
import { Fragment, useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router';
import { bookOptions } from '../api/catalogQueries';
import { ProblemError } from '../api/problems';
import { useAbilities } from '../auth/session';
import { add } from '../cart/cart';
import { cartStore, useCart } from '../cart/store';
import { BookCover } from '../components/BookCover';
import { EmptyState, ErrorNotice } from '../components/notices';
import { useTitle } from '../components/Page';
import { QuantityField } from '../components/QuantityField';
import { useServices } from '../components/services';
import { useQuantityTiers } from '../components/useQuantityTiers';
import { Stock } from '../components/Stock';
import { languageName, money } from '../format';
import { Trans, useTranslation } from 'react-i18next';
import { quantityDiscounts } from '../quantityDiscounts';

const layout = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(200px, 320px) minmax(0, 1fr)' },
  gap: { xs: 3, md: 7 },
};

const coverSize = { width: { xs: '62%', sm: '100%' }, mx: 'auto' };

export function BookPage() {
  const { t } = useTranslation();
  const { api, config, say } = useServices();
  const tiersText = useQuantityTiers();
  const can = useAbilities();
  const cart = useCart();
  const bookId = Number(useParams().bookId);
  const [quantity, setQuantity] = useState(1);
  const book = useQuery({
    ...bookOptions(api, bookId),
    enabled: Number.isInteger(bookId),
  });
  useTitle(book.data?.title ?? t('book.title'));

  if (!Number.isInteger(bookId) || (book.error instanceof ProblemError && [400, 404].includes(book.error.status))) {
    return (
      <EmptyState wholePage icon={<BookX size={48} />} title={t('book.unavailable')}>
        <Typography>{t('book.unavailableHint')}</Typography>
        <Button component={RouterLink} to="/" variant="outlined">
          {t('actions.showAllBooks')}
        </Button>
      </EmptyState>
    );
  }
  if (book.isError) return <ErrorNotice wholePage error={book.error} onRetry={() => void book.refetch()} />;
  if (!book.data) {
    return (
      // A key of its own: elements that turn into those of the book would move on the screen.
      <Box key="loading" aria-busy sx={layout}>
        <Box sx={coverSize}>
          <Skeleton variant="rounded" sx={{ aspectRatio: '2 / 3', height: 'auto' }} />
        </Box>
        <Box>
          <Skeleton height={60} />
          <Skeleton width="40%" />
          <Skeleton width="25%" height={48} />
        </Box>
      </Box>
    );
  }

  const { title, author, isbn, price, stockQuantity, category, description, language, format } = book.data;
  const facts = [
    ['publisher', book.data.publisher],
    ['publicationYear', book.data.publicationYear],
    ['language', language && languageName(language)],
    ['format', format && t(`book.formats.${format}`)],
  ] as const;
  const inCart = cart.lines.find((line) => line.bookId === bookId)?.quantity ?? 0;
  const tiers = tiersText === undefined ? '\u00a0' : quantityDiscounts(tiersText, t);
  const copiesLeft = Math.max(0, stockQuantity - inCart);

  function addToCart() {
    cartStore.update((current) => add(current, bookId, quantity));
    say(t('book.added', { count: quantity, title }));
    setQuantity(1);
  }

  return (
    <Box key="book" sx={layout}>
      <Box sx={coverSize}>
        <BookCover title={title} author={author} imageUrl={book.data.coverImageUrl} />
      </Box>
      <Box>
        <Typography variant="h1">{title}</Typography>
        {author && (
          <Typography variant="subtitle1" sx={{ mt: 1 }}>
            <Trans
              i18nKey="book.by"
              values={{ author }}
              components={{ author: <Link component={RouterLink} to={`/?${new URLSearchParams({ q: author })}`} /> }}
            />
          </Typography>
        )}
        <Typography sx={{ mt: 3, fontSize: '2rem', fontWeight: 650 }}>{money(price, config.currency)}</Typography>
        <Box sx={{ mt: 0.5 }}>
          <Stock quantity={stockQuantity} />
        </Box>

        {can.buys && stockQuantity > 0 && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', mt: 3 }}>
            <QuantityField value={quantity} onChange={setQuantity} label={t('quantity.of', { title })} />
            <Button
              size="large"
              variant="contained"
              startIcon={<ShoppingBag size={20} aria-hidden />}
              onClick={addToCart}
            >
              {t('book.addToCart')}
            </Button>
          </Box>
        )}
        {can.buys && stockQuantity > 0 && quantity > copiesLeft && (
          <Alert severity="warning" variant="outlined" sx={{ mt: 2, maxWidth: 480 }}>
            {t(inCart > 0 ? 'book.onlyInStockWithCart' : 'book.onlyInStock', { stock: stockQuantity, inCart })}
          </Alert>
        )}
        {can.buys && stockQuantity === 0 && (
          <Alert severity="info" variant="outlined" sx={{ mt: 3, maxWidth: 480 }}>
            {t('book.outOfStock')}
          </Alert>
        )}
        {inCart > 0 && can.buys && (
          <Typography sx={{ mt: 2 }}>
            <Trans
              i18nKey="book.inCart"
              count={inCart}
              components={{ cart: <Link component={RouterLink} to="/cart" /> }}
            />
          </Typography>
        )}

        {description && (
          <Typography
            sx={{ mt: 4, maxWidth: '65ch', whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
            lang={language ?? undefined}
          >
            {description}
          </Typography>
        )}
        <Box
          component="dl"
          sx={{
            m: 0,
            mt: 4,
            pt: 3,
            borderTop: 1,
            borderColor: 'divider',
            display: 'grid',
            gridTemplateColumns: 'minmax(0, max-content) minmax(0, 1fr)',
            columnGap: { xs: 2, sm: 4 },
            rowGap: 1,
            '& dt': { color: 'text.secondary' },
            '& dd': { m: 0, overflowWrap: 'anywhere' },
          }}
        >
          <dt>{t('book.number')}</dt>
          <dd>{bookId}</dd>
          {isbn && (
            <>
              <dt>{t('book.isbn')}</dt>
              <dd>{isbn}</dd>
            </>
          )}
          {category && (
            <>
              <dt>{t('bookForm.field.category')}</dt>
              <dd>
                <Link component={RouterLink} to={`/?${new URLSearchParams({ category })}`}>
                  {category}
                </Link>
              </dd>
            </>
          )}
          {facts.map(
            ([name, value]) =>
              value && (
                <Fragment key={name}>
                  <dt>{t(`bookForm.field.${name}`)}</dt>
                  <dd>{value}</dd>
                </Fragment>
              ),
          )}
          {tiers && (
            <>
              <dt>{t('book.quantityDiscounts')}</dt>
              <dd>{tiers}</dd>
            </>
          )}
        </Box>
      </Box>
    </Box>
  );
}
