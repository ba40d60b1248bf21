import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link as RouterLink } from 'react-router';
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { body, type DayFigures, type Summary } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { bestSellers, lastDays, totals } from '../figures';
import { count, day, money, roughMoney } from '../format';
import { useTranslation } from 'react-i18next';

const RANGES = [7, 30] as const;
const CHART_HEIGHT = 260;

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  // As large as the card has place for: a digit is about 0.62 em wide.
  const fontSize = `min(1.9rem, ${(100 / (0.62 * value.length)).toFixed(1)}cqi)`;
  return (
    <Card sx={{ p: 2.5, containerType: 'inline-size' }}>
      <Typography variant="body2" color="textSecondary">
        {name}
      </Typography>
      <Typography
        component="p"
        style={{ fontSize }}
        sx={{ fontWeight: 650, lineHeight: 1.25, fontVariantNumeric: 'tabular-nums' }}
      >
        {value}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {note ?? '\u00a0'}
      </Typography>
    </Card>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card component="section" aria-label={title} sx={{ p: 2.5, minWidth: 0 }}>
      <Typography variant="h2" sx={{ mb: 2 }}>
        {title}
      </Typography>
      {children}
    </Card>
  );
}

/** The same figures as text, for visitors who cannot see the charts. */
function DaysTable({ days }: { days: DayFigures[] }) {
  const { t } = useTranslation();
  return (
    <Box
      component="details"
      sx={{
        mt: 2,
        '& summary': { cursor: 'pointer' },
        '& table': { width: '100%', mt: 1, borderCollapse: 'collapse' },
        '& th, & td': { p: 0.75, textAlign: 'right', borderBottom: 1, borderColor: 'divider' },
        '& th:first-of-type': { textAlign: 'left' },
      }}
    >
      <summary>{t('dashboard.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('dashboard.day')}</th>
            <th scope="col">{t('dashboard.columnPlaced')}</th>
            <th scope="col">{t('order.status.completed')}</th>
            <th scope="col">{t('order.status.cancelled')}</th>
            <th scope="col">{t('dashboard.revenue')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((figures) => (
            <tr key={figures.date}>
              <th scope="row">{day(figures.date)}</th>
              <td>{figures.ordersPlaced}</td>
              <td>{figures.ordersCompleted}</td>
              <td>{figures.ordersCancelled}</td>
              <td>{money(figures.revenue, figures.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function useChartLooks() {
  const { palette } = useTheme().vars!;
  return {
    palette,
    axis: {
      stroke: palette.text.secondary,
      tick: { fill: palette.text.secondary, fontSize: 12 },
      tickLine: false,
      axisLine: false,
    },
    tooltip: {
      contentStyle: {
        background: palette.background.paper,
        border: `1px solid ${palette.divider}`,
        borderRadius: 8,
        color: palette.text.primary,
      },
      cursor: { fill: palette.divider, opacity: 0.4 },
      labelFormatter: (label: ReactNode) => (typeof label === 'string' ? day(label) : label),
    },
  };
}

function RevenueChart({ days }: { days: DayFigures[] }) {
  const { t } = useTranslation();
  const { palette, axis, tooltip } = useChartLooks();
  const currency = days[0]?.currency ?? 'USD';
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
      <AreaChart
        data={days}
        margin={{ left: 0, right: 8, top: 8 }}
        accessibilityLayer
        title={t('dashboard.revenueByDay')}
      >
        <CartesianGrid stroke={palette.divider} vertical={false} />
        <XAxis dataKey="date" tickFormatter={(date: string) => day(date)} minTickGap={24} {...axis} />
        <YAxis tickFormatter={(amount: number) => roughMoney(amount, currency)} width={64} {...axis} />
        <Tooltip {...tooltip} formatter={(amount) => money(Number(amount), currency)} />
        <Area
          name={t('dashboard.revenue')}
          dataKey="revenue"
          type="monotone"
          stroke={palette.primary.main}
          strokeWidth={2.5}
          fill={palette.primary.main}
          fillOpacity={0.15}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

function OrdersChart({ days }: { days: DayFigures[] }) {
  const { t } = useTranslation();
  const { palette, axis, tooltip } = useChartLooks();
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
      <BarChart
        data={days}
        margin={{ left: 0, right: 8, top: 8 }}
        accessibilityLayer
        title={t('dashboard.ordersByDay')}
      >
        <CartesianGrid stroke={palette.divider} vertical={false} />
        <XAxis dataKey="date" tickFormatter={(date: string) => day(date)} minTickGap={24} {...axis} />
        <YAxis allowDecimals={false} width={40} {...axis} />
        <Tooltip {...tooltip} />
        <Legend wrapperStyle={{ fontSize: 13 }} />
        <Bar
          name={t('dashboard.columnPlaced')}
          dataKey="ordersPlaced"
          fill={palette.info.main}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
        <Bar
          name={t('order.status.completed')}
          dataKey="ordersCompleted"
          fill={palette.success.main}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
        <Bar
          name={t('order.status.cancelled')}
          dataKey="ordersCancelled"
          fill={palette.text.secondary}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

function BestSellers({ summaries, currency }: { summaries: Summary[]; currency: string }) {
  const { t } = useTranslation();
  const books = bestSellers(summaries, 8);
  const most = books[0]?.quantity ?? 1;
  if (books.length === 0) return <Typography color="textSecondary">{t('dashboard.bestSellersEmpty')}</Typography>;
  return (
    <Box component="ol" sx={{ p: 0, m: 0, listStyle: 'none' }}>
      {books.map((book) => (
        <Box component="li" key={book.bookId} sx={{ mb: 1.75 }}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}>
            <Link component={RouterLink} to={`/books/${book.bookId}`} color="inherit" underline="hover" noWrap>
              {book.title}
            </Link>
            <Typography variant="body2" sx={{ whiteSpace: 'nowrap' }}>
              {t('dashboard.sold', { count: book.quantity, amount: money(book.revenue, currency) })}
            </Typography>
          </Box>
          <Box aria-hidden sx={{ mt: 0.5, height: 8, borderRadius: 4, bgcolor: 'divider' }}>
            <Box
              style={{ width: `${(book.quantity / most) * 100}%` }}
              sx={{ height: 1, borderRadius: 4, bgcolor: 'secondary.main' }}
            />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function LowStock({ books }: { books: Summary['lowStock'] }) {
  const { t } = useTranslation();
  if (books.length === 0) return <Typography color="textSecondary">{t('dashboard.lowStockEmpty')}</Typography>;
  return (
    <Box component="ul" sx={{ p: 0, m: 0, listStyle: 'none' }}>
      {books.map((book) => (
        <Box
          component="li"
          key={book.bookId}
          sx={{
            display: 'flex',
            justifyContent: 'space-between',
            gap: 2,
            py: 0.9,
            borderBottom: 1,
            borderColor: 'divider',
            '&:last-of-type': { border: 0 },
          }}
        >
          <Link
            component={RouterLink}
            to={`/inventory?${new URLSearchParams({ q: book.title })}`}
            color="inherit"
            underline="hover"
          >
            {book.title}
          </Link>
          <Typography
            variant="body2"
            sx={{
              whiteSpace: 'nowrap',
              fontWeight: 600,
              color: book.stockQuantity === 0 ? 'error.main' : 'warning.main',
            }}
          >
            {book.stockQuantity === 0 ? t('stock.none') : t('dashboard.left', { count: book.stockQuantity })}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

function Dashboard() {
  const { t } = useTranslation();
  const { api } = useServices();
  const [range, setRange] = useState<(typeof RANGES)[number]>(7);
  const { from, to } = lastDays(range, new Date());
  const days = useQuery({
    queryKey: ['reports', from, to],
    queryFn: ({ signal }) => body(api.reports.GET('/summaries', { params: { query: { from, to } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  // The API has best sellers by day: only days with sales are read, and today for the stock.
  const asked = [
    ...new Set([
      to,
      ...(days.data?.items ?? []).filter(({ ordersCompleted }) => ordersCompleted > 0).map(({ date }) => date),
    ]),
  ];
  const { summaries, today, error } = useQueries({
    queries: asked.map((date) => ({
      queryKey: ['reports', date],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        body(api.reports.GET('/summaries/{date}', { params: { path: { date } }, signal })),
      enabled: days.isSuccess,
      refetchInterval: date === to ? 60_000 : (false as const),
    })),
    combine: (results) => ({
      summaries: results.flatMap((result) => (result.data ? [result.data] : [])),
      today: results.find((result) => result.data?.date === to)?.data,
      error: results.find((result) => result.error)?.error,
    }),
  });

  const items = days.data?.items ?? [];
  const currency = items[0]?.currency ?? 'USD';
  const sums = totals(items);
  return (
    <>
      <PageHeader title={t('navigation.dashboard')} lead={t('dashboard.lead')}>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={t('dashboard.range')}
          value={range}
          onChange={(_event, chosen: (typeof RANGES)[number] | null) => chosen && setRange(chosen)}
        >
          {RANGES.map((value) => (
            <ToggleButton key={value} value={value}>
              {t('dashboard.days', { days: value })}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </PageHeader>
      {days.isError && <ErrorNotice error={days.error} onRetry={() => void days.refetch()} />}
      {days.isPending && <Skeleton variant="rounded" height={480} />}
      {days.data && (
        <Box sx={{ display: 'grid', gap: 2.5 }} aria-busy={days.isFetching}>
          <Box
            sx={{
              display: 'grid',
              gap: 2.5,
              gridTemplateColumns: { xs: 'repeat(auto-fit, minmax(9.5rem, 1fr))', sm: '1fr 1fr', md: 'repeat(4, 1fr)' },
            }}
          >
            <Figure
              name={t('dashboard.revenue')}
              value={money(sums.revenue, currency)}
              note={t('dashboard.revenueNote', { amount: money(sums.discount, currency) })}
            />
            <Figure name={t('dashboard.placed')} value={count(sums.placed)} />
            <Figure
              name={t('order.status.completed')}
              value={count(sums.completed)}
              note={
                sums.completed > 0
                  ? t('dashboard.completedNote', { amount: money(sums.revenue / sums.completed, currency) })
                  : undefined
              }
            />
            <Figure name={t('order.status.cancelled')} value={count(sums.cancelled)} />
          </Box>
          <Box
            sx={{
              display: 'grid',
              gap: 2.5,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
            }}
          >
            <Panel title={t('dashboard.revenue')}>
              <RevenueChart days={items} />
            </Panel>
            <Panel title={t('dashboard.orders')}>
              <OrdersChart days={items} />
              <DaysTable days={items} />
            </Panel>
            <Panel title={t('dashboard.bestSellers')}>
              <BestSellers summaries={summaries.filter(({ date }) => date >= from)} currency={currency} />
            </Panel>
            <Panel title={t('dashboard.lowStock')}>
              {today ? (
                <LowStock books={today.lowStock} />
              ) : error ? (
                <ErrorNotice error={error} />
              ) : (
                <Skeleton variant="rounded" height={160} />
              )}
            </Panel>
          </Box>
        </Box>
      )}
    </>
  );
}

export function DashboardPage() {
  return (
    <RequireSignIn page="dashboard" may={(can) => can.seesFigures}>
      <Dashboard />
    </RequireSignIn>
  );
}
