import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Lock } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useAbilities, useSession, useSessionState, type Abilities } from '../auth/session';
import { EmptyState } from './notices';
import { useTitle } from './Page';
import { useTranslation } from 'react-i18next';
import type en from '../i18n/locales/en.json';

function Locked({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <EmptyState wholePage icon={<Lock size={48} />} title={title}>
      {children}
    </EmptyState>
  );
}

/** A page for visitors who are signed in and have access to it. */
export function RequireSignIn({
  page,
  may,
  children,
}: {
  page: keyof typeof en.access.signIn;
  may?: (can: Abilities) => boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const can = useAbilities();
  const session = useSession();
  const { status } = useSessionState();
  const mayBeKnown = session.mayBeKnown();

  useEffect(() => {
    if (mayBeKnown) void session.askOnce();
  }, [mayBeKnown, session]);

  if (mayBeKnown || status === 'starting') return null;
  if (!can.signedIn) {
    return (
      <Locked title={t(`access.signIn.${page}`)}>
        <Button variant="contained" onClick={() => void session.signIn()}>
          {t('actions.signIn')}
        </Button>
      </Locked>
    );
  }
  if (may && !may(can)) {
    return (
      <Locked title={t('access.denied')}>
        <Typography>{t('access.deniedHint', { name: can.user?.name })}</Typography>
      </Locked>
    );
  }
  return children;
}
