import type { OrderStatus } from './api/client';

/** Every state of an order, in the order in which pages list them. */
export const ORDER_STATUSES = [
  'pending',
  'completed',
  'cancelled',
  'returned',
] as const satisfies readonly OrderStatus[];
