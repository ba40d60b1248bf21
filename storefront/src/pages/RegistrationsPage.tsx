import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { body, type Registration } from '../api/client';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { ago, dateTime } from '../format';
import { pageNumber, pageStart } from '../paging';
import { ApproveDialog, nameOf, RejectDialog } from './DecisionDialogs';
import { useTranslation } from 'react-i18next';

const PER_PAGE = 20;
const STATUSES = ['pending', 'approved', 'rejected', 'failed'] as const;

interface Decide {
  decision: 'approve' | 'reject';
  registration: Registration;
}

function RegistrationRow({ registration, onDecide }: { registration: Registration; onDecide: (what: Decide) => void }) {
  const { t } = useTranslation();
  const name = nameOf(registration, t);
  const { requestedAt, decidedAt, decidedBy, reason } = registration;
  return (
    <Card component="li" sx={{ listStyle: 'none', p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650 }}>{name}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {registration.email}
            {requestedAt &&
              ` · ${t('registrations.requestedAt', { date: dateTime(requestedAt) })} (${ago(requestedAt, new Date())})`}
          </Typography>
          {(decidedAt || decidedBy || reason) && (
            <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
              {[
                decidedAt && t('registrations.decidedAt', { date: dateTime(decidedAt) }),
                decidedBy && t('registrations.decidedBy', { name: decidedBy }),
                reason && `${t('registrations.reason')}: ${reason}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
          )}
        </Box>
        {registration.status === 'pending' ? (
          <Stack direction="row" spacing={1}>
            <Button
              color="error"
              onClick={() => onDecide({ decision: 'reject', registration })}
              aria-label={t('registrations.rejectLabel', { name })}
            >
              {t('registrations.reject')}
            </Button>
            <Button
              variant="contained"
              onClick={() => onDecide({ decision: 'approve', registration })}
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
    </Card>
  );
}

function Registrations() {
  const { t } = useTranslation();
  const { api } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const status = STATUSES.find((known) => known === parameters.get('status')) ?? 'pending';
  const page = pageNumber(parameters, PER_PAGE);
  const next = parameters.get('next');
  const [asked, setAsked] = useState<Decide | null>(null);
  const registrations = useQuery({
    queryKey: ['registrations', status, page, next],
    queryFn: ({ signal }) =>
      body(
        api.registrations.GET('/registrations', {
          params: { query: { status, limit: PER_PAGE, ...pageStart(page, PER_PAGE, next) } },
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
      {registrations.data?.items.length === 0 && page > 1 && <EmptyPage />}
      {registrations.data?.items.length === 0 && page === 1 && (
        <EmptyState icon={<UserRoundCheck size={48} />} title={t(`registrations.empty.${status}`)}>
          {status === 'pending' && <Typography>{t('registrations.newAppear')}</Typography>}
        </EmptyState>
      )}
      {registrations.data && registrations.data.items.length > 0 && (
        <>
          <Stack component="ul" spacing={1.5} aria-label={t('registrations.list')} sx={{ p: 0, m: 0 }}>
            {registrations.data.items.map((registration) => (
              <RegistrationRow key={registration.approvalId} registration={registration} onDecide={setAsked} />
            ))}
          </Stack>
          <Pager
            total={registrations.data.total}
            limit={PER_PAGE}
            page={page}
            next={registrations.isPlaceholderData ? null : registrations.data.next}
            onPage={(chosen, place) =>
              setParameters({ status, page: String(chosen), ...(place ? { next: place } : {}) })
            }
          />
        </>
      )}
      {(registrations.data?.total ?? 0) > 0 && (
        <Alert severity="info" variant="outlined" sx={{ mt: 3 }}>
          {t(status === 'pending' ? 'registrations.approveHint' : 'registrations.decidedHint')}
        </Alert>
      )}
      {asked?.decision === 'approve' && (
        <ApproveDialog registration={asked.registration} onClose={() => setAsked(null)} />
      )}
      {asked?.decision === 'reject' && (
        <RejectDialog registration={asked.registration} onClose={() => setAsked(null)} />
      )}
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
