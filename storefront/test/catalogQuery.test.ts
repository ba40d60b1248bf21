import { afterEach, describe, expect, it, vi } from 'vitest';
import { body, createApi } from '../src/api/client';
import { bookQuery, catalogChoice, firstRequests } from '../src/catalogQuery';

const tokens = { accessToken: () => null, refused: () => undefined };
const BASE = 'http://shop.test';

afterEach(() => vi.unstubAllGlobals());

describe('the address of the catalog', () => {
  it('selects the sort and the page', () => {
    expect(bookQuery(new URLSearchParams('sort=price-desc&page=3'))).toEqual({
      q: undefined,
      sort: 'price',
      order: 'desc',
      limit: 20,
      offset: 40,
    });
  });

  it('sorts a search by relevance, and nothing else', () => {
    expect(catalogChoice(new URLSearchParams('q=dune')).sort).toBe('relevance-asc');
    expect(catalogChoice(new URLSearchParams('sort=relevance-asc')).sort).toBe('title-asc');
  });

  it('ignores what is no page', () => {
    expect(catalogChoice(new URLSearchParams('page=-2')).page).toBe(1);
    expect(catalogChoice(new URLSearchParams('page=x')).page).toBe(1);
  });

  it('goes as far as the API has pages by number, and further only with the place of a page', () => {
    expect(catalogChoice(new URLSearchParams('page=9999')).page).toBe(501);
    expect(bookQuery(new URLSearchParams('page=9999'))).toMatchObject({ offset: 10_000 });
    expect(catalogChoice(new URLSearchParams('page=9999&next=abc')).page).toBe(9999);
  });
});

describe('the first requests of a page', () => {
  it.each(['', '?q=war %26 "peace" (1)*&page=2', '?sort=price-asc', '?page=9999', '?category=Art %26 Craft&q=tea'])(
    'are those of the client: %s',
    async (search) => {
      const asked: string[] = [];
      const api = createApi(BASE, tokens, (url) => {
        asked.push(url);
        return Promise.resolve(Response.json({ items: [] }));
      });
      const fetched = vi.fn();
      vi.stubGlobal('fetch', fetched);

      await body(api.catalog.GET('/books', { params: { query: bookQuery(new URLSearchParams(search)) } }));
      await body(api.catalog.GET('/quantity-discounts'));
      await body(api.catalog.GET('/categories'));

      expect(firstRequests('/', search).map((path) => `${BASE}/catalog/v1${path}`)).toEqual(asked);
      expect(fetched).not.toHaveBeenCalled();
    },
  );

  it('are the book and the discounts on the page of a book', () => {
    expect(firstRequests('/books/12', '')).toEqual(['/books/12', '/quantity-discounts']);
    expect(firstRequests('/books/x', '')).toEqual([]);
    expect(firstRequests('/orders', '?page=2')).toEqual([]);
  });
});
