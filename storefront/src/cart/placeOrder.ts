import type { Address } from '../address';
import { body, type Api, type Order } from '../api/client';
import { ProblemError } from '../api/problems';
import { attemptPlaced, attemptRefused, beginAttempt, type CartState } from './cart';

interface Store {
  update(change: (cart: CartState) => CartState): CartState;
}

/** Statuses that say nothing about the order itself, so that the same request may be repeated. */
const NOT_JUDGED = new Set([401, 403, 408, 413, 415, 429]);

/**
 * Places the order of the cart. The idempotency key is stored before the request is sent and kept until the order is placed or
 * rejected.
 *
 * @throws ProblemError if the order was not placed or the outcome is unknown; in the latter case the attempt stays stored
 */
export async function placeOrder(
  api: Pick<Api, 'orders'>,
  store: Store,
  deliveryAddress: Address | null,
  newKey: () => string = () => crypto.randomUUID(),
): Promise<Order> {
  const { attempt } = store.update((cart) => beginAttempt(cart, deliveryAddress, newKey));
  if (!attempt) throw new Error('The cart is empty');
  try {
    const order = await body(
      api.orders.POST('/orders', {
        params: { header: { 'Idempotency-Key': attempt.key } },
        body: { items: attempt.items, promoCode: attempt.promoCode, deliveryAddress: attempt.deliveryAddress },
      }),
    );
    store.update((cart) => attemptPlaced(cart, attempt.key));
    return order;
  } catch (failure) {
    if (failure instanceof ProblemError && !failure.outcomeUnknown && !NOT_JUDGED.has(failure.status)) {
      store.update((cart) => attemptRefused(cart, attempt.key));
    }
    throw failure;
  }
}
