import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { bookQuery, catalogChoice } from '../catalogQuery';
import { body, type Api } from './client';

/** The questions to the Catalog API, whose answers pages share. */

export const booksOptions = (api: Api, parameters: URLSearchParams) => {
  const { q, category, sort, page, next } = catalogChoice(parameters);
  return queryOptions({
    queryKey: ['books', q, category, sort, page, next],
    queryFn: ({ signal }) => body(api.catalog.GET('/books', { params: { query: bookQuery(parameters) }, signal })),
  });
};

export const bookOptions = (api: Api, bookId: number) =>
  queryOptions({
    queryKey: ['book', bookId],
    queryFn: ({ signal }) => body(api.catalog.GET('/books/{bookId}', { params: { path: { bookId } }, signal })),
  });

export const categoriesOptions = (api: Api) =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: ({ signal }) => body(api.catalog.GET('/categories', { signal })),
  });

export const quantityDiscountsOptions = (api: Api) =>
  queryOptions({
    queryKey: ['quantityDiscounts'],
    queryFn: ({ signal }) => body(api.catalog.GET('/quantity-discounts', { signal })),
    staleTime: 60_000,
  });

/** Asks what the page at an address shows, before it is drawn: drawn with the answers, it need not be drawn twice. */
export async function askFirst(queries: QueryClient, api: Api, pathname: string, search: string): Promise<void> {
  const book = /^\/books\/([1-9]\d{0,9})$/.exec(pathname);
  if (pathname !== '/' && !book) return;
  await Promise.all([
    book
      ? queries.prefetchQuery(bookOptions(api, Number(book[1])))
      : queries.prefetchQuery(booksOptions(api, new URLSearchParams(search))),
    ...(book ? [] : [queries.prefetchQuery(categoriesOptions(api))]),
    queries.prefetchQuery(quantityDiscountsOptions(api)),
  ]);
}
