import createClient, { type Middleware } from 'openapi-fetch';
import type { components as Catalog, paths as CatalogPaths } from './generated/catalog';
import type {
  paths as InventoryPaths,
  components as Inventory,
  operations as InventoryOperations,
} from './generated/inventory';
import type { components as Mails, paths as MailPaths } from './generated/mails';
import type { components as Orders, paths as OrderPaths } from './generated/orders';
import type { components as Registrations, paths as RegistrationPaths } from './generated/registrations';
import type { components as Reports, paths as ReportPaths } from './generated/reports';
import { networkProblem, ProblemError, problemOf } from './problems';

export type Book = Catalog['schemas']['Book'];
export type BookPage = Inventory['schemas']['BookPage'];
export type BookRequest = Inventory['schemas']['BookRequest'];
export type BookReplacement = Inventory['schemas']['BookReplacement'];
/** What the inventory can be searched by. */
export type InventoryFilter = NonNullable<InventoryOperations['listInventory']['parameters']['query']>;
export type Order = Orders['schemas']['Order'];
export type OrderStatus = Orders['schemas']['OrderStatus'];
export type OrderRequest = Orders['schemas']['OrderRequest'];
export type Promotion = Orders['schemas']['Promotion'];
export type PromotionRequest = Orders['schemas']['PromotionRequest'];
export type Quote = Orders['schemas']['Quote'];
export type Registration = Registrations['schemas']['RegistrationToDecide'];
export type RegistrationRequest = Registrations['schemas']['RegistrationRequest'];

export type Mail = Mails['schemas']['Mail'];
export type DayFigures = Reports['schemas']['DayFigures'];
export type AuditEvent = Reports['schemas']['AuditEvent'];
export type Summary = Reports['schemas']['Summary'];

/** Provides the current access token; `refused` is called when an API answers 401. */
export interface TokenSource {
  accessToken(): string | null;
  refused(): void;
}

const TIMEOUT_MILLIS = 25_000;

/** The answer to a request that was sent earlier, once; undefined if there is none. */
export type EarlyAnswers = (url: string) => Promise<Response> | undefined;

/** Clients of all APIs. Every response other than 2xx is thrown as a {@link ProblemError}. */
export function createApi(base: string, tokens: TokenSource, early: EarlyAnswers = () => undefined) {
  const middleware: Middleware = {
    onRequest({ request }) {
      const token = tokens.accessToken();
      if (token) request.headers.set('Authorization', `Bearer ${token}`);
      return request;
    },
    async onResponse({ response }) {
      if (response.ok) return undefined;
      if (response.status === 401) tokens.refused();
      throw await problemOf(response);
    },
  };

  async function fetchInTime(request: Request): Promise<Response> {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MILLIS)]);
    try {
      return await (takenEarly(request) ?? fetch(request, { signal, cache: cacheMode(request) }));
    } catch (failure) {
      if (request.signal.aborted) throw failure;
      throw networkProblem();
    }
  }

  // Someone who is signed in sees a change of their own at once; a visitor's browser may keep the catalog for seconds.
  const cacheMode = (request: Request) =>
    request.cache === 'default' && tokens.accessToken() ? 'no-cache' : request.cache;

  // Only the catalog is requested early, and it is the same for everyone.
  const takenEarly = (request: Request) => (request.method === 'GET' ? early(request.url) : undefined);

  function client<Paths extends object>(path: string) {
    const made = createClient<Paths>({ baseUrl: `${base || location.origin}${path}`, fetch: fetchInTime });
    made.use(middleware);
    return made;
  }

  return {
    catalog: client<CatalogPaths>('/catalog/v1'),
    inventory: client<InventoryPaths>('/inventory/v1'),
    orders: client<OrderPaths>('/orders/v1'),
    registrations: client<RegistrationPaths>('/registrations/v1'),
    reports: client<ReportPaths>('/reports/v1'),
    mails: client<MailPaths>('/mails/v1'),
  };
}

export type Api = ReturnType<typeof createApi>;

/** The body of a successful response; throws a {@link ProblemError} if it has none. */
export async function body<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await answer;
  if (data === undefined) throw new ProblemError(response.status, {});
  return data;
}
