import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { body, type RegistrationRequest } from '../api/client';
import { fieldMessages } from '../api/problems';
import { useSession } from '../auth/session';
import { ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { useServices } from '../components/services';
import { passwordProblems } from '../registration';

const EMPTY: RegistrationRequest = { email: '', givenName: '', familyName: '', password: '' };

function missing(form: RegistrationRequest): Record<string, string> {
  const found: Record<string, string> = {};
  if (!/^\S+@\S+\.\S+$/.test(form.email.trim())) found.email = 'Your e-mail address, such as jane@example.com';
  if (!form.givenName.trim()) found.givenName = 'Your first name';
  if (!form.familyName.trim()) found.familyName = 'Your last name';
  const password = passwordProblems(form.password);
  if (password.length > 0) found.password = `It needs ${password.join(', ')}`;
  return found;
}

export function RegisterPage() {
  const { api } = useServices();
  const session = useSession();
  const navigate = useNavigate();
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
    onSuccess: ({ registrationId }) => navigate(`/register/${registrationId}`, { replace: true }),
  });
  const wrong = { ...fieldMessages(register.error), ...(tried ? missing(form) : {}) };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(missing(form));
    if (first) {
      (event.currentTarget.elements.namedItem(first) as HTMLElement | null)?.focus();
      return;
    }
    if (!register.isPending) register.mutate();
  }

  function field(
    name: keyof RegistrationRequest,
    label: string,
    autoComplete: string,
    extra: { type?: string; maxLength: number; hint?: string },
  ) {
    return (
      <TextField
        name={name}
        label={label}
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

  return (
    <Box sx={{ maxWidth: 560, mx: 'auto' }}>
      <PageHeader title="Register" lead="An account lets you order books and follow your orders." />
      <Alert severity="info" variant="outlined" sx={{ mb: 3 }}>
        An administrator looks at every registration. <strong>You can sign in once yours is approved</strong>, not
        before; we tell you by e-mail.
      </Alert>
      <Stack component="form" noValidate spacing={2.5} onSubmit={submit}>
        <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.5 }}>
          {field('givenName', 'First name', 'given-name', { maxLength: 100 })}
          {field('familyName', 'Last name', 'family-name', { maxLength: 100 })}
        </Box>
        {field('email', 'E-mail address', 'email', { type: 'email', maxLength: 254, hint: 'You sign in with it' })}
        {field('password', 'Password', 'new-password', {
          type: 'password',
          maxLength: 64,
          hint: '8 characters or more, with upper and lower case letters, a digit and a symbol',
        })}
        {register.isError && <ErrorNotice error={register.error} />}
        <Button type="submit" size="large" variant="contained" loading={register.isPending} loadingPosition="start">
          Ask for an account
        </Button>
        <Typography variant="body2">
          You have an account?{' '}
          <Link component="button" type="button" onClick={() => void session.signIn('/')}>
            Sign in
          </Link>
        </Typography>
      </Stack>
    </Box>
  );
}
