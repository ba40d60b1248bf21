import { describe, expect, it } from 'vitest';
import { bestSellers, lastDays, totals } from '../src/figures';

const day = {
  date: '2026-11-22',
  ordersPlaced: 2,
  ordersCompleted: 1,
  ordersCancelled: 1,
  revenue: 0.1,
  discount: 0,
  currency: 'USD',
};

describe('figures', () => {
  it('cover whole days in UTC', () => {
    expect(lastDays(7, new Date('2026-03-02T00:30:00Z'))).toEqual({ from: '2026-02-24', to: '2026-03-02' });
    expect(lastDays(1, new Date('2026-03-02T23:59:59Z'))).toEqual({ from: '2026-03-02', to: '2026-03-02' });
  });

  it('sum money to the cent', () => {
    expect(totals([day, { ...day, revenue: 0.2 }]).revenue).toBe(0.3);
    expect(totals([day, day])).toMatchObject({ placed: 4, completed: 2, cancelled: 2 });
  });

  it('combine the best sellers of several days', () => {
    const of = (...books: [number, number, number][]) => ({
      ...day,
      lowStock: [],
      bestSellers: books.map(([bookId, quantity, revenue]) => ({ bookId, title: `Book ${bookId}`, quantity, revenue })),
    });
    expect(bestSellers([of([1, 3, 30.1], [2, 2, 90]), of([2, 2, 90.2], [3, 3, 20])], 2)).toEqual([
      { bookId: 2, title: 'Book 2', quantity: 4, revenue: 180.2 },
      { bookId: 1, title: 'Book 1', quantity: 3, revenue: 30.1 },
    ]);
  });
});
