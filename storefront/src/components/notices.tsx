import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { explain } from '../api/problems';
import { useTranslation } from 'react-i18next';

/** Shows what went wrong and what to do, from the problem details of a response. `wholePage`: there is nothing else, so it has the heading. */
export function ErrorNotice({
  error,
  onRetry,
  wholePage,
  children,
}: {
  error: unknown;
  onRetry?: () => void;
  wholePage?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { title, action, details, reference } = explain(error, t);
  return (
    <Alert
      severity="error"
      variant="outlined"
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('actions.tryAgain')}
          </Button>
        )
      }
    >
      <AlertTitle component={wholePage ? 'h1' : 'div'}>{title}</AlertTitle>
      {details.length > 0 && (
        <Box component="ul" sx={{ m: 0, mb: 0.5, pl: 2.5 }}>
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </Box>
      )}
      {action}
      {reference && (
        <Typography component="p" variant="caption" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
          {t('problem.reference')} <code>{reference}</code>
        </Typography>
      )}
      {children}
    </Alert>
  );
}

/** Says that there is nothing to show. `wholePage`: there is nothing else on the page, so its title is the page's heading. */
export function EmptyState({
  icon,
  title,
  wholePage,
  children,
}: {
  icon: ReactNode;
  title: string;
  wholePage?: boolean;
  children?: ReactNode;
}) {
  return (
    <Stack spacing={1.5} sx={{ alignItems: 'center', textAlign: 'center', py: 8, px: 2, color: 'text.secondary' }}>
      <Box aria-hidden sx={{ color: 'primary.main', opacity: 0.8, lineHeight: 0 }}>
        {icon}
      </Box>
      <Typography variant="h2" component={wholePage ? 'h1' : 'h2'} color="textPrimary">
        {title}
      </Typography>
      {children}
    </Stack>
  );
}
