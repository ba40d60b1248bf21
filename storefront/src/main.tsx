import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { askFirst } from './api/catalogQueries';
import { createApi } from './api/client';
import { ProblemError } from './api/problems';
import { App } from './App';
import { Session, SessionProvider } from './auth/session';
import { ServicesProvider } from './components/services';
import { config as loadedConfig, language, takeAnswer, texts } from './early';
import { createStyleCache } from './constructedStyles';
import { theme } from './theme';
import i18next from 'i18next';
import { startInterface } from './i18n';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Retries after network and server errors only; other errors would stay the same.
      retry: (failures, error) => failures < 2 && error instanceof ProblemError && error.outcomeUnknown,
    },
  },
});

const MAX_WAIT_MILLIS = 150;

async function start(root: HTMLElement): Promise<void> {
  await startInterface(language, texts);
  const config = await loadedConfig;
  const session = new Session(config);
  const address = await session.start();
  if (address !== null) history.replaceState(null, '', address);
  // What the visitor may see depends on who is signed in.
  session.onUserChange(() =>
    queries.removeQueries({ predicate: ({ queryKey }) => !['book', 'books'].includes(String(queryKey[0])) }),
  );
  const api = createApi(config.apiBase, session, takeAnswer);
  // On a slow connection the answers are usually there before the scripts. If not, the page shows that it is waiting for them.
  await Promise.race([
    askFirst(queries, api, location.pathname, location.search),
    new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MILLIS)),
  ]);

  createRoot(root).render(
    <StrictMode>
      <CacheProvider value={createStyleCache()}>
        <ThemeProvider theme={theme} defaultMode="system">
          <CssBaseline enableColorScheme />
          <QueryClientProvider client={queries}>
            <SessionProvider session={session}>
              <ServicesProvider api={api} config={config}>
                <BrowserRouter>
                  <App />
                </BrowserRouter>
              </ServicesProvider>
            </SessionProvider>
          </QueryClientProvider>
        </ThemeProvider>
      </CacheProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root')!;
start(root).catch((failure: unknown) => {
  console.error(failure);
  root.setAttribute('role', 'alert');
  // Without texts there is nothing to translate.
  root.textContent = i18next.isInitialized
    ? i18next.t('start.failed')
    : 'books.com could not be loaded. Reload the page.';
});
