import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { Pager } from '../components/Pager';
import { useServices } from '../components/services';
import { count, dateTime } from '../format';
import { pageStart } from '../paging';

const PER_PAGE = 10;
const NUMBER = { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } as const;

/** Every change of a book's stock, newest first. */
export function StockHistory({ bookId }: { bookId: number }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const [{ page, next }, setPage] = useState({ page: 1, next: '' });
  const movements = useQuery({
    queryKey: ['book', bookId, 'movements', page, next],
    queryFn: ({ signal }) =>
      body(
        api.inventory.GET('/books/{bookId}/stock-movements', {
          params: { path: { bookId }, query: { limit: PER_PAGE, ...pageStart(page, PER_PAGE, next) } },
          signal,
        }),
      ),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Typography variant="subtitle1" component="h3" id="stock-history" sx={{ mt: 3, mb: 1 }}>
        {t('stockForm.history')}
      </Typography>
      {movements.isPending && <Skeleton variant="rounded" height={160} />}
      {movements.isError && <ErrorNotice error={movements.error} onRetry={() => void movements.refetch()} />}
      {movements.data?.total === 0 && <Typography variant="body2">{t('stockForm.none')}</Typography>}
      {movements.data && movements.data.total > 0 && (
        <>
          <TableContainer tabIndex={0} role="region" aria-labelledby="stock-history">
            <Table size="small" sx={{ '& th, & td': { px: 1 } }}>
              <TableHead>
                <TableRow>
                  <TableCell>{t('stockForm.column.when')}</TableCell>
                  <TableCell>{t('stockForm.column.what')}</TableCell>
                  <TableCell sx={NUMBER}>{t('stockForm.column.change')}</TableCell>
                  <TableCell sx={NUMBER}>{t('stockForm.column.stock')}</TableCell>
                  <TableCell>{t('stockForm.column.who')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {movements.data.items.map((movement) => (
                  <TableRow key={movement.movementId}>
                    <TableCell>{dateTime(movement.occurredAt)}</TableCell>
                    <TableCell>
                      {t(`stockForm.movements.${movement.type}`, { orderId: movement.orderId ?? '' })}
                      {movement.reason && (
                        <Typography variant="caption" component="div" color="textSecondary">
                          {movement.reason}
                        </Typography>
                      )}
                    </TableCell>
                    <TableCell sx={NUMBER}>
                      {movement.change > 0 ? '+' : '−'}
                      {count(Math.abs(movement.change))}
                    </TableCell>
                    <TableCell sx={NUMBER}>{count(movement.stockAfter)}</TableCell>
                    <TableCell sx={{ overflowWrap: 'anywhere' }}>{movement.actor}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          <Pager
            total={movements.data.total}
            limit={PER_PAGE}
            page={page}
            next={movements.isPlaceholderData ? null : movements.data.next}
            onPage={(chosen, place) => setPage({ page: chosen, next: place })}
          />
        </>
      )}
    </>
  );
}
