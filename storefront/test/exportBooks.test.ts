import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Api, Book } from '../src/api/client';
import { ProblemError } from '../src/api/problems';
import { exportBooks } from '../src/exportBooks';

interface Query {
  q?: string;
  limit: number;
  next?: string;
}

const book = (bookId: number) => ({ bookId, title: `Book ${bookId}`, price: 9.5, stockQuantity: 3 }) as Book;

/** An inventory of so many books. `before` is called ahead of each answer. */
function inventory(books: number, before: (request: number) => void = () => undefined) {
  const queries: Query[] = [];
  const api = {
    inventory: {
      GET: async (_path: string, { params, signal }: { params: { query: Query }; signal: AbortSignal }) => {
        signal.throwIfAborted();
        queries.push(params.query);
        before(queries.length);
        const from = Number(params.query.next ?? 0);
        const to = Math.min(books, from + params.query.limit);
        const items = Array.from({ length: to - from }, (_, index) => book(from + index + 1));
        const data = { items, total: books, totalIsExact: true, next: to < books ? String(to) : null };
        return { data, response: new Response() };
      },
    },
  } as unknown as Pick<Api, 'inventory'>;
  return { api, queries };
}

const never = new AbortController().signal;

describe('exporting the inventory', () => {
  afterEach(() => vi.useRealTimers());

  it('has no limit, and asks for every page once', async () => {
    const { api, queries } = inventory(50_050);
    const progress: number[] = [];
    const { file, books } = await exportBooks(api, { q: 'book' }, (each) => progress.push(each.books), never);
    expect(books).toBe(50_050);
    const lines = (await file.text()).split('\r\n');
    expect(lines).toHaveLength(50_050 + 2);
    expect(lines[0]).toMatch(/^bookId,isbn,title,.*,counted$/);
    expect(lines[1]).toMatch(/^1,,Book 1,/);
    expect(lines[50_050]).toMatch(/^50050,,Book 50050,/);
    expect(queries).toHaveLength(501);
    expect(queries.at(-1)).toMatchObject({ q: 'book', limit: 100, next: '50000' });
    expect(progress.at(-1)).toBe(50_050);
  });

  it('waits as long as the API says when it asks too often', async () => {
    vi.useFakeTimers();
    const { api, queries } = inventory(150, (request) => {
      if (request === 2) throw new ProblemError(429, { code: 'rate_limited' }, null, 7);
    });
    const exported = exportBooks(api, {}, () => undefined, never);
    await vi.advanceTimersByTimeAsync(6_900);
    expect(queries).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect((await exported).books).toBe(150);
  });

  it('fails with the answer that no repetition changes', async () => {
    const { api } = inventory(150, () => {
      throw new ProblemError(403, { code: 'forbidden' });
    });
    await expect(exportBooks(api, {}, () => undefined, never)).rejects.toMatchObject({ status: 403 });
  });

  it('can be stopped', async () => {
    const stop = new AbortController();
    const { api, queries } = inventory(1_000);
    await expect(exportBooks(api, {}, ({ books }) => books === 200 && stop.abort(), stop.signal)).rejects.toMatchObject(
      { name: 'AbortError' },
    );
    expect(queries).toHaveLength(2);
  });
});
