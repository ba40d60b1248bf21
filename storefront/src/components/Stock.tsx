import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { useTranslation } from 'react-i18next';

export const LOW_STOCK = 5;

/** The number of copies in words; the dot only repeats it as a color. */
export function Stock({ quantity }: { quantity: number }) {
  const { t } = useTranslation();
  const [color, text] =
    quantity === 0
      ? ['text.secondary', t('stock.none')]
      : quantity <= LOW_STOCK
        ? ['warning.main', t('stock.low', { count: quantity })]
        : ['success.main', t('stock.some', { count: quantity })];
  return (
    <Typography
      variant="body2"
      component="span"
      sx={{ color, display: 'inline-flex', alignItems: 'center', gap: 0.75, fontWeight: 500 }}
    >
      <Box component="span" aria-hidden sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: 'currentcolor' }} />
      {text}
    </Typography>
  );
}
