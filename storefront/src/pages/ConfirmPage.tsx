import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, MailX } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router';
import { body } from '../api/client';
import { fieldMessages, ProblemError } from '../api/problems';
import { useSession } from '../auth/session';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { useServices } from '../components/services';
import { useOnce } from '../components/useOnce';
import { list } from '../format';
import { brokenPasswordRules, confirmationToken } from '../registration';

const FIELDS = ['password', 'repeated'] as const;
const EMPTY = { password: '', repeated: '' };

/** The page behind the link in the email: it proves the address, and the visitor chooses a password. */
export function ConfirmPage() {
  const { t } = useTranslation();
  const { api } = useServices();
  const session = useSession();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const [token, setToken] = useState(() => confirmationToken(hash));
  const [form, setForm] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const confirm = useMutation({
    mutationFn: () => body(api.registrations.POST('/confirmations', { body: { token, password: form.password } })),
    onSuccess: ({ registrationId }) => navigate(`/register/${registrationId}`, { replace: true }),
  });

  const send = useOnce(() => confirm.mutateAsync());

  // A new link was opened in the same tab.
  if (hash && confirmationToken(hash) !== token) setToken(confirmationToken(hash));

  // The token must not stay in the browser's history.
  useEffect(() => {
    if (hash) void navigate('/register/confirm', { replace: true });
  }, [hash, navigate]);

  function missing(): Partial<Record<(typeof FIELDS)[number], string>> {
    const broken = brokenPasswordRules(form.password).map((rule) => t(`register.passwordRules.${rule}`));
    return {
      ...(broken.length > 0 && { password: t('register.missing.password', { rules: list(broken) }) }),
      ...(form.password !== form.repeated && { repeated: t('confirm.different') }),
    };
  }

  const code = confirm.error instanceof ProblemError ? confirm.error.code : '';
  if (!token || code === 'confirmation_invalid' || code === 'confirmation_expired') {
    return (
      <EmptyState
        wholePage
        icon={<MailX size={48} />}
        title={t(code === 'confirmation_expired' ? 'confirm.expired' : 'confirm.noToken')}
      >
        <Typography>{t(code === 'confirmation_expired' ? 'confirm.expiredHint' : 'confirm.noTokenHint')}</Typography>
        <Button component={RouterLink} to="/register" variant="outlined">
          {t('registration.registerAgain')}
        </Button>
      </EmptyState>
    );
  }
  if (code === 'registration_conflict') {
    return (
      <EmptyState wholePage icon={<CircleCheck size={48} />} title={t('confirm.conflict')}>
        <Typography>{t('confirm.conflictHint')}</Typography>
        <Button variant="contained" onClick={() => void session.signIn('/')}>
          {t('actions.signIn')}
        </Button>
      </EmptyState>
    );
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(missing());
    if (first) {
      (event.currentTarget.elements.namedItem(first) as HTMLElement | null)?.focus();
      return;
    }
    send();
  }

  const wrong: Record<string, string | undefined> = {
    ...fieldMessages(confirm.error),
    ...(tried ? missing() : {}),
  };
  return (
    <Box sx={{ maxWidth: 560, mx: 'auto' }}>
      <PageHeader title={t('confirm.title')} lead={t('confirm.lead')} />
      <Alert severity="info" variant="outlined" sx={{ mb: 3 }}>
        {t('confirm.review')}
      </Alert>
      <Stack component="form" noValidate spacing={2.5} onSubmit={submit}>
        {FIELDS.map((name) => (
          <TextField
            key={name}
            name={name}
            label={t(`confirm.${name}`)}
            type="password"
            value={form[name]}
            autoComplete="new-password"
            onChange={(event) => setForm({ ...form, [name]: event.target.value })}
            error={wrong[name] !== undefined}
            helperText={wrong[name] ?? (name === 'password' && t('register.passwordHint'))}
            required
            fullWidth
            size="medium"
            slotProps={{ htmlInput: { maxLength: 64 } }}
          />
        ))}
        {confirm.isError && <ErrorNotice error={confirm.error} />}
        <Button type="submit" size="large" variant="contained" loading={confirm.isPending} loadingPosition="start">
          {t('confirm.submit')}
        </Button>
      </Stack>
    </Box>
  );
}
