import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../api/client';
import { MAX_QUANTITY } from '../cart/cart';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { parsePercent, parseWhole } from '../promotions';

interface Row {
  copies: string;
  percentOff: string;
}

/** The tiers as rows that can be edited, and saved from the version that was read. */
export function QuantityDiscounts() {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const read = useQuery({
    queryKey: ['quantityDiscounts', 'versioned'],
    queryFn: async ({ signal }) => {
      const answer = await api.catalog.GET('/quantity-discounts', { signal });
      return { ...(await body(Promise.resolve(answer))), version: answer.response.headers.get('ETag') ?? '*' };
    },
    refetchOnWindowFocus: false,
  });
  const [edited, setEdited] = useState<Row[] | null>(null);
  const rows =
    edited ??
    read.data?.tiers.map(({ copies, percentOff }) => ({ copies: String(copies), percentOff: String(percentOff) })) ??
    [];
  const copiesOf = (row: Row) => parseWhole(row.copies, MAX_QUANTITY);
  const twice = (row: Row) => rows.filter((other) => copiesOf(other) === copiesOf(row)).length > 1;
  const valid = rows.every((row) => copiesOf(row) !== null && !twice(row) && parsePercent(row.percentOff) !== null);
  const save = useMutation({
    mutationFn: () =>
      body(
        api.orders.PUT('/quantity-discounts', {
          params: { header: { 'If-Match': read.data!.version } },
          body: { tiers: rows.map((row) => ({ copies: copiesOf(row)!, percentOff: parsePercent(row.percentOff)! })) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['quantityDiscounts'] });
      setEdited(null);
      say(t('prices.tiersSaved'));
    },
  });
  const change = (index: number, part: Partial<Row>) =>
    setEdited(rows.map((row, i) => (i === index ? { ...row, ...part } : row)));
  return (
    <Card component="section" aria-labelledby="tiers-title" sx={{ p: 3 }}>
      <Typography variant="h2" id="tiers-title">
        {t('prices.tiers')}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 0.5, mb: 2 }}>
        {t('prices.tiersLead')}
      </Typography>
      {read.isPending && <Skeleton variant="rounded" height={120} />}
      {read.isError && <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <Stack spacing={2}>
          {rows.length === 0 && <Typography>{t('prices.noTiers')}</Typography>}
          {rows.map((row, index) => (
            <Box key={index} sx={{ display: 'flex', gap: 1.5, alignItems: 'flex-start' }}>
              <TextField
                label={t('prices.copies')}
                value={row.copies}
                onChange={({ target }) => change(index, { copies: target.value })}
                error={copiesOf(row) === null || twice(row)}
                helperText={twice(row) && t('prices.twice')}
                slotProps={{ htmlInput: { maxLength: 3, inputMode: 'numeric' } }}
              />
              <TextField
                label={t('prices.field.percentOff')}
                value={row.percentOff}
                onChange={({ target }) => change(index, { percentOff: target.value })}
                error={parsePercent(row.percentOff) === null}
                slotProps={{ htmlInput: { maxLength: 6, inputMode: 'decimal' } }}
              />
              <IconButton
                aria-label={t('prices.removeTier', { copies: row.copies })}
                onClick={() => setEdited(rows.filter((_row, i) => i !== index))}
              >
                <Trash2 size={20} />
              </IconButton>
            </Box>
          ))}
          {save.isError && (
            <ErrorNotice
              error={save.error}
              onRetry={() => {
                setEdited(null);
                save.reset();
                void read.refetch();
              }}
            />
          )}
          <Stack direction="row" spacing={1.5}>
            <Button
              variant="outlined"
              disabled={rows.length >= 20}
              onClick={() => setEdited([...rows, { copies: '', percentOff: '' }])}
            >
              {t('prices.addTier')}
            </Button>
            {edited && (
              <>
                <Button variant="contained" disabled={!valid} loading={save.isPending} onClick={() => save.mutate()}>
                  {t('prices.saveTiers')}
                </Button>
                <Button color="inherit" onClick={() => setEdited(null)}>
                  {t('actions.cancel')}
                </Button>
              </>
            )}
          </Stack>
        </Stack>
      )}
    </Card>
  );
}
