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

const PER_PAGE = 20;
const STATUSES = ['pending', 'approved', 'rejected'] as const;
const NAMES = { pending: 'Waiting', approved: 'Approved', rejected: 'Rejected' };

const nameOf = ({ givenName, familyName, email }: Registration) =>
  [givenName, familyName].filter(Boolean).join(' ') || email || 'Somebody';

function RejectDialog({ registration, onClose }: { registration: Registration; onClose: () => void }) {
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
      say(`The registration of ${nameOf(registration)} is rejected`);
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
      <DialogTitle id="reject-title">Reject {nameOf(registration)}?</DialogTitle>
      <form onSubmit={submit}>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            Nothing of the request is kept, and {registration.email} can be registered again. The reason goes into the
            e-mail.
          </DialogContentText>
          <TextField
            label="Reason"
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
            Not yet
          </Button>
          <Button type="submit" variant="contained" color="error" disabled={!reason.trim()} loading={reject.isPending}>
            Reject
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function RegistrationRow({ registration, onReject }: { registration: Registration; onReject: () => void }) {
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
      say(`${nameOf(registration)} can sign in now`);
      return queries.invalidateQueries({ queryKey: ['registrations'] });
    },
  });
  return (
    <Card component="li" sx={{ listStyle: 'none', p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650 }}>{nameOf(registration)}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {registration.email}
            {registration.requestedAt && ` · asked ${dateTime(registration.requestedAt)}`}
          </Typography>
        </Box>
        {registration.status === 'pending' ? (
          <Stack direction="row" spacing={1}>
            <Button
              color="error"
              onClick={onReject}
              disabled={approve.isPending}
              aria-label={`Reject ${nameOf(registration)}`}
            >
              Reject
            </Button>
            <Button
              variant="contained"
              loading={approve.isPending}
              onClick={() => approve.mutate()}
              aria-label={`Approve ${nameOf(registration)}`}
            >
              Approve
            </Button>
          </Stack>
        ) : (
          <Chip
            size="small"
            variant="outlined"
            label={NAMES[registration.status]}
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
      <PageHeader title="Registrations" lead="Nobody can sign in before you approve.">
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Show registrations that are"
          value={status}
          onChange={(_event, chosen: string | null) => chosen && setParameters({ status: chosen })}
        >
          {STATUSES.map((value) => (
            <ToggleButton key={value} value={value}>
              {NAMES[value]}
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
        <EmptyState
          icon={<UserRoundCheck size={48} />}
          title={status === 'pending' ? 'Nobody is waiting' : `No ${status} registrations`}
        >
          {status === 'pending' && <Typography>New registrations show up here by themselves.</Typography>}
        </EmptyState>
      )}
      {registrations.data && registrations.data.items.length > 0 && (
        <>
          <Stack component="ul" spacing={1.5} aria-label="Registrations" sx={{ p: 0, m: 0 }}>
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
            noun="registrations"
            onPage={(next) => setParameters({ status, page: String(next) })}
          />
        </>
      )}
      {status === 'pending' && (registrations.data?.total ?? 0) > 0 && (
        <Alert severity="info" variant="outlined" sx={{ mt: 3 }}>
          Approving makes the account and lets the applicant sign in at once.
        </Alert>
      )}
      {rejected && <RejectDialog registration={rejected} onClose={() => setRejected(null)} />}
    </>
  );
}

export function RegistrationsPage() {
  return (
    <RequireSignIn to="decide about registrations" may={(can) => can.decidesRegistrations}>
      <Registrations />
    </RequireSignIn>
  );
}
