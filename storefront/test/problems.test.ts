import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain, fieldMessages, networkProblem, ProblemError, problemOf } from '../src/api/problems';

const definitions = new URL('../../sequences/src/main/wso2mi/resources/api-definitions/', import.meta.url);
const text = readdirSync(definitions)
  .map((file) => readFileSync(new URL(file, definitions), 'utf8'))
  .join('\n');
const codes = new Set([...text.matchAll(/^ +code: ([a-z_]+)$/gm)].map(([, code]) => code!));

describe('explanations', () => {
  it('exist for every problem that the definitions show', () => {
    expect(codes.size).toBeGreaterThan(10);
    const unexplained = [...codes].filter(
      (code) =>
        !['internal_error', 'unsupported_media_type'].includes(code) &&
        explain(new ProblemError(418, { code })).title === 'Something went wrong on our side',
    );
    expect(unexplained).toEqual([]);
  });

  it('name what is short', () => {
    const { details } = explain(
      new ProblemError(409, {
        code: 'out_of_stock',
        shortages: [
          { bookId: 1, title: 'Dune', requested: 5, available: 2 },
          { bookId: 2, title: 'Emma', requested: 1, available: 0 },
        ],
      }),
    );
    expect(details).toEqual(['Dune: you want 5, there are 2', 'Emma: sold out']);
  });

  it('carry the reference and the time to wait', async () => {
    const answer = new Response(JSON.stringify({ code: 'too_many_requests', status: 429 }), {
      status: 429,
      headers: { 'Retry-After': '42', 'X-Correlation-ID': 'abc-1' },
    });
    expect(explain(await problemOf(answer))).toMatchObject({ action: 'Try again in 42 seconds.', reference: 'abc-1' });
  });

  it('understand a proxy that answers with a page', async () => {
    const problem = await problemOf(new Response('<html>Bad Gateway</html>', { status: 502 }));
    expect(explain(problem).title).toBe('The shop is resting for a moment');
  });

  it('say when nothing was reached', () => {
    expect(explain(networkProblem()).title).toBe('The shop cannot be reached');
    expect(networkProblem().outcomeUnknown).toBe(true);
  });

  it('put messages at their fields', () => {
    const problem = new ProblemError(400, {
      errors: [
        { field: 'email', message: 'is too long' },
        { field: 'email', message: 'has no @' },
      ],
    });
    expect(fieldMessages(problem)).toEqual({ email: 'is too long; has no @' });
  });
});
