import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Hourglass, SearchX } from 'lucide-react';
import { Link as RouterLink, useParams } from 'react-router';
import { body } from '../api/client';
import { useSession } from '../auth/session';
import { EmptyState, ErrorNotice } from '../components/notices';
import { useTitle } from '../components/Page';
import { useServices } from '../components/services';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problems';

export function RegistrationStatusPage() {
  const { t } = useTranslation();
  const { api } = useServices();
  const session = useSession();
  const registrationId = useParams().registrationId ?? '';
  useTitle(t('registration.title'));
  const registration = useQuery({
    queryKey: ['registration', registrationId],
    queryFn: ({ signal }) =>
      body(api.registrations.GET('/registrations/{registrationId}', { params: { path: { registrationId } }, signal })),
    refetchInterval: (query) =>
      ['approved', 'rejected', 'failed'].includes(query.state.data?.status ?? '') ? false : 30_000,
  });

  if (registration.error instanceof ProblemError && [400, 404].includes(registration.error.status)) {
    return (
      <EmptyState wholePage icon={<SearchX size={48} />} title={t('registration.notFound')}>
        <Typography>{t('registration.notFoundHint')}</Typography>
        <Button component={RouterLink} to="/register" variant="outlined">
          {t('actions.createAccount')}
        </Button>
      </EmptyState>
    );
  }
  if (registration.isError) {
    return <ErrorNotice wholePage error={registration.error} onRetry={() => void registration.refetch()} />;
  }
  if (!registration.data) return <Skeleton variant="rounded" height={260} />;
  if (registration.data.status === 'approved') {
    return (
      <EmptyState wholePage icon={<CircleCheck size={48} />} title={t('registration.approved')}>
        <Typography>{t('registration.approvedHint')}</Typography>
        <Button variant="contained" onClick={() => void session.signIn('/')}>
          {t('actions.signIn')}
        </Button>
      </EmptyState>
    );
  }
  if (registration.data.status === 'rejected' || registration.data.status === 'failed') {
    const { status } = registration.data;
    return (
      <EmptyState wholePage icon={<CircleX size={48} />} title={t(`registration.${status}`)}>
        <Typography>{t(`registration.${status}Hint`)}</Typography>
        <Button component={RouterLink} to="/register" variant="outlined">
          {t('registration.registerAgain')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState wholePage icon={<Hourglass size={48} />} title={t('registration.pending')}>
      <Typography sx={{ maxWidth: 520 }}>{t('registration.pendingHint')}</Typography>
      <Alert severity="info" variant="outlined" sx={{ textAlign: 'left', maxWidth: 520 }}>
        {t('registration.keepAddress')}
      </Alert>
      <Stack direction="row" spacing={1.5} sx={{ pt: 1 }}>
        <Button variant="outlined" loading={registration.isFetching} onClick={() => void registration.refetch()}>
          {t('registration.checkAgain')}
        </Button>
        <Button component={RouterLink} to="/">
          {t('actions.browseBooks')}
        </Button>
      </Stack>
    </EmptyState>
  );
}
