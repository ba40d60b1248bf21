import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { MapPinOff } from 'lucide-react';
import { Link as RouterLink } from 'react-router';
import { EmptyState } from '../components/notices';
import { useTitle } from '../components/Page';
import { useTranslation } from 'react-i18next';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('notFound.title'));
  return (
    <EmptyState wholePage icon={<MapPinOff size={48} />} title={t('notFound.title')}>
      <Typography>{t('notFound.hint')}</Typography>
      <Button component={RouterLink} to="/" variant="contained">
        {t('actions.browseBooks')}
      </Button>
    </EmptyState>
  );
}
