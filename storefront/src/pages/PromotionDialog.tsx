import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { body, type Promotion } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { fieldsOf, NEW_PROMOTION, requestOf, wrongFields, type PromotionFields } from '../promotions';

const WRONG = {
  code: 'code',
  percentOff: 'percentOff',
  validFrom: 'validUntil',
  validUntil: 'validUntil',
  maxUses: 'limit',
  maxUsesPerCustomer: 'limit',
} as const;

/** Adds a promotion, or changes one from the version that was read. */
export function PromotionDialog({ promotion, onClose }: { promotion: Promotion | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const [before] = useState(() => (promotion ? fieldsOf(promotion) : NEW_PROMOTION));
  const [fields, setFields] = useState(before);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      body(
        promotion
          ? api.orders.PUT('/promotions/{code}', {
              params: { path: { code: promotion.code }, header: { 'If-Match': `"${promotion.version}"` } },
              body: requestOf(fields),
            })
          : api.orders.POST('/promotions', { body: { code: fields.code.trim(), ...requestOf(fields) } }),
      ),
    onSuccess: async ({ code }) => {
      say(t('prices.saved', { code }));
      await queries.invalidateQueries({ queryKey: ['promotions'] });
      onClose();
    },
  });
  const wrong = tried ? wrongFields(fields) : [];

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const [first] = wrongFields(fields);
    if (first) (event.currentTarget.elements.namedItem(first) as HTMLElement | null)?.focus();
    else if (!save.isPending) save.mutate();
  }

  const field = (name: keyof PromotionFields, hint?: 'validFrom' | 'validUntil' | 'limit', type?: string) => (
    <TextField
      name={name}
      label={t(`prices.field.${name}`)}
      type={type}
      value={fields[name]}
      onChange={({ target }) => setFields({ ...fields, [name]: target.value })}
      error={wrong.includes(name)}
      helperText={wrong.includes(name) ? t(`prices.wrong.${WRONG[name]}`) : hint && t(`prices.hint.${hint}`)}
      disabled={name === 'code' && promotion !== null}
      required={name === 'code' || name === 'percentOff'}
      fullWidth
      size="medium"
      slotProps={{ htmlInput: { maxLength: 40 }, inputLabel: type ? { shrink: true } : undefined }}
    />
  );
  const pair = { display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.25 };
  return (
    <Dialog
      open
      onClose={() => JSON.stringify(fields) === JSON.stringify(before) && onClose()}
      fullWidth
      maxWidth="sm"
      aria-labelledby="promotion-dialog-title"
    >
      <DialogTitle id="promotion-dialog-title">
        {promotion ? t('prices.changeTitle', { code: promotion.code }) : t('prices.add')}
      </DialogTitle>
      <form noValidate onSubmit={submit}>
        <DialogContent sx={{ pt: 1 }}>
          <Stack spacing={2.25}>
            <Box sx={pair}>
              {field('code')}
              {field('percentOff')}
            </Box>
            <Box sx={pair}>
              {field('validFrom', 'validFrom', 'datetime-local')}
              {field('validUntil', 'validUntil', 'datetime-local')}
            </Box>
            <Box sx={pair}>
              {field('maxUses', 'limit')}
              {field('maxUsesPerCustomer', 'limit')}
            </Box>
            {save.isError && <ErrorNotice error={save.error} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" variant="contained" loading={save.isPending}>
            {t('prices.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
