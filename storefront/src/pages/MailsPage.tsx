import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { body, type Mail } from '../api/client';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { dateTime } from '../format';

const PER_PAGE = 20;
const STATUSES = ['dead', 'waiting', 'sent'] as const;
const NAMES = { dead: 'Given up', waiting: 'Waiting', sent: 'Sent' };
const KINDS = {
  order_placed: 'Order placed',
  order_completed: 'Order completed',
  order_cancelled: 'Order cancelled',
  summary: 'Purchase summary',
};

const recipients = (mail: Mail) => mail.recipients ?? 'the administrators';

function whenOf(mail: Mail): string {
  if (mail.sentAt) return `sent ${dateTime(mail.sentAt)}`;
  const tried = mail.attempts === 1 ? 'tried once' : `tried ${mail.attempts} times`;
  return mail.nextAttemptAt ? `${tried}, next ${dateTime(mail.nextAttemptAt)}` : tried;
}

function MailRow({ mail }: { mail: Mail }) {
  const { api, say } = useServices();
  const queries = useQueryClient();
  const sendAgain = useMutation({
    mutationFn: () => body(api.mails.POST('/mails/{mailId}/requeue', { params: { path: { mailId: mail.mailId } } })),
    onSuccess: () => {
      say(`The mail to ${recipients(mail)} is on its way again`);
      return queries.invalidateQueries({ queryKey: ['mails'] });
    },
  });
  return (
    <Card component="li" sx={{ listStyle: 'none', p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}>
            {KINDS[mail.kind]} · {recipients(mail)}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {mail.mailKey} · asked for {dateTime(mail.createdAt)} · {whenOf(mail)}
          </Typography>
          {mail.lastError && mail.status !== 'sent' && (
            <Typography variant="body2" color="error" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
              {mail.lastError}
            </Typography>
          )}
        </Box>
        <Button
          variant={mail.status === 'dead' ? 'contained' : 'text'}
          loading={sendAgain.isPending}
          onClick={() => sendAgain.mutate()}
          aria-label={`${mail.status === 'waiting' ? 'Send now' : 'Send again'}: ${mail.mailKey}`}
        >
          {mail.status === 'waiting' ? 'Send now' : 'Send again'}
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
  const { api } = useServices();
  const [parameters, setParameters] = useSearchParams();
  const status = STATUSES.find((known) => known === parameters.get('status')) ?? 'dead';
  const page = Math.max(1, Number.parseInt(parameters.get('page') ?? '1', 10) || 1);
  const mails = useQuery({
    queryKey: ['mails', status, page],
    queryFn: ({ signal }) =>
      body(
        api.mails.GET('/mails', {
          params: { query: { status, limit: PER_PAGE, offset: (page - 1) * PER_PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  return (
    <>
      <PageHeader
        title="Mails"
        lead="Every mail of the shop waits here until it is sent. One that could not be sent for too long is given up until you send it again."
      >
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Show mails that are"
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
      {mails.isPending && (
        <Stack spacing={1.5}>
          {[0, 1].map((index) => (
            <Skeleton key={index} variant="rounded" height={84} />
          ))}
        </Stack>
      )}
      {mails.isError && <ErrorNotice error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.data?.items.length === 0 && (
        <EmptyState
          icon={<MailCheck size={48} />}
          title={{ dead: 'No mail was given up', waiting: 'No mail is waiting', sent: 'No mail was sent yet' }[status]}
        />
      )}
      {mails.data && mails.data.items.length > 0 && (
        <>
          <Stack component="ul" spacing={1.5} aria-label="Mails" sx={{ p: 0, m: 0 }}>
            {mails.data.items.map((mail) => (
              <MailRow key={mail.mailId} mail={mail} />
            ))}
          </Stack>
          <Pager
            total={mails.data.total}
            limit={PER_PAGE}
            page={page}
            noun="mails"
            onPage={(next) => setParameters({ status, page: String(next) })}
          />
        </>
      )}
    </>
  );
}

export function MailsPage() {
  return (
    <RequireSignIn to="look after the shop's mails" may={(can) => can.managesMails}>
      <Mails />
    </RequireSignIn>
  );
}
