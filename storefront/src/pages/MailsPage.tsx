import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { body, type Mail } from '../api/client';
import { EmptyPage } from '../components/EmptyPage';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { dateTime } from '../format';
import { pageNumber, pageStart } from '../paging';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';

const PER_PAGE = 20;
const STATUSES = ['all', 'dead', 'waiting', 'sent'] as const;

const recipients = (mail: Mail, t: TFunction) => mail.recipients ?? t('emails.administrators');

function progressOf(mail: Mail, t: TFunction): string {
  if (mail.sentAt) return t('emails.sentAt', { date: dateTime(mail.sentAt) });
  const attempts = t('emails.attempts', { count: mail.attempts });
  return mail.nextAttemptAt
    ? `${attempts} · ${t('emails.nextAttempt', { date: dateTime(mail.nextAttemptAt) })}`
    : attempts;
}

function MailRow({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const queries = useQueryClient();
  const action = t(mail.status === 'waiting' ? 'emails.sendNow' : 'emails.sendAgain');
  const sendAgain = useMutation({
    mutationFn: () => body(api.mails.POST('/mails/{mailId}/requeue', { params: { path: { mailId: mail.mailId } } })),
    onSuccess: () => {
      say(t('emails.queued', { recipients: recipients(mail, t) }));
      return queries.invalidateQueries({ queryKey: ['mails'] });
    },
  });
  return (
    <Card component="li" sx={{ listStyle: 'none', p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}>
            {t(`emails.kind.${mail.kind}`)} · {recipients(mail, t)}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {mail.mailKey} · {t('emails.createdAt', { date: dateTime(mail.createdAt) })} · {progressOf(mail, t)}
          </Typography>
          {mail.lastError && mail.status !== 'sent' && (
            <Typography variant="body2" color="error" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
              {mail.lastError}
            </Typography>
          )}
        </Box>
        <Chip
          size="small"
          variant="outlined"
          label={t(`emails.status.${mail.status}`)}
          color={mail.status === 'dead' ? 'error' : mail.status === 'sent' ? 'success' : 'default'}
        />
        <Button
          variant={mail.status === 'dead' ? 'contained' : 'text'}
          loading={sendAgain.isPending}
          onClick={() => sendAgain.mutate()}
          aria-label={t('emails.actionLabel', { action, mailKey: mail.mailKey })}
        >
          {action}
        </Button>
      </Box>
      {sendAgain.isError && (
        <Box sx={{ mt: 2 }}>
          <ErrorNotice
            error={sendAgain.error}
            onRetry={() => void queries.invalidateQueries({ queryKey: ['mails'] })}
          />
        </Box>
      )}
    </Card>
  );
}

function Mails() {
  const { t } = useTranslation();
  const { api } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const status = STATUSES.find((known) => known === parameters.get('status')) ?? 'all';
  const page = pageNumber(parameters, PER_PAGE);
  const next = parameters.get('next');
  const mails = useQuery({
    queryKey: ['mails', status, page, next],
    queryFn: ({ signal }) =>
      body(
        api.mails.GET('/mails', {
          params: {
            query: {
              status: status === 'all' ? undefined : status,
              limit: PER_PAGE,
              ...pageStart(page, PER_PAGE, next),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  return (
    <>
      <PageHeader title={t('navigation.emails')} lead={t('emails.lead')}>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={t('emails.filter')}
          value={status}
          onChange={(_event, chosen: string | null) => chosen && setParameters({ status: chosen })}
        >
          {STATUSES.map((value) => (
            <ToggleButton key={value} value={value}>
              {t(`emails.status.${value}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </PageHeader>
      {mails.isPending && (
        <Stack spacing={1.5}>
          {[0, 1].map((index) => (
            <Skeleton key={index} variant="rounded" height={84} />
          ))}
        </Stack>
      )}
      {mails.isError && <ErrorNotice error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.data?.items.length === 0 && page > 1 && <EmptyPage />}
      {mails.data?.items.length === 0 && page === 1 && (
        <EmptyState icon={<MailCheck size={48} />} title={t(`emails.empty.${status}`)} />
      )}
      {mails.data && mails.data.items.length > 0 && (
        <>
          <Stack component="ul" spacing={1.5} aria-label={t('emails.list')} sx={{ p: 0, m: 0 }}>
            {mails.data.items.map((mail) => (
              <MailRow key={mail.mailId} mail={mail} />
            ))}
          </Stack>
          <Pager
            total={mails.data.total}
            limit={PER_PAGE}
            page={page}
            next={mails.isPlaceholderData ? null : mails.data.next}
            onPage={(chosen, place) =>
              setParameters({ status, page: String(chosen), ...(place ? { next: place } : {}) })
            }
          />
        </>
      )}
    </>
  );
}

export function MailsPage() {
  return (
    <RequireSignIn page="emails" may={(can) => can.managesMails}>
      <Mails />
    </RequireSignIn>
  );
}
