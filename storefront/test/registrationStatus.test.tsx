import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { I18nextProvider } from 'react-i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter, Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import i18next from 'i18next';
import type { Api, Registration } from '../src/api/client';
import { Session, SessionProvider } from '../src/auth/session';
import { ServicesProvider } from '../src/components/services';
import type { Config } from '../src/config';
import { RegistrationStatusPage } from '../src/pages/RegistrationStatusPage';
import './english';

const config = { oidc: {} } as Config;

/** The page as it is first shown when the API has answered. */
function shown(status: Registration['status']): string {
  const client = new QueryClient();
  client.setQueryData(['registration', 'r1'], { status });
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18next}>
      <QueryClientProvider client={client}>
        <SessionProvider session={new Session(config)}>
          <ServicesProvider api={{} as Api} config={config}>
            <MemoryRouter initialEntries={['/register/r1']}>
              <Routes>
                <Route path="/register/:registrationId" element={<RegistrationStatusPage />} />
              </Routes>
            </MemoryRouter>
          </ServicesProvider>
        </SessionProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  );
}

it('says that an account could not be created, and lets the applicant register again', () => {
  const page = shown('failed');
  expect(page).toContain('Your account could not be created');
  expect(page).toContain('You can register again');
  expect(page).toMatch(/href="\/register"[^>]*>.*Register again/);
  expect(page).not.toContain('We have received your registration');
});

it('tells the other states apart', () => {
  expect(shown('pending')).toContain('We have received your registration');
  expect(shown('approved')).toContain('Your account is approved');
  expect(shown('rejected')).toContain('The reason is in the email');
});
