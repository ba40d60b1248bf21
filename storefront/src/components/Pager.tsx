import Pagination, { type PaginationRenderItemParams } from '@mui/material/Pagination';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';

/** Numbered pages below a list. */
export function Pager({
  total,
  limit,
  page,
  onPage,
}: {
  total: number;
  limit: number;
  page: number;
  onPage: (page: number) => void;
}) {
  const { t } = useTranslation();
  const pages = Math.max(1, Math.ceil(total / limit));
  if (pages === 1) return null;

  function labelOf(type: PaginationRenderItemParams['type'], target: number | null, selected: boolean): string {
    if (type === 'page') return t(selected ? 'pager.page' : 'pager.goToPage', { page: target ?? 0 });
    return type === 'first' || type === 'last' || type === 'next' || type === 'previous' ? t(`pager.${type}`) : '';
  }

  return (
    <Stack spacing={1} sx={{ alignItems: 'center', mt: 4 }}>
      <Pagination
        page={Math.min(page, pages)}
        count={pages}
        onChange={(_event, chosen) => onPage(chosen)}
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
