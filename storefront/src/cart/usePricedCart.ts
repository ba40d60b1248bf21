import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { body, type Book } from '../api/client';
import { useAbilities } from '../auth/session';
import { useServices } from '../components/services';
import type { CartLine } from './cart';

/** The catalogue's view of the books of these lines: known to everybody, so the cart can be shown before signing in. */
export function useBooks(lines: CartLine[]) {
  const { api } = useServices();
  return useQueries({
    queries: lines.map(({ bookId }) => ({
      queryKey: ['book', bookId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        body(api.catalog.GET('/books/{bookId}', { params: { path: { bookId } }, signal })),
      retry: false,
    })),
    combine: (results) => ({
      books: new Map(
        results.filter((result) => result.data).map((result) => [result.data!.bookId, result.data as Book]),
      ),
      pending: results.some((result) => result.isPending),
    }),
  });
}

/** Typing a number must not ask for a price at each key. */
function useSettled<T>(value: T, millis: number): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), millis);
    return () => clearTimeout(timer);
  }, [text, millis]);
  return JSON.parse(settled) as T;
}

/** What the lines cost now, as the Order API says; only for those who may order. */
export function useQuote(items: CartLine[], promoCode: string | null) {
  const { api } = useServices();
  const can = useAbilities();
  const wanted = useSettled({ items, promoCode }, 250);
  return useQuery({
    queryKey: ['quote', wanted],
    queryFn: ({ signal }) => body(api.orders.POST('/quotes', { body: wanted, signal })),
    enabled: can.signedIn && can.buys && wanted.items.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
}
