import type { DayFigures, Summary } from './api/client';

/** The period of the given number of days that ends today, in UTC like the store's days. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  return { from: day(now.getTime() - (days - 1) * 86_400_000), to: day(now.getTime()) };
}

export interface Totals {
  placed: number;
  completed: number;
  cancelled: number;
  revenue: number;
  discount: number;
}

/** Totals over days. Money is summed in hundredths to avoid rounding errors. */
export function totals(days: DayFigures[]): Totals {
  const sum = (pick: (day: DayFigures) => number) => days.reduce((total, day) => total + pick(day), 0);
  return {
    placed: sum((day) => day.ordersPlaced),
    completed: sum((day) => day.ordersCompleted),
    cancelled: sum((day) => day.ordersCancelled),
    revenue: sum((day) => Math.round(day.revenue * 100)) / 100,
    discount: sum((day) => Math.round(day.discount * 100)) / 100,
  };
}

export type BestSeller = Summary['bestSellers'][number];

/** Combines the best sellers of several days; most copies first, then highest revenue. Sales of a book on a day when it is not in that day's list are not counted. */
export function bestSellers(summaries: Summary[], limit: number): BestSeller[] {
  const books = new Map<number, BestSeller>();
  for (const book of summaries.flatMap((summary) => summary.bestSellers)) {
    const before = books.get(book.bookId);
    books.set(book.bookId, {
      ...book,
      quantity: book.quantity + (before?.quantity ?? 0),
      revenue: (Math.round(book.revenue * 100) + Math.round((before?.revenue ?? 0) * 100)) / 100,
    });
  }
  return [...books.values()].sort((a, b) => b.quantity - a.quantity || b.revenue - a.revenue).slice(0, limit);
}
