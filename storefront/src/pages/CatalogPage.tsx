import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useEffect } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { booksOptions } from '../api/catalogQueries';
import type { Book } from '../api/client';
import { BookCover } from '../components/BookCover';
import { Categories } from '../components/Categories';
import { Choice } from '../components/Choice';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { useTitle } from '../components/Page';
import { Pager } from '../components/Pager';
import { useServices } from '../components/services';
import { useQuantityTiers } from '../components/useQuantityTiers';
import { Stock } from '../components/Stock';
import { money } from '../format';
import { BOOKS_PER_PAGE, catalogChoice } from '../catalogQuery';
import { useTranslation } from 'react-i18next';
import { quantityDiscounts, USUAL_TIERS } from '../quantityDiscounts';

const grid = {
  display: 'grid',
  gridTemplateColumns: {
    xs: 'repeat(2, minmax(0, 1fr))',
    sm: 'repeat(3, minmax(0, 1fr))',
    md: 'repeat(4, minmax(0, 1fr))',
    lg: 'repeat(5, minmax(0, 1fr))',
  },
  gap: { xs: 2.5, md: 4 },
};

function BookCard({ book, currency }: { book: Book; currency: string }) {
  return (
    <Box component="li" sx={{ listStyle: 'none', minWidth: 0 }}>
      <Box
        component={RouterLink}
        to={`/books/${book.bookId}`}
        sx={{
          display: 'block',
          color: 'inherit',
          textDecoration: 'none',
          borderRadius: 2,
          '& > :first-of-type': { transition: 'transform .2s' },
          '&:hover > :first-of-type': { transform: 'translateY(-4px)' },
          '&:focus-visible': { outline: '3px solid', outlineColor: 'info.main', outlineOffset: 4 },
        }}
      >
        <BookCover title={book.title} author={book.author} imageUrl={book.coverImageUrl} />
        <Typography
          variant="h3"
          component="h2"
          sx={{ mt: 1.5, display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' }}
        >
          {book.title}
        </Typography>
        <Typography variant="body2" color="textSecondary" noWrap>
          {book.author}
        </Typography>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            justifyContent: 'space-between',
            alignItems: 'baseline',
            columnGap: 1,
            mt: 0.5,
          }}
        >
          <Typography component="span" sx={{ fontWeight: 650 }}>
            {money(book.price, currency)}
          </Typography>
          <Stock quantity={book.stockQuantity} />
        </Box>
      </Box>
    </Box>
  );
}

function Placeholder() {
  return (
    <Box sx={grid} aria-hidden>
      {Array.from({ length: 10 }, (_, index) => (
        <Box key={index}>
          <Skeleton variant="rounded" sx={{ aspectRatio: '2 / 3', height: 'auto' }} />
          <Skeleton sx={{ mt: 1.5 }} />
          <Skeleton width="60%" />
        </Box>
      ))}
    </Box>
  );
}

function Welcome({ tiers }: { tiers: string | undefined }) {
  const { t } = useTranslation();
  const discounts = quantityDiscounts(tiers ?? USUAL_TIERS, t);
  return (
    <Box
      className="edge"
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: 4,
        mb: { xs: 4, md: 6 },
        p: { xs: 3, md: 6 },
        borderRadius: 4,
        bgcolor: '#f1e4d2',
        color: '#2c2018',
        overflow: 'hidden',
        position: 'relative',
      }}
    >
      <Box sx={{ maxWidth: '34rem' }}>
        <Typography variant="h1" sx={{ fontSize: { xs: '2rem', md: '3rem' } }}>
          {t('catalog.welcome')}
        </Typography>
        <Typography variant="subtitle1" sx={{ mt: 2 }}>
          {t('catalog.welcomeStock')}
        </Typography>
        {/* A paragraph of its own: the first one is drawn before the discounts are known. */}
        {discounts && (
          <Typography variant="subtitle1" sx={{ visibility: tiers === undefined ? 'hidden' : 'visible' }}>
            {t('catalog.welcomeTiers', { tiers: discounts })}
          </Typography>
        )}
        <Button
          component={RouterLink}
          to="/books/1"
          variant="contained"
          size="large"
          sx={{ mt: 3, bgcolor: '#7a2723', color: '#fff', '&:hover': { bgcolor: '#5f1c19' } }}
        >
          {t('catalog.featured')}
        </Button>
      </Box>
      <Box
        aria-hidden
        sx={{
          display: { xs: 'none', md: 'flex' },
          gap: 2.5,
          mr: 2,
          alignItems: 'flex-start',
          '& > *:nth-of-type(2)': { mt: 5 },
          '& > *:nth-of-type(3)': { mt: -2 },
        }}
      >
        <BookCover title="1984" author="George Orwell" width={120} />
        <BookCover title="Pride and Prejudice" author="Jane Austen" width={120} />
        <BookCover title="Dune" author="Frank Herbert" width={120} />
      </Box>
    </Box>
  );
}

/** Fill the first screen of a phone. */
const FIRST_BOOKS = 4;

let drawn = false;

/** How many books to draw: on the first page of a visit first those that are in sight, and at once after them the others. */
function useDrawn(books: number): number {
  useEffect(() => {
    drawn = true;
  }, []);
  return useDeferredValue(books, drawn ? books : FIRST_BOOKS);
}

export function CatalogPage() {
  const { t } = useTranslation();
  const { api, config } = useServices();
  const tiers = useQuantityTiers();
  const [parameters, setParameters] = useSearchParams();
  const { q, category, sorts, usualSort, sort, page } = catalogChoice(parameters);
  useTitle(q ? t('catalog.foundTitle', { q }) : category || 'books.com');

  const books = useQuery({
    ...booksOptions(api, parameters),
    placeholderData: keepPreviousData,
  });

  function change(changes: Record<string, string>) {
    setParameters((current) => {
      const next = new URLSearchParams(current);
      next.delete('next');
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      return next;
    });
  }

  const drawnBooks = useDrawn(BOOKS_PER_PAGE);
  const total = books.data?.total;
  return (
    <>
      {q === '' && category === '' && page === 1 && <Welcome tiers={tiers} />}
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', justifyContent: 'space-between', mb: 3 }}
      >
        <Box aria-live="polite">
          <Typography
            variant="h2"
            component={q === '' && category === '' && page === 1 ? 'h2' : 'h1'}
            sx={{ fontSize: '1.5rem' }}
          >
            {q ? t('catalog.found', { q }) : category || t('catalog.all')}
          </Typography>
          <Typography color="textSecondary" variant="body2">
            {total === undefined
              ? ' '
              : t(books.data?.totalIsExact === false ? 'catalog.moreThan' : 'catalog.count', { count: total })}
            {(q || category) && (
              <>
                {' · '}
                <RouterLink to="/" style={{ color: 'inherit' }}>
                  {t('actions.showAllBooks')}
                </RouterLink>
              </>
            )}
          </Typography>
        </Box>
        <Choice
          label={t('catalog.sortBy')}
          value={sort}
          options={sorts.map((value) => ({ value, text: t(`catalog.sort.${value}`) }))}
          onChange={(chosen) => change({ sort: chosen === usualSort ? '' : chosen, page: '' })}
          minWidth={190}
        />
      </Box>
      <Categories chosen={category} onChoose={(name) => change({ category: name, page: '' })} />
      {books.isPending && <Placeholder />}
      {books.isError && <ErrorNotice error={books.error} onRetry={() => void books.refetch()} />}
      {books.data?.items.length === 0 && page > 1 && <EmptyPage />}
      {books.data?.items.length === 0 && page === 1 && (
        <EmptyState
          icon={<SearchX size={48} />}
          title={q ? t('catalog.noMatch', { q }) : category || t('catalog.empty')}
        >
          {q && !books.data.didYouMean && <Typography>{t('catalog.noMatchHint')}</Typography>}
          {books.data.didYouMean && (
            <Typography>
              {t('catalog.didYouMean')}{' '}
              <RouterLink to={{ search: new URLSearchParams({ q: books.data.didYouMean }).toString() }}>
                {books.data.didYouMean}
              </RouterLink>
              ?
            </Typography>
          )}
          <Button component={RouterLink} to="/" variant="outlined">
            {t('actions.showAllBooks')}
          </Button>
        </EmptyState>
      )}
      {books.data && books.data.items.length > 0 && (
        <>
          <Box
            component="ul"
            aria-label={t('catalog.list')}
            sx={{ ...grid, p: 0, m: 0, opacity: books.isPlaceholderData ? 0.6 : 1, transition: 'opacity .2s' }}
          >
            {books.data.items.slice(0, drawnBooks).map((book) => (
              <BookCard key={book.bookId} book={book} currency={config.currency} />
            ))}
          </Box>
          <Pager
            total={books.data.total}
            limit={BOOKS_PER_PAGE}
            page={page}
            next={books.isPlaceholderData ? null : books.data.next}
            onPage={(chosen, place) => {
              change({ page: chosen === 1 ? '' : String(chosen), next: place });
              scrollTo({ top: 0 });
            }}
          />
        </>
      )}
    </>
  );
}
