import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { count } from '../format';

export const LOW_STOCK = 5;

/** How many copies there are, in words; the dot only repeats it in colour. */
export function Stock({ quantity }: { quantity: number }) {
  const [color, text] =
    quantity === 0
      ? ['text.secondary', 'Sold out']
      : quantity <= LOW_STOCK
        ? ['warning.main', quantity === 1 ? 'Only 1 left' : `Only ${quantity} left`]
        : ['success.main', `${count(quantity)} in stock`];
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
