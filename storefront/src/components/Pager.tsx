import Pagination, { type PaginationRenderItemParams } from '@mui/material/Pagination';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { lastByNumber } from '../paging';

/** Numbered pages below a list. */
export function Pager({
  total,
  limit,
  page,
  next,
  onPage,
}: {
  total: number;
  limit: number;
  page: number;
  /** Where the page after this one begins. */
  next: string | null;
  /** Gets the place of the chosen page, empty if its number has to do. */
  onPage: (page: number, next: string) => void;
}) {
  const { t } = useTranslation();
  const pages = Math.max(Math.min(Math.ceil(total / limit), lastByNumber(limit)), next ? page + 1 : page);
  if (pages === 1) return null;

  function labelOf(type: PaginationRenderItemParams['type'], target: number | null, selected: boolean): string {
    if (type === 'page') return t(selected ? 'pager.page' : 'pager.goToPage', { page: target ?? 0 });
    return type === 'first' || type === 'last' || type === 'next' || type === 'previous' ? t(`pager.${type}`) : '';
  }

  return (
    <Stack spacing={1} sx={{ alignItems: 'center', mt: 4 }}>
      <Pagination
        page={page}
        count={pages}
        onChange={(_event, chosen) => onPage(chosen, chosen === page + 1 ? (next ?? '') : '')}
        color="primary"
        siblingCount={1}
        aria-label={t('pager.label')}
        getItemAriaLabel={labelOf}
      />
      <Typography variant="body2" color="textSecondary">
        {t('pager.range', {
          from: Math.min((page - 1) * limit + 1, total),
          to: Math.min(page * limit, total),
          total,
        })}
      </Typography>
    </Stack>
  );
}
