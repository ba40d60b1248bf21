import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserRoundCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useSearchParams } from 'react-router';
import { body, type Registration } from '../api/client';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { dateTime } from '../format';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';

const PER_PAGE = 20;
const STATUSES = ['pending', 'approved', 'rejected'] as const;

const nameOf = ({ givenName, familyName, email }: Registration, t: TFunction) =>
  [givenName, familyName].filter(Boolean).join(' ') || email || t('registrations.unnamed');

function RejectDialog({ registration, onClose }: { registration: Registration; onClose: () => void }) {
  const { t } = useTranslation();
  const name = nameOf(registration, t);
  const { api, say } = useServices();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const reject = useMutation({
    mutationFn: () =>
      body(
        api.registrations.POST('/registrations/{approvalId}/reject', {
          params: { path: { approvalId: registration.approvalId } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      say(t('registrations.rejected', { name }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['registrations'] }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim()) reject.mutate();
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="reject-title">
      <DialogTitle id="reject-title">{t('registrations.rejectTitle', { name })}</DialogTitle>
      <form onSubmit={submit}>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            {t('registrations.rejectText', { email: registration.email })}
          </DialogContentText>
          <TextField
            label={t('registrations.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            multiline
            minRows={2}
            fullWidth
            required
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog opens to ask for this and nothing else
            autoFocus
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          {reject.isError && (
            <Box sx={{ mt: 2 }}>
              <ErrorNotice error={reject.error} />
            </Box>
          )}
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" variant="contained" color="error" disabled={!reason.trim()} loading={reject.isPending}>
            {t('registrations.reject')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function RegistrationRow({ registration, onReject }: { registration: Registration; onReject: () => void }) {
  const { t } = useTranslation();
  const name = nameOf(registration, t);
  const { api, say } = useServices();
  const queries = useQueryClient();
  const approve = useMutation({
    mutationFn: () =>
      body(
        api.registrations.POST('/registrations/{approvalId}/approve', {
          params: { path: { approvalId: registration.approvalId } },
        }),
      ),
    onSuccess: () => {
      say(t('registrations.approved', { name }));
      return queries.invalidateQueries({ queryKey: ['registrations'] });
    },
  });
  return (
    <Card component="li" sx={{ listStyle: 'none', p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650 }}>{name}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {registration.email}
            {registration.requestedAt &&
              ` · ${t('registrations.requestedAt', { date: dateTime(registration.requestedAt) })}`}
          </Typography>
        </Box>
        {registration.status === 'pending' ? (
          <Stack direction="row" spacing={1}>
            <Button
              color="error"
              onClick={onReject}
              disabled={approve.isPending}
              aria-label={t('registrations.rejectLabel', { name })}
            >
              {t('registrations.reject')}
            </Button>
            <Button
              variant="contained"
              loading={approve.isPending}
              onClick={() => approve.mutate()}
              aria-label={t('registrations.approveLabel', { name })}
            >
              {t('registrations.approve')}
            </Button>
          </Stack>
        ) : (
          <Chip
            size="small"
            variant="outlined"
            label={t(`registrations.status.${registration.status}`)}
            color={registration.status === 'approved' ? 'success' : 'default'}
          />
        )}
      </Box>
      {approve.isError && (
        <Box sx={{ mt: 2 }}>
          <ErrorNotice
            error={approve.error}
            onRetry={() => void queries.invalidateQueries({ queryKey: ['registrations'] })}
          />
        </Box>
      )}
    </Card>
  );
}

function Registrations() {
  const { t } = useTranslation();
  const { api } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const status = STATUSES.find((known) => known === parameters.get('status')) ?? 'pending';
  const page = Math.max(1, Number.parseInt(parameters.get('page') ?? '1', 10) || 1);
  const [rejected, setRejected] = useState<Registration | null>(null);
  const registrations = useQuery({
    queryKey: ['registrations', status, page],
    queryFn: ({ signal }) =>
      body(
        api.registrations.GET('/registrations', {
          params: { query: { status, limit: PER_PAGE, offset: (page - 1) * PER_PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  return (
    <>
      <PageHeader title={t('navigation.registrations')} lead={t('registrations.lead')}>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={t('registrations.filter')}
          value={status}
          onChange={(_event, chosen: string | null) => chosen && setParameters({ status: chosen })}
        >
          {STATUSES.map((value) => (
            <ToggleButton key={value} value={value}>
              {t(`registrations.status.${value}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </PageHeader>
      {registrations.isPending && (
        <Stack spacing={1.5}>
          {[0, 1].map((index) => (
            <Skeleton key={index} variant="rounded" height={84} />
          ))}
        </Stack>
      )}
      {registrations.isError && (
        <ErrorNotice error={registrations.error} onRetry={() => void registrations.refetch()} />
      )}
      {registrations.data?.items.length === 0 && (
        <EmptyState icon={<UserRoundCheck size={48} />} title={t(`registrations.empty.${status}`)}>
          {status === 'pending' && <Typography>{t('registrations.newAppear')}</Typography>}
        </EmptyState>
      )}
      {registrations.data && registrations.data.items.length > 0 && (
        <>
          <Stack component="ul" spacing={1.5} aria-label={t('registrations.list')} sx={{ p: 0, m: 0 }}>
            {registrations.data.items.map((registration) => (
              <RegistrationRow
                key={registration.approvalId}
                registration={registration}
                onReject={() => setRejected(registration)}
              />
            ))}
          </Stack>
          <Pager
            total={registrations.data.total}
            limit={PER_PAGE}
            page={page}

            onPage={(next) => setParameters({ status, page: String(next) })}
          />
        </>
      )}
      {status === 'pending' && (registrations.data?.total ?? 0) > 0 && (
        <Alert severity="info" variant="outlined" sx={{ mt: 3 }}>
          {t('registrations.approveHint')}
        </Alert>
      )}
      {rejected && <RejectDialog registration={rejected} onClose={() => setRejected(null)} />}
    </>
  );
}

export function RegistrationsPage() {
  return (
    <RequireSignIn page="registrations" may={(can) => can.decidesRegistrations}>
      <Registrations />
    </RequireSignIn>
  );
}
