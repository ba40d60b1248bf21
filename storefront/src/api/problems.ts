/** RFC 9457 problem details as the APIs answer them. */
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

/** A request that was not answered with success. */
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

  /** Whether the server may have done what it was asked, although it did not say so. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** The request or its answer was lost: status 0. */
export function networkProblem(): ProblemError {
  return new ProblemError(0, { title: 'No connection', code: 'no_connection' });
}

export async function problemOf(response: Response): Promise<ProblemError> {
  let problem: ProblemDocument = {};
  try {
    const body: unknown = await response.clone().json();
    if (typeof body === 'object' && body !== null) problem = body as ProblemDocument;
  } catch {
    // Not JSON: a proxy's own page.
  }
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
  return new ProblemError(
    response.status,
    problem,
    response.headers.get('X-Correlation-ID'),
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

/** What a person is told: what happened, and what to do about it. */
export interface Explanation {
  title: string;
  action: string;
  details: string[];
  reference: string | null;
}

const EXPLANATIONS: Record<string, [title: string, action: string]> = {
  no_connection: ['The shop cannot be reached', 'Check your connection, then try again.'],
  invalid_request: ['Something in it is not right', 'Correct what is named below, then try again.'],
  malformed_json: ['The shop did not understand the request', 'Load the page again and repeat it.'],
  missing_token: ['You are not signed in any more', 'Sign in again; your cart is kept.'],
  invalid_token: ['Your sign-in has ended', 'Sign in again; your cart is kept.'],
  insufficient_scope: ['Your account may not do this', 'Sign in with an account that may, or ask an administrator.'],
  book_not_found: [
    'This book is not on sale',
    'It may have been taken off sale. Look for another one in the catalogue.',
  ],
  order_not_found: ['There is no such order', 'See the list of your orders.'],
  registration_not_found: ['There is no such registration', 'It may have been decided already. Load the list again.'],
  registration_conflict: [
    'This e-mail address cannot be registered',
    'If it is yours, sign in, or wait for the decision.',
  ],
  registration_decided: ['Somebody else has decided this one', 'Load the list again to see what is still waiting.'],
  precondition_failed: ['The book has changed meanwhile', 'Look at what it is now, then decide again.'],
  precondition_required: ['The version of the book is missing', 'Load the page again and repeat the change.'],
  out_of_stock: ['There are not enough copies left', 'Change the quantity in your cart, then order again.'],
  price_changed: ['A price changed while you ordered', 'Look at the new total, then order again.'],
  unknown_book: ['A book in your cart is no longer on sale', 'Take it out of the cart, then order again.'],
  promo_code_invalid: ['This promotion code does not hold', 'It may have expired. Take it out, or try another one.'],
  total_too_large: ['The total is larger than the shop can take', 'Make two orders of it.'],
  idempotency_key_reused: ['An order was already placed from this cart', 'See your orders before you order again.'],
  order_not_pending: ['The order is not pending any more', 'Load the page again to see how it stands.'],
  summary_not_found: ['There are no figures of that day', 'Choose another day.'],
  day_not_over: ['The day is not over', 'Its summary can be mailed after midnight (UTC).'],
  mail_not_found: ['There is no such mail', 'Load the list again.'],
  mail_being_sent: ['The mail is being sent right now', 'Load the list again in a moment.'],
  payload_too_large: ['That is too much at once', 'Make it shorter, then try again.'],
  too_many_requests: ['There were too many attempts', 'Wait a little, then try again.'],
  database_unavailable: ['The shop is resting for a moment', 'Nothing was changed. Try again soon.'],
  identity_provider_unavailable: ['Signing in and registering are not possible right now', 'Try again soon.'],
};

function fallback(status: number): [string, string] {
  if (status === 401) return EXPLANATIONS.invalid_token!;
  if (status === 403) return EXPLANATIONS.insufficient_scope!;
  if (status === 404) return ['There is nothing here', 'Check the address, or go back to the catalogue.'];
  if (status === 429) return EXPLANATIONS.too_many_requests!;
  if (status === 502 || status === 503 || status === 504)
    return ['The shop is resting for a moment', 'Try again soon.'];
  return ['Something went wrong on our side', 'Try again. If it stays so, tell us the reference.'];
}

function waiting(seconds: number): string {
  if (seconds < 90) return `Try again in ${Math.max(1, Math.round(seconds))} seconds.`;
  return `Try again in ${Math.round(seconds / 60)} minutes.`;
}

export function explain(error: unknown): Explanation {
  if (!(error instanceof ProblemError)) {
    return { title: 'Something went wrong in this page', action: 'Load it again.', details: [], reference: null };
  }
  const { problem } = error;
  const [title, action] = EXPLANATIONS[error.code] ?? fallback(error.status);
  const details = [
    ...(problem.errors ?? []).map(({ field, message }) => `${field} ${message}`),
    ...(problem.shortages ?? []).map(({ title: book, requested, available }) =>
      available === 0 ? `${book}: sold out` : `${book}: you want ${requested}, there are ${available}`,
    ),
  ];
  return {
    title,
    action: error.retryAfterSeconds === null ? action : waiting(error.retryAfterSeconds),
    details,
    reference: error.correlationId,
  };
}

/** Messages of the fields of a form, by field. */
export function fieldMessages(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError)) return {};
  const messages: Record<string, string> = {};
  for (const { field, message } of error.problem.errors ?? []) {
    messages[field] = messages[field] ? `${messages[field]}; ${message}` : message;
  }
  return messages;
}
