import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { body, type RegistrationRequest } from '../api/client';
import { fieldMessages } from '../api/problems';
import { useSession } from '../auth/session';
import { EmptyState, ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { useServices } from '../components/services';
import { useOnce } from '../components/useOnce';
import { Trans, useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';

const EMPTY: RegistrationRequest = { email: '', givenName: '', familyName: '' };

/** What is missing or wrong, in the order of the form's fields. */
function missing(form: RegistrationRequest, t: TFunction): Record<string, string> {
  const found: Record<string, string> = {};
  if (!form.givenName.trim()) found.givenName = t('register.missing.givenName');
  if (!form.familyName.trim()) found.familyName = t('register.missing.familyName');
  if (!/^\S+@\S+\.\S+$/.test(form.email.trim())) found.email = t('register.missing.email');
  return found;
}

export function RegisterPage() {
  const { t } = useTranslation();
  const { api } = useServices();
  const session = useSession();
  const [form, setForm] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const register = useMutation({
    mutationFn: () =>
      body(
        api.registrations.POST('/registrations', {
          body: {
            ...form,
            email: form.email.trim(),
            givenName: form.givenName.trim(),
            familyName: form.familyName.trim(),
          },
        }),
      ),
  });
  const send = useOnce(() => register.mutateAsync());
  const wrong = { ...fieldMessages(register.error), ...(tried ? missing(form, t) : {}) };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(missing(form, t));
    if (first) {
      (event.currentTarget.elements.namedItem(first) as HTMLElement | null)?.focus();
      return;
    }
    send();
  }

  function field(
    name: keyof RegistrationRequest,
    autoComplete: string,
    extra: { type?: string; maxLength: number; hint?: string },
  ) {
    return (
      <TextField
        name={name}
        label={t(`register.${name}`)}
        type={extra.type ?? 'text'}
        value={form[name]}
        autoComplete={autoComplete}
        onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        error={wrong[name] !== undefined}
        helperText={wrong[name] ?? extra.hint}
        required
        fullWidth
        size="medium"
        slotProps={{ htmlInput: { maxLength: extra.maxLength } }}
      />
    );
  }

  if (register.isSuccess) {
    return (
      <EmptyState wholePage icon={<MailCheck size={48} />} title={t('register.sent')}>
        <Typography sx={{ maxWidth: 520 }}>
          <Trans
            i18nKey="register.sentHint"
            values={{ email: form.email.trim() }}
            components={{ strong: <strong /> }}
            shouldUnescape
          />
        </Typography>
        <Alert severity="info" variant="outlined" sx={{ textAlign: 'left', maxWidth: 520 }}>
          {t('register.sameForAll')}
        </Alert>
        <Button variant="outlined" onClick={() => register.reset()}>
          {t('register.back')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <Box sx={{ maxWidth: 560, mx: 'auto' }}>
      <PageHeader title={t('register.title')} lead={t('register.lead')} />
      <Alert severity="info" variant="outlined" sx={{ mb: 3 }}>
        <Trans i18nKey="register.review" components={{ strong: <strong /> }} />
      </Alert>
      <Stack component="form" noValidate spacing={2.5} onSubmit={submit}>
        <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.5 }}>
          {field('givenName', 'given-name', { maxLength: 100 })}
          {field('familyName', 'family-name', { maxLength: 100 })}
        </Box>
        {field('email', 'email', { type: 'email', maxLength: 254, hint: t('register.emailHint') })}
        {register.isError && <ErrorNotice error={register.error} />}
        <Button type="submit" size="large" variant="contained" loading={register.isPending} loadingPosition="start">
          {t('actions.createAccount')}
        </Button>
        <Typography variant="body2">
          <Trans
            i18nKey="register.haveAccount"
            components={{ signIn: <Link component="button" type="button" onClick={() => void session.signIn('/')} /> }}
          />
        </Typography>
      </Stack>
    </Box>
  );
}
