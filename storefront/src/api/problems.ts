import type { TFunction } from 'i18next';
import type en from '../i18n/locales/en.json';

/** RFC 9457 problem details, as the APIs send them. */
export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  errors?: { field: string; message: string }[];
  shortages?: { bookId: number; title: string; requested: number; available: number }[];
  unknownBooks?: number[];
  orderStatus?: string;
}

/** A request that failed. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly problem: ProblemDocument,
    readonly correlationId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(problem.title ?? `Status ${status}`);
    this.name = 'ProblemError';
  }

  get code(): string {
    return this.problem.code ?? 'unknown';
  }

  /** Whether the server may have carried out the request although there is no success response. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** The request or its response was lost: status 0. */
export function networkProblem(): ProblemError {
  return new ProblemError(0, { title: 'No connection', code: 'no_connection' });
}

export async function problemOf(response: Response): Promise<ProblemError> {
  let problem: ProblemDocument = {};
  try {
    const body: unknown = await response.clone().json();
    if (typeof body === 'object' && body !== null) problem = body as ProblemDocument;
  } catch {
    // Not JSON, such as the error page of a proxy.
  }
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
  return new ProblemError(
    response.status,
    problem,
    response.headers.get('X-Correlation-ID'),
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

/** What a visitor reads: what happened and what to do. */
export interface Explanation {
  title: string;
  action: string;
  details: string[];
  reference: string | null;
}

type Known = keyof typeof en.problem.code;

/** The texts for the problem's code. For a code without texts: the title and detail from the API, otherwise texts for the status. */
function texts({ code, status, problem }: ProblemError, t: TFunction): Texts {
  const own = textsOf(code, t);
  if (own) return own;
  const known = KNOWN_BY_STATUS[status];
  if (known && !problem.detail) return t(`problem.code.${known}`, { returnObjects: true });
  const other = t(`problem.${otherText(status)}`, { returnObjects: true });
  return problem.detail ? { title: problem.title ?? other.title, action: problem.detail } : other;
}

interface Texts {
  title: string;
  action: string;
}

function textsOf(code: string, t: TFunction): Texts | null {
  const found: unknown = t(`problem.code.${code as Known}`, { returnObjects: true, defaultValue: '' });
  return typeof found === 'object' ? (found as Texts) : null;
}

const KNOWN_BY_STATUS: Partial<Record<number, Known>> = {
  401: 'invalid_token',
  403: 'insufficient_scope',
  429: 'too_many_requests',
};

function otherText(status: number): 'notFound' | 'unavailable' | 'unexpected' {
  if (status === 404) return 'notFound';
  return [502, 503, 504].includes(status) ? 'unavailable' : 'unexpected';
}

function waiting(seconds: number, t: TFunction): string {
  return seconds < 90
    ? t('problem.inSeconds', { count: Math.max(1, Math.round(seconds)) })
    : t('problem.inMinutes', { count: Math.round(seconds / 60) });
}

export function explain(error: unknown, t: TFunction): Explanation {
  if (!(error instanceof ProblemError)) {
    return { ...t('problem.page', { returnObjects: true }), details: [], reference: null };
  }
  const { problem } = error;
  const { title, action } = texts(error, t);
  const details = [
    ...(problem.errors ?? []).map(({ field, message }) => `${field} ${message}`),
    ...(problem.shortages ?? []).map((shortage) =>
      t(shortage.available === 0 ? 'problem.soldOut' : 'problem.shortage', { ...shortage }),
    ),
  ];
  return {
    title,
    action: error.retryAfterSeconds === null ? action : waiting(error.retryAfterSeconds, t),
    details,
    reference: error.correlationId,
  };
}

/** The API's messages about form fields, by field. */
export function fieldMessages(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError)) return {};
  const messages: Record<string, string> = {};
  for (const { field, message } of error.problem.errors ?? []) {
    messages[field] = messages[field] ? `${messages[field]}; ${message}` : message;
  }
  return messages;
}
