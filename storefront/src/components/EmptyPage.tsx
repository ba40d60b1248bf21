import Button from '@mui/material/Button';
import { FileX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { EmptyState } from './notices';

/** In place of a list when its address has a page number that is too high. */
export function EmptyPage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const first = new URLSearchParams(parameters);
  first.delete('page');
  return (
    <EmptyState icon={<FileX size={48} />} title={t('pager.nothingHere')}>
      <Button component={RouterLink} to={`?${first}`} variant="outlined">
        {t('pager.toFirst')}
      </Button>
    </EmptyState>
  );
}
