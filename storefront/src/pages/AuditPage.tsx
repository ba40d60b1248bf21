import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { body, type AuditEvent } from '../api/client';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { count, dateTime, money, percent } from '../format';
import { pageNumber, pageStart } from '../paging';
import { quantityDiscounts } from '../quantityDiscounts';

const PER_PAGE = 20;
const KINDS = [
  'price_changed',
  'promotion_changed',
  'promotion_created',
  'quantity_discounts_changed',
  'registration_approved',
  'registration_rejected',
  'stock_changed',
] as const;

/** What an event is about and what it changed, in one line. */
function summaryOf({ kind, subject, details }: AuditEvent, currency: string, t: TFunction): string {
  const signed = (change: number) => `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`;
  const show = (amount = 0) => money(amount, currency);
  switch (kind) {
    case 'price_changed':
      return `${details.title} · ${show(details.priceBefore)} → ${show(details.price)}`;
    case 'promotion_changed':
    case 'promotion_created':
      return [
        subject,
        t('discount.off', { amount: percent(details.percentOff ?? 0) }),
        details.validUntil && t('prices.until', { date: dateTime(details.validUntil) }),
      ]
        .filter(Boolean)
        .join(' · ');
    case 'quantity_discounts_changed':
      return quantityDiscounts(details.tiers ?? '', t) ?? t('prices.noTiers');
    case 'stock_changed':
      return [
        details.title,
        `${signed(details.change ?? 0)} → ${count(details.stockAfter ?? 0)}`,
        details.type && t(`stockForm.types.${details.type}`),
        details.reason,
      ]
        .filter(Boolean)
        .join(' · ');
    default:
      return [t('audit.registration', { id: subject }), details.reason].filter(Boolean).join(' · ');
  }
}

function Audit() {
  const { t } = useTranslation();
  const { api, config } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const kind = KINDS.find((known) => known === parameters.get('kind'));
  const day = /^\d{4}-\d{2}-\d{2}$/.test(parameters.get('day') ?? '') ? parameters.get('day')! : '';
  const page = pageNumber(parameters, PER_PAGE);
  const next = parameters.get('next');
  const show = (chosen: { kind?: string; day?: string; page?: number; next?: string }) =>
    setParameters(
      Object.entries({ kind: kind ?? '', day, ...chosen })
        .filter(([, value]) => value !== '')
        .map(([name, value]): [string, string] => [name, String(value)]),
    );
  const events = useQuery({
    queryKey: ['audit', kind, day, page, next],
    queryFn: ({ signal }) =>
      body(
        api.reports.GET('/audit-events', {
          params: { query: { kind, day: day || undefined, limit: PER_PAGE, ...pageStart(page, PER_PAGE, next) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 3 }}>
        <TextField
          select
          id="audit-kind"
          label={t('audit.filter')}
          value={kind ?? ''}
          onChange={({ target }) => show({ kind: target.value })}
          slotProps={{ select: { native: true }, inputLabel: { shrink: true, htmlFor: 'audit-kind' } }}
        >
          <option value="">{t('audit.all')}</option>
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {t(`audit.kind.${value}`)}
            </option>
          ))}
        </TextField>
        <TextField
          type="date"
          label={t('audit.day')}
          value={day}
          onChange={({ target }) => show({ day: target.value })}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      </Box>
      {events.isPending && <Skeleton variant="rounded" height={84} />}
      {events.isError && <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />}
      {events.data?.items.length === 0 && page > 1 && <EmptyPage />}
      {events.data?.items.length === 0 && page === 1 && (
        <EmptyState icon={<ScrollText size={48} />} title={t('audit.none')} />
      )}
      {events.data && events.data.items.length > 0 && (
        <>
          <Stack component="ul" spacing={1.5} aria-label={t('audit.title')} sx={{ p: 0, m: 0 }}>
            {events.data.items.map((event) => (
              <Card key={event.auditId} component="li" sx={{ listStyle: 'none', p: 2.25 }}>
                <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
                  <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
                    <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
                      {summaryOf(event, config.currency, t)}
                    </Typography>
                    <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
                      {dateTime(event.occurredAt)} · {event.actor}
                    </Typography>
                  </Box>
                  <Chip size="small" variant="outlined" label={t(`audit.kind.${event.kind}`)} />
                </Box>
              </Card>
            ))}
          </Stack>
          <Pager
            total={events.data.total}
            limit={PER_PAGE}
            page={page}
            next={events.isPlaceholderData ? null : events.data.next}
            onPage={(chosen, place) => show({ page: chosen, next: place })}
          />
        </>
      )}
    </>
  );
}

export function AuditPage() {
  return (
    <RequireSignIn page="audit" may={(can) => can.seesFigures}>
      <Audit />
    </RequireSignIn>
  );
}
