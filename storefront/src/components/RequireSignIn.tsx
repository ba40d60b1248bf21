import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAbilities, useSession, type Abilities } from '../auth/session';
import { EmptyState } from './notices';
import { useTitle } from './Page';

function Locked({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <EmptyState icon={<Lock size={48} />} title={title}>
      {children}
    </EmptyState>
  );
}

/** A page for those who are signed in, and may do what it is for. */
export function RequireSignIn({
  to,
  may,
  children,
}: {
  to: string;
  may?: (can: Abilities) => boolean;
  children: ReactNode;
}) {
  const can = useAbilities();
  const session = useSession();
  if (!can.signedIn) {
    return (
      <Locked title={`Sign in to ${to}`}>
        <Button variant="contained" onClick={() => void session.signIn()}>
          Sign in
        </Button>
      </Locked>
    );
  }
  if (may && !may(can)) {
    return (
      <Locked title="This page is not for your account">
        <Typography>
          You are signed in as {can.user?.name}. Ask an administrator if you should be able to {to}.
        </Typography>
      </Locked>
    );
  }
  return children;
}
