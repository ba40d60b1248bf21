import { body, type Api, type Order } from '../api/client';
import { ProblemError } from '../api/problems';
import { attemptPlaced, attemptRefused, beginAttempt, type CartState } from './cart';

interface Store {
  update(change: (cart: CartState) => CartState): CartState;
}

/** Answers after which the same request may still have to be repeated: the shop did not look at the order itself. */
const NOT_JUDGED = new Set([401, 403, 408, 413, 415, 429]);

/**
 * Places the order of the cart. The key is made once, stored before anything is sent, and kept until the shop has said yes or no.
 *
 * @throws ProblemError with the attempt still stored if it is not known whether the order was placed
 */
export async function placeOrder(
  api: Pick<Api, 'orders'>,
  store: Store,
  newKey: () => string = () => crypto.randomUUID(),
): Promise<Order> {
  const { attempt } = store.update((cart) => beginAttempt(cart, newKey));
  if (!attempt) throw new Error('There is nothing to order');
  try {
    const order = await body(
      api.orders.POST('/orders', {
        params: { header: { 'Idempotency-Key': attempt.key } },
        body: { items: attempt.items, promoCode: attempt.promoCode },
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
