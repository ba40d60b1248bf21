import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain, fieldMessages, networkProblem, ProblemError, problemOf } from '../src/api/problems';
import en from '../src/i18n/locales/en.json';
import { t } from './english';

const definitions = new URL('../../sequences/src/main/wso2mi/resources/api-definitions/', import.meta.url);
const text = readdirSync(definitions)
  .map((file) => readFileSync(new URL(file, definitions), 'utf8'))
  .join('\n');
const codes = new Set([...text.matchAll(/^ +code: ([a-z_]+)$/gm)].map(([, code]) => code!));

describe('explanations', () => {
  it('exist for every problem code in the API definitions', () => {
    expect(codes.size).toBeGreaterThan(10);
    const unexplained = [...codes].filter((code) => !(code in en.problem.code));
    expect(unexplained).toEqual([]);
  });

  it('name the books that are out of stock', () => {
    const { details } = explain(
      new ProblemError(409, {
        code: 'out_of_stock',
        shortages: [
          { bookId: 1, title: 'Dune', requested: 5, available: 2 },
          { bookId: 2, title: 'Emma', requested: 1, available: 0 },
        ],
      }),
      t,
    );
    expect(details).toEqual(['Dune: 5 requested, 2 available', 'Emma: out of stock']);
  });

  it('include the reference and the time to wait', async () => {
    const answer = new Response(JSON.stringify({ code: 'too_many_requests', status: 429 }), {
      status: 429,
      headers: { 'Retry-After': '42', 'X-Correlation-ID': 'abc-1' },
    });
    expect(explain(await problemOf(answer), t)).toMatchObject({
      action: 'Try again in 42 seconds.',
      reference: 'abc-1',
    });
  });

  it('handle an error page from a proxy', async () => {
    const problem = await problemOf(new Response('<html>Bad Gateway</html>', { status: 502 }));
    expect(explain(problem, t).title).toBe('The store is temporarily unavailable');
  });

  it('use the texts of the API for an unknown code', () => {
    const problem = new ProblemError(409, { code: 'brand_new', title: 'The shelf is full', detail: 'Remove a book.' });
    expect(explain(problem, t)).toMatchObject({ title: 'The shelf is full', action: 'Remove a book.' });
    expect(explain(new ProblemError(403, { code: 'brand_new' }), t).title).toBe(
      en.problem.code.insufficient_scope.title,
    );
  });

  it('report a lost connection', () => {
    expect(explain(networkProblem(), t).title).toBe("The store can't be reached");
    expect(networkProblem().outcomeUnknown).toBe(true);
  });

  it('assign messages to fields', () => {
    const problem = new ProblemError(400, {
      errors: [
        { field: 'email', message: 'is too long' },
        { field: 'email', message: 'has no @' },
      ],
    });
    expect(fieldMessages(problem)).toEqual({ email: 'is too long; has no @' });
  });
});
