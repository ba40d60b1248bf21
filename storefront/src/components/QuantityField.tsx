import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { Minus, Plus } from 'lucide-react';
import { MAX_QUANTITY } from '../cart/cart';
import { useState } from 'react';
import { useEditedText } from './useEditedText';
import { useTranslation } from 'react-i18next';

/** The number of copies, changed with buttons or by typing. Text that is not a valid number stays until the field loses the focus; a number above the limit is explained. */
export function QuantityField({
  value,
  onChange,
  label,
  disabled,
}: {
  value: number;
  onChange: (quantity: number) => void;
  label: string;
  disabled?: boolean;
}) {
  const { t } = useTranslation();
  const [text, setText] = useEditedText(String(value));
  const [tooMany, setTooMany] = useState(false);

  function type(typed: string) {
    setText(typed);
    const quantity = Number(typed);
    setTooMany(quantity > MAX_QUANTITY);
    if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY) onChange(quantity);
  }

  function step(by: number) {
    setTooMany(false);
    onChange(value + by);
  }

  return (
    <Box>
      <Box
        role="group"
        aria-label={label}
        sx={{
          display: 'inline-flex',
          alignItems: 'center',
          border: 1,
          borderColor: 'divider',
          borderRadius: 999,
          bgcolor: 'background.paper',
        }}
      >
        <IconButton
          size="small"
          aria-label={t('quantity.less')}
          disabled={disabled || value <= 1}
          onClick={() => step(-1)}
          sx={{ p: 1.1 }}
        >
          <Minus size={16} aria-hidden />
        </IconButton>
        <Box
          component="input"
          inputMode="numeric"
          pattern="[0-9]*"
          aria-label={t('quantity.label')}
          value={text}
          disabled={disabled}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => type(event.target.value)}
          onBlur={() => setText(String(value))}
          sx={{
            width: '2.6rem',
            border: 0,
            bgcolor: 'transparent',
            color: 'text.primary',
            font: 'inherit',
            fontWeight: 600,
            textAlign: 'center',
            p: 0.5,
            borderRadius: 1,
            '&:focus-visible': { outline: '2px solid', outlineColor: 'info.main' },
          }}
        />
        <IconButton
          size="small"
          aria-label={t('quantity.more')}
          disabled={disabled || value >= MAX_QUANTITY}
          onClick={() => step(1)}
          sx={{ p: 1.1 }}
        >
          <Plus size={16} aria-hidden />
        </IconButton>
      </Box>
      <Typography role="alert" variant="body2" color="error" sx={{ mt: tooMany ? 0.5 : 0 }}>
        {tooMany && t('quantity.tooMany', { max: MAX_QUANTITY })}
      </Typography>
    </Box>
  );
}
