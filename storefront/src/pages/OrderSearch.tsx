import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

export const SEARCHED = ['orderId', 'customer', 'book'] as const;
type Searched = (typeof SEARCHED)[number];

/** What staff look for: at most one of the three texts, and days. */
export type OrderFilter = Partial<Record<Searched | 'from' | 'to', string>>;

/** The filter in the address of the page. */
export function orderFilter(parameters: URLSearchParams): OrderFilter {
  const filter: OrderFilter = {};
  for (const name of [...SEARCHED, 'from', 'to'] as const) {
    const value = parameters.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/** Finds orders by number, customer or book, and by day. */
export function OrderSearch({ filter, onSearch }: { filter: OrderFilter; onSearch: (filter: OrderFilter) => void }) {
  const { t } = useTranslation();
  const found = SEARCHED.find((name) => filter[name] !== undefined) ?? 'orderId';
  const [by, setBy] = useState<Searched>(found);
  const [text, setText] = useState(filter[found] ?? '');
  const [from, setFrom] = useState(filter.from ?? '');
  const [to, setTo] = useState(filter.to ?? '');

  function search(event: FormEvent) {
    event.preventDefault();
    onSearch({ ...(text.trim() && { [by]: text.trim() }), ...(from && { from }), ...(to && { to }) });
  }

  function clear() {
    setText('');
    setFrom('');
    setTo('');
    onSearch({});
  }

  return (
    <Box
      component="form"
      role="search"
      aria-label={t('orders.search.label')}
      onSubmit={search}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 3, displayPrint: 'none' }}
    >
      <TextField
        select
        label={t('orders.search.searched')}
        value={by}
        onChange={({ target }) => setBy(target.value as Searched)}
        sx={{ minWidth: 150 }}
      >
        {SEARCHED.map((value) => (
          <MenuItem key={value} value={value}>
            {t(`orders.search.by.${value}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={t('orders.search.text')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        sx={{ flex: '1 1 200px' }}
        slotProps={{ htmlInput: { maxLength: 200, inputMode: by === 'orderId' ? 'numeric' : undefined } }}
      />
      <TextField
        type="date"
        label={t('orders.search.from')}
        value={from}
        onChange={({ target }) => setFrom(target.value)}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <TextField
        type="date"
        label={t('orders.search.to')}
        value={to}
        onChange={({ target }) => setTo(target.value)}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <Button type="submit" variant="outlined">
        {t('orders.search.submit')}
      </Button>
      {Object.keys(filter).length > 0 && <Button onClick={clear}>{t('orders.search.clear')}</Button>}
    </Box>
  );
}
