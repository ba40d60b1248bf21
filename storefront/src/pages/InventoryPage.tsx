import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { PackageSearch, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { body, type InventoryFilter } from '../api/client';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { LOW_STOCK, Stock } from '../components/Stock';
import { useEditedText } from '../components/useEditedText';
import { money } from '../format';
import { pageNumber, pageStart } from '../paging';
import { BookDialog } from './BookDialog';
import { ExportButton } from './ExportButton';
import { StockDialog } from './StockDialog';
import { useTranslation } from 'react-i18next';

const PER_PAGE = 25;
const SORTS = ['title-asc', 'price-asc', 'price-desc', 'stock-asc'] as const;

function Inventory() {
  const { t } = useTranslation();
  const { api, config } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const q = parameters.get('q') ?? '';
  const low = parameters.get('low') === '1';
  const sort = SORTS.find((known) => known === parameters.get('sort')) ?? 'title-asc';
  const page = pageNumber(parameters, PER_PAGE);
  const next = parameters.get('next');
  const [text, setText] = useEditedText(q);
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const [counted, setCounted] = useState<number | null>(null);
  const [by, order] = sort.split('-') as ['title' | 'price' | 'stock', 'asc' | 'desc'];
  const filter: InventoryFilter = { q: q || undefined, maxStock: low ? LOW_STOCK : undefined, sort: by, order };
  const books = useQuery({
    queryKey: ['books', filter, page, next, 'inventory'],
    queryFn: ({ signal }) =>
      body(
        api.inventory.GET('/books', {
          params: { query: { ...filter, limit: PER_PAGE, ...pageStart(page, PER_PAGE, next) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

  function change(changes: Record<string, string>) {
    setParameters((current) => {
      current.delete('next');
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') current.delete(name);
        else current.set(name, value);
      }
      return current;
    });
  }

  function search(event: FormEvent) {
    event.preventDefault();
    change({ q: text.trim(), page: '' });
  }

  return (
    <>
      <PageHeader title={t('navigation.inventory')} lead={t('inventory.lead')}>
        <ExportButton filter={filter} />
        <Button component={RouterLink} to="/inventory/import" variant="outlined">
          {t('inventory.import')}
        </Button>
        <Button variant="contained" startIcon={<Plus size={18} aria-hidden />} onClick={() => setEdited('new')}>
          {t('inventory.add')}
        </Button>
      </PageHeader>
      <Box sx={{ display: 'flex', gap: 1.5, mb: 2, flexWrap: 'wrap' }}>
        <Box
          component="form"
          role="search"
          aria-label={t('navigation.inventory')}
          onSubmit={search}
          sx={{ display: 'flex', gap: 1, flex: '1 1 260px', maxWidth: 420 }}
        >
          <TextField
            label={t('inventory.find')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            fullWidth
            slotProps={{ htmlInput: { maxLength: 200, type: 'search' } }}
          />
          <Button type="submit" variant="outlined">
            {t('inventory.search')}
          </Button>
        </Box>
        <TextField
          select
          label={t('catalog.sortBy')}
          value={sort}
          onChange={(event) => change({ sort: event.target.value, page: '' })}
          sx={{ minWidth: 180 }}
        >
          {SORTS.map((value) => (
            <MenuItem key={value} value={value}>
              {value === 'stock-asc' ? t('inventory.sortStock') : t(`catalog.sort.${value}`)}
            </MenuItem>
          ))}
        </TextField>
        <FormControlLabel
          control={
            <Switch checked={low} onChange={({ target }) => change({ low: target.checked ? '1' : '', page: '' })} />
          }
          label={t('inventory.lowOnly', { copies: LOW_STOCK })}
        />
      </Box>
      {books.isPending && <Skeleton variant="rounded" height={420} />}
      {books.isError && <ErrorNotice error={books.error} onRetry={() => void books.refetch()} />}
      {books.data?.items.length === 0 && page > 1 && <EmptyPage />}
      {books.data?.items.length === 0 && page === 1 && (
        <EmptyState
          icon={<PackageSearch size={48} />}
          title={q ? t('catalog.noMatch', { q }) : low ? t('inventory.noneLow') : t('catalog.empty')}
        />
      )}
      {books.data && books.data.items.length > 0 && (
        <>
          <TableContainer
            component={Card}
            tabIndex={0}
            role="region"
            aria-label={t('catalog.list')}
            sx={{ opacity: books.isPlaceholderData ? 0.6 : 1 }}
          >
            <Table size="small" sx={{ '& td': { py: 1.25 }, '& th, & td': { px: { xs: 1.25, sm: 2 } } }}>
              <TableHead>
                <TableRow>
                  <TableCell>{t('bookForm.field.title')}</TableCell>
                  <TableCell sx={{ display: { xs: 'none', md: 'table-cell' } }}>{t('bookForm.field.author')}</TableCell>
                  <TableCell sx={{ display: { xs: 'none', lg: 'table-cell' } }}>{t('bookForm.field.isbn')}</TableCell>
                  <TableCell align="right" sx={{ display: { xs: 'none', sm: 'table-cell' } }}>
                    {t('bookForm.field.price')}
                  </TableCell>
                  <TableCell>{t('inventory.stock')}</TableCell>
                  <TableCell sx={{ position: 'relative' }}>
                    <Box component="span" sx={{ position: 'absolute', clip: 'rect(0 0 0 0)' }}>
                      {t('inventory.actions')}
                    </Box>
                  </TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {books.data.items.map((book) => (
                  <TableRow key={book.bookId} hover>
                    <TableCell component="th" scope="row">
                      <Typography variant="body2" sx={{ fontWeight: 600 }}>
                        {book.title}
                      </Typography>
                      <Typography variant="caption" color="textSecondary" sx={{ display: { md: 'none' } }}>
                        {book.author}
                        <Box component="span" sx={{ display: { sm: 'none' } }}>
                          {book.author && ' · '}
                          {money(book.price, config.currency)}
                        </Box>
                      </Typography>
                    </TableCell>
                    <TableCell sx={{ display: { xs: 'none', md: 'table-cell' } }}>{book.author}</TableCell>
                    <TableCell sx={{ display: { xs: 'none', lg: 'table-cell' }, fontVariantNumeric: 'tabular-nums' }}>
                      {book.isbn}
                    </TableCell>
                    <TableCell
                      align="right"
                      sx={{ fontVariantNumeric: 'tabular-nums', display: { xs: 'none', sm: 'table-cell' } }}
                    >
                      {money(book.price, config.currency)}
                    </TableCell>
                    <TableCell sx={{ whiteSpace: 'nowrap' }}>
                      <Stock quantity={book.stockQuantity} />
                    </TableCell>
                    <TableCell align="right" sx={{ whiteSpace: { sm: 'nowrap' } }}>
                      <Button
                        size="small"
                        onClick={() => setCounted(book.bookId)}
                        aria-label={t('inventory.changeStockLabel', { title: book.title })}
                      >
                        {t('inventory.changeStock')}
                      </Button>
                      <Button
                        size="small"
                        onClick={() => setEdited(book.bookId)}
                        aria-label={t('inventory.editLabel', { title: book.title })}
                      >
                        {t('inventory.edit')}
                      </Button>
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          <Pager
            total={books.data.total}
            limit={PER_PAGE}
            page={page}
            next={books.isPlaceholderData ? null : books.data.next}
            onPage={(chosen, place) => change({ page: String(chosen), next: place })}
          />
        </>
      )}
      {edited !== null && <BookDialog bookId={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {counted !== null && <StockDialog bookId={counted} onClose={() => setCounted(null)} />}
    </>
  );
}

export function InventoryPage() {
  return (
    <RequireSignIn page="inventory" may={(can) => can.keepsInventory}>
      <Inventory />
    </RequireSignIn>
  );
}
