import { createContext, lazy, Suspense, use, useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Api } from '../api/client';
import type { Config } from '../config';
import { ErrorBoundary } from './ErrorBoundary';
import type { Said } from './Message';

const loadMessage = () => import('./Message');
const Message = lazy(async () => ({ default: (await loadMessage()).Message }));

interface Services {
  api: Api;
  config: Config;
  /** Shows a message for a few seconds, in a live region for screen readers. */
  say(message: string, severity?: Said['severity']): void;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ api, config, children }: { api: Api; config: Config; children: ReactNode }) {
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback(
    (text: string, severity: Said['severity'] = 'success') => setSaid({ text, severity, open: true }),
    [],
  );
  // After the page: a lost connection has to be said as well.
  useEffect(() => void loadMessage().catch(() => undefined), []);
  return (
    <ServicesContext value={{ api, config, say }}>
      {children}
      {said && (
        <ErrorBoundary>
          <Suspense fallback={null}>
            <Message said={said} onClose={() => setSaid((shown) => shown && { ...shown, open: false })} />
          </Suspense>
        </ErrorBoundary>
      )}
    </ServicesContext>
  );
}

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('There is no ServicesProvider');
  return services;
}
