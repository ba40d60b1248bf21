import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import type { Api } from '../api/client';
import type { Config } from '../config';

interface Services {
  api: Api;
  config: Config;
  /** Says that something was done, briefly, to everybody: it is a live region. */
  say(message: string): void;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ api, config, children }: { api: Api; config: Config; children: ReactNode }) {
  const [message, setMessage] = useState<{ text: string; open: boolean }>({ text: '', open: false });
  const say = useCallback((text: string) => setMessage({ text, open: true }), []);
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
          severity="success"
          variant="filled"
          role="status"
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
