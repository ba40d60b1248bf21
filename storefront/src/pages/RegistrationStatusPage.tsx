import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import { Link as RouterLink, useParams } from 'react-router';
import { body } from '../api/client';
import { useSession } from '../auth/session';
import { EmptyState, ErrorNotice } from '../components/notices';
import { useTitle } from '../components/Page';
import { useServices } from '../components/services';

export function RegistrationStatusPage() {
  const { api } = useServices();
  const session = useSession();
  const registrationId = useParams().registrationId ?? '';
  useTitle('Your registration');
  const registration = useQuery({
    queryKey: ['registration', registrationId],
    queryFn: ({ signal }) =>
      body(api.registrations.GET('/registrations/{registrationId}', { params: { path: { registrationId } }, signal })),
    refetchInterval: (query) => (['approved', 'rejected'].includes(query.state.data?.status ?? '') ? false : 30_000),
  });

  if (registration.isError) {
    return (
      <Stack spacing={2}>
        <ErrorNotice error={registration.error} onRetry={() => void registration.refetch()} />
        <Button component={RouterLink} to="/register" sx={{ alignSelf: 'start' }}>
          Register
        </Button>
      </Stack>
    );
  }
  if (!registration.data) return <Skeleton variant="rounded" height={260} />;
  if (registration.data.status === 'approved') {
    return (
      <EmptyState icon={<CircleCheck size={48} />} title="Your account is approved">
        <Typography>Sign in with your e-mail address and your password.</Typography>
        <Button variant="contained" onClick={() => void session.signIn('/')}>
          Sign in
        </Button>
      </EmptyState>
    );
  }
  if (registration.data.status === 'rejected') {
    return (
      <EmptyState icon={<CircleX size={48} />} title="Your registration was rejected">
        <Typography>The e-mail we sent you says why. Nothing of it is kept, and you may register again.</Typography>
        <Button component={RouterLink} to="/register" variant="outlined">
          Register again
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Hourglass size={48} />} title="We have your registration">
      <Typography sx={{ maxWidth: 520 }}>
        An administrator looks at it now. You cannot sign in until it is approved; we tell you by e-mail what was
        decided.
      </Typography>
      <Alert severity="info" variant="outlined" sx={{ textAlign: 'left', maxWidth: 520 }}>
        Keep this page or its address: it shows what was decided.
      </Alert>
      <Stack direction="row" spacing={1.5} sx={{ pt: 1 }}>
        <Button variant="outlined" loading={registration.isFetching} onClick={() => void registration.refetch()}>
          Look again
        </Button>
        <Button component={RouterLink} to="/">
          Browse books meanwhile
        </Button>
      </Stack>
    </EmptyState>
  );
}
