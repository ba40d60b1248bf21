import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Quote } from '../api/client';
import { money } from '../format';
import type { Estimate } from '../quantityDiscounts';
import { useTranslation } from 'react-i18next';

type Totals = Pick<Quote, 'currency' | 'subtotal' | 'discountTotal' | 'taxTotal' | 'totalAmount' | 'promoCode'>;

function Row({ name, value, strong }: { name: string; value: string; strong?: boolean }) {
  return (
    <Box
      sx={{
        display: 'flex',
        justifyContent: 'space-between',
        gap: 2,
        py: 0.5,
        ...(strong && { borderTop: 1, borderColor: 'divider', mt: 1, pt: 1.5, typography: 'h2' }),
      }}
    >
      <Box component="dt">{name}</Box>
      <Box component="dd" sx={{ m: 0, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
        {value}
      </Box>
    </Box>
  );
}

export function TotalsTable({ totals }: { totals: Totals }) {
  const { t } = useTranslation();
  const show = (amount: number) => money(amount, totals.currency);
  return (
    <Box component="dl" sx={{ m: 0 }} aria-label={t('totals.label')}>
      <Row name={t('totals.subtotal')} value={show(totals.subtotal)} />
      {totals.discountTotal > 0 && (
        <Row
          name={
            totals.promoCode ? t('totals.discountsWithCode', { code: totals.promoCode }) : t('totals.quantityDiscounts')
          }
          value={`−${show(totals.discountTotal)}`}
        />
      )}
      <Row name={t('totals.tax')} value={show(totals.taxTotal)} />
      <Row name={t('totals.total')} value={show(totals.totalAmount)} strong />
    </Box>
  );
}

/** What a cart costs before tax, for visitors whom the Order API does not know yet. */
export function EstimateTable({ estimate, currency }: { estimate: Estimate; currency: string }) {
  const { t } = useTranslation();
  return (
    <Box component="dl" sx={{ m: 0 }} aria-label={t('totals.label')}>
      {estimate.discount > 0 && (
        <>
          <Row name={t('totals.subtotal')} value={money(estimate.subtotal, currency)} />
          <Row name={t('totals.quantityDiscounts')} value={`−${money(estimate.discount, currency)}`} />
        </>
      )}
      <Row name={t('totals.beforeTax')} value={money(estimate.subtotal - estimate.discount, currency)} strong />
    </Box>
  );
}

/** The lines of an order or a quote. */
export function SoldLines({ lines, currency }: { lines: Quote['items']; currency: string }) {
  const { t } = useTranslation();
  return (
    <Box component="ul" sx={{ p: 0, m: 0, listStyle: 'none' }}>
      {lines.map((line) => (
        <Box
          component="li"
          key={line.bookId}
          sx={{
            display: 'grid',
            gridTemplateColumns: '1fr auto',
            gap: 2,
            py: 1.5,
            borderBottom: 1,
            borderColor: 'divider',
            '&:last-of-type': { borderBottom: 0 },
          }}
        >
          <Box>
            <Typography sx={{ fontWeight: 600 }}>{line.title}</Typography>
            <Typography variant="body2" color="textSecondary">
              {line.quantity} × {line.unitPrice === null ? '–' : money(line.unitPrice, currency)}
              {line.discount !== null &&
                line.discount > 0 &&
                ` · ${t('discount.off', { amount: money(line.discount, currency) })}`}
            </Typography>
          </Box>
          <Typography sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
            {line.lineTotal === null ? '–' : money(line.lineTotal, currency)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
