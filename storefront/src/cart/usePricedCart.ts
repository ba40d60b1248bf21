import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { bookOptions } from '../api/catalogQueries';
import { body, type Book } from '../api/client';
import { useAbilities } from '../auth/session';
import { useServices } from '../components/services';
import type { CartLine } from './cart';

/** The books of these lines from the Catalog API, which needs no sign-in, so the cart works for signed-out visitors. */
export function useBooks(lines: CartLine[]) {
  const { api } = useServices();
  return useQueries({
    queries: lines.map(({ bookId }) => ({
      ...bookOptions(api, bookId),
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

/** Delays a value, so that typing a number does not request a price on each key press. */
function useSettled<T>(value: T, millis: number): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), millis);
    return () => clearTimeout(timer);
  }, [text, millis]);
  return JSON.parse(settled) as T;
}

/** The current price of the lines from the Order API; only for users who may place orders. */
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
