import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TicketPercent } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { body, type Promotion } from '../api/client';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { dateTime, percent } from '../format';
import { pageNumber, pageStart } from '../paging';
import { ended, stateOf } from '../promotions';
import { PromotionDialog } from './PromotionDialog';
import { QuantityDiscounts } from './QuantityDiscounts';

const PER_PAGE = 20;

function PromotionRow({ promotion, onChange }: { promotion: Promotion; onChange: () => void }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const { code, validFrom, validUntil, maxUses, maxUsesPerCustomer, uses } = promotion;
  const state = stateOf(promotion, new Date());
  const end = useMutation({
    mutationFn: () =>
      body(
        api.orders.PUT('/promotions/{code}', {
          params: { path: { code }, header: { 'If-Match': `"${promotion.version}"` } },
          body: ended(promotion, new Date()),
        }),
      ),
    onSuccess: () => {
      say(t('prices.ended', { code }));
      return queries.invalidateQueries({ queryKey: ['promotions'] });
    },
  });
  const facts = [
    t('prices.from', { date: dateTime(validFrom) }),
    validUntil && t('prices.until', { date: dateTime(validUntil) }),
    maxUses === null ? t('prices.uses', { count: uses }) : t('prices.usesOf', { count: uses, max: maxUses }),
    maxUsesPerCustomer !== null && t('prices.perCustomer', { max: maxUsesPerCustomer }),
  ];
  return (
    <Card component="li" sx={{ listStyle: 'none', p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}>
            {code} · {t('discount.off', { amount: percent(promotion.percentOff) })}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {facts.filter(Boolean).join(' · ')}
          </Typography>
        </Box>
        <Chip
          size="small"
          variant="outlined"
          label={t(`prices.state.${state}`)}
          color={state === 'active' ? 'success' : 'default'}
        />
        <Button onClick={onChange} aria-label={t('prices.changeLabel', { code })}>
          {t('prices.change')}
        </Button>
        {state !== 'ended' && (
          <Button
            color="inherit"
            loading={end.isPending}
            onClick={() => end.mutate()}
            aria-label={t('prices.endLabel', { code })}
          >
            {t('prices.end')}
          </Button>
        )}
      </Box>
      {end.isError && (
        <ErrorNotice
          error={end.error}
          onRetry={() => {
            end.reset();
            void queries.invalidateQueries({ queryKey: ['promotions'] });
          }}
        />
      )}
    </Card>
  );
}

function Prices() {
  const { t } = useTranslation();
  const { api } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const page = pageNumber(parameters, PER_PAGE);
  const next = parameters.get('next');
  const [open, setOpen] = useState<{ promotion: Promotion | null } | null>(null);
  const promotions = useQuery({
    queryKey: ['promotions', page, next],
    queryFn: ({ signal }) =>
      body(
        api.orders.GET('/promotions', {
          params: { query: { limit: PER_PAGE, ...pageStart(page, PER_PAGE, next) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={t('prices.title')} lead={t('prices.lead')}>
        <Button variant="contained" onClick={() => setOpen({ promotion: null })}>
          {t('prices.add')}
        </Button>
      </PageHeader>
      <Stack spacing={4}>
        <section aria-labelledby="promotions-title">
          <Typography variant="h2" id="promotions-title" sx={{ mb: 2 }}>
            {t('prices.promotions')}
          </Typography>
          {promotions.isPending && <Skeleton variant="rounded" height={84} />}
          {promotions.isError && <ErrorNotice error={promotions.error} onRetry={() => void promotions.refetch()} />}
          {promotions.data?.items.length === 0 && page > 1 && <EmptyPage />}
          {promotions.data?.items.length === 0 && page === 1 && (
            <EmptyState icon={<TicketPercent size={48} />} title={t('prices.none')} />
          )}
          {promotions.data && promotions.data.items.length > 0 && (
            <>
              <Stack component="ul" spacing={1.5} aria-labelledby="promotions-title" sx={{ p: 0, m: 0 }}>
                {promotions.data.items.map((promotion) => (
                  <PromotionRow key={promotion.code} promotion={promotion} onChange={() => setOpen({ promotion })} />
                ))}
              </Stack>
              <Pager
                total={promotions.data.total}
                limit={PER_PAGE}
                page={page}
                next={promotions.isPlaceholderData ? null : promotions.data.next}
                onPage={(chosen, place) => setParameters({ page: String(chosen), ...(place ? { next: place } : {}) })}
              />
            </>
          )}
        </section>
        <QuantityDiscounts />
      </Stack>
      {open && <PromotionDialog promotion={open.promotion} onClose={() => setOpen(null)} />}
    </>
  );
}

export function PricesPage() {
  return (
    <RequireSignIn page="prices" may={(can) => can.managesPrices}>
      <Prices />
    </RequireSignIn>
  );
}
