import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import type { Api } from '../api/client';
import type { Config } from '../config';
import { useTranslation } from 'react-i18next';

type Severity = 'success' | 'error';

interface Message {
  text: string;
  severity: Severity;
  open: boolean;
}

interface Services {
  api: Api;
  config: Config;
  /** Shows a message for a few seconds, in a live region for screen readers. */
  say(message: string, severity?: Severity): void;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ api, config, children }: { api: Api; config: Config; children: ReactNode }) {
  const { t } = useTranslation();
  const [message, setMessage] = useState<Message>({ text: '', severity: 'success', open: false });
  const say = useCallback(
    (text: string, severity: Severity = 'success') => setMessage({ text, severity, open: true }),
    [],
  );
  return (
    <ServicesContext value={{ api, config, say }}>
      {children}
      <Snackbar
        open={message.open}
        autoHideDuration={5000}
        onClose={(_event, reason) => reason !== 'clickaway' && setMessage((shown) => ({ ...shown, open: false }))}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      >
        <Alert
          severity={message.severity}
          variant="filled"
          role="status"
          closeText={t('actions.close')}
          sx={{ bgcolor: 'text.primary', color: 'background.default' }}
          onClose={() => setMessage((shown) => ({ ...shown, open: false }))}
        >
          {message.text}
        </Alert>
      </Snackbar>
    </ServicesContext>
  );
}

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('There is no ServicesProvider');
  return services;
}
