import { pageNumber, pageStart } from './paging';

export const BOOKS_PER_PAGE = 20;

const SORTS = ['title-asc', 'title-desc', 'price-asc', 'price-desc'] as const;
/** The order of a search, best first. */
const RELEVANCE = 'relevance-asc';
export type Sort = (typeof SORTS)[number] | typeof RELEVANCE;

/** What the address of the catalog page selects. */
export function catalogChoice(parameters: URLSearchParams) {
  const q = parameters.get('q') ?? '';
  const category = parameters.get('category') ?? '';
  const sorts: readonly Sort[] = q ? [RELEVANCE, ...SORTS] : SORTS;
  const usualSort: Sort = q ? RELEVANCE : 'title-asc';
  const sort = sorts.find((known) => known === parameters.get('sort')) ?? usualSort;
  const page = pageNumber(parameters, BOOKS_PER_PAGE);
  return { q, category, sorts, usualSort, sort, page, next: parameters.get('next') };
}

/** The query of the Catalog API that lists those books. */
export function bookQuery(parameters: URLSearchParams) {
  const { q, category, sort, page, next } = catalogChoice(parameters);
  const [by, order] = sort.split('-') as ['title' | 'price' | 'relevance', 'asc' | 'desc'];
  return {
    q: q || undefined,
    category: category || undefined,
    sort: by,
    order,
    limit: BOOKS_PER_PAGE,
    ...pageStart(page, BOOKS_PER_PAGE, next),
  };
}

/** The paths below the Catalog API that the page at an address requests first, as its client writes them. */
export function firstRequests(pathname: string, search: string): string[] {
  if (pathname === '/') {
    const query = Object.entries(bookQuery(new URLSearchParams(search)))
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    return [`/books?${query.join('&')}`, '/quantity-discounts', '/categories'];
  }
  return /^\/books\/[1-9]\d{0,9}$/.test(pathname) ? [pathname, '/quantity-discounts'] : [];
}
