import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { REQUIRED_FIELDS, type AddressFields } from '../address';
import { COUNTRIES } from '../countries';
import { country } from '../format';

interface Props {
  fields: AddressFields;
  /** The fields to mark as missing. */
  wrong: readonly string[];
  disabled: boolean;
  onChange: (fields: AddressFields) => void;
}

const AUTOCOMPLETE: Record<keyof AddressFields, string> = {
  name: 'name',
  line1: 'address-line1',
  line2: 'address-line2',
  line3: 'address-line3',
  postalCode: 'postal-code',
  city: 'address-level2',
  country: 'country',
};

/** Where an order is delivered. */
export function AddressForm({ fields, wrong, disabled, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const countries = useMemo(
    () =>
      COUNTRIES.map((code) => ({ code, name: country(code) })).sort((a, b) =>
        a.name.localeCompare(b.name, i18n.language),
      ),
    [i18n.language],
  );
  const field = (name: keyof AddressFields, maxLength = 100) => ({
    name,
    id: `address-${name}`,
    label: t(`address.${name}`),
    value: fields[name],
    disabled,
    required: (REQUIRED_FIELDS as readonly string[]).includes(name),
    error: wrong.includes(name),
    helperText: wrong.includes(name) ? t('address.missing') : undefined,
    autoComplete: `shipping ${AUTOCOMPLETE[name]}`,
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...fields, [name]: target.value }),
    fullWidth: true,
    size: 'medium' as const,
    slotProps: { htmlInput: { maxLength } },
  });
  return (
    <Stack spacing={2.25} component="section" aria-labelledby="address-title">
      <Typography variant="h2" id="address-title">
        {t('address.title')}
      </Typography>
      <TextField {...field('name')} />
      <TextField {...field('line1')} />
      <TextField {...field('line2')} />
      {(fields.line2 || fields.line3) && <TextField {...field('line3')} />}
      <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 2fr' }, gap: 2.25 }}>
        <TextField {...field('postalCode', 20)} />
        <TextField {...field('city')} />
      </Box>
      <TextField
        {...field('country')}
        select
        slotProps={{ select: { native: true }, inputLabel: { shrink: true, htmlFor: 'address-country' } }}
      >
        <option value="">{t('address.choose')}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </TextField>
    </Stack>
  );
}
