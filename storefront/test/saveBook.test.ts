import { describe, expect, it } from 'vitest';
import type { Api, Book } from '../src/api/client';
import { ProblemError } from '../src/api/problems';
import { bookForm } from '../src/inventory';
import { saveBook } from '../src/pages/saveBook';

const BOOK = { bookId: 7, title: 'Emma', price: 9, stockQuantity: 3 } as Book;

/** A shop whose book has version 2, while reads give these versions one after the other. */
function shop(...read: number[]) {
  const pauses: number[] = [];
  const api = {
    inventory: {
      PUT: async (_path: string, request: { params: { header: Record<string, string> } }) => {
        if (request.params.header['If-Match'] !== '"2"') throw new ProblemError(412, { code: 'precondition_failed' });
        return { data: BOOK, response: new Response() };
      },
    },
    catalog: {
      GET: async () => ({ data: BOOK, response: new Response(null, { headers: { ETag: `"${read.shift()}"` } }) }),
    },
  } as unknown as Api;
  const pause = async (ms: number) => void pauses.push(ms);
  return { pauses, save: () => saveBook(api, { book: BOOK, etag: '"1"' }, bookForm(BOOK), pause) };
}

describe('saving a book that has a newer version', () => {
  it('saves again at once when the newer version can be read', async () => {
    const { save, pauses } = shop(2);
    expect(await save()).toEqual(BOOK);
    expect(pauses).toEqual([]);
  });

  it('waits longer and longer for a replica that does not have it yet', async () => {
    const { save, pauses } = shop(1, 1, 2);
    expect(await save()).toEqual(BOOK);
    expect(pauses).toEqual([300, 600]);
  });

  it('gives up after five attempts', async () => {
    const { save } = shop(1, 1, 1, 1);
    await expect(save()).rejects.toThrow(ProblemError);
  });
});
