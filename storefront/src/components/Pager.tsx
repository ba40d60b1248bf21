import Pagination from '@mui/material/Pagination';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { count } from '../format';

/** Numbered pages below a list. */
export function Pager({
  total,
  limit,
  page,
  onPage,
  noun,
}: {
  total: number;
  limit: number;
  page: number;
  onPage: (page: number) => void;
  noun: string;
}) {
  const pages = Math.max(1, Math.ceil(total / limit));
  if (pages === 1) return null;
  return (
    <Stack spacing={1} sx={{ alignItems: 'center', mt: 4 }} component="nav" aria-label={`Pages of ${noun}`}>
      <Pagination
        page={Math.min(page, pages)}
        count={pages}
        onChange={(_event, chosen) => onPage(chosen)}
        color="primary"
        siblingCount={1}
      />
      <Typography variant="body2" color="textSecondary">
        {count(Math.min((page - 1) * limit + 1, total))}–{count(Math.min(page * limit, total))} of {count(total)} {noun}
      </Typography>
    </Stack>
  );
}
