import { describe, expect, it } from 'vitest';
import type { Api } from '../src/api/client';
import { networkProblem, ProblemError } from '../src/api/problems';
import { add, EMPTY_CART, type CartState } from '../src/cart/cart';
import { placeOrder } from '../src/cart/placeOrder';

/** An API that gives the specified responses, and a cart in memory. */
function shop(...answers: (ProblemError | { orderId: number })[]) {
  let cart: CartState = add(EMPTY_CART, 1, 2);
  const keys: string[] = [];
  let made = 0;
  const api = {
    orders: {
      POST: async (_path: string, request: { params: { header: Record<string, string> } }) => {
        keys.push(request.params.header['Idempotency-Key']!);
        const answer = answers.shift()!;
        if (answer instanceof ProblemError) throw answer;
        return { data: answer, response: new Response() };
      },
    },
  } as unknown as Pick<Api, 'orders'>;
  const store = { update: (change: (cart: CartState) => CartState) => (cart = change(cart)) };
  return { keys, cart: () => cart, place: () => placeOrder(api, store, null, () => `key-${(made += 1)}`) };
}

describe('placing an order', () => {
  it('empties the cart when the order is placed', async () => {
    const { place, cart } = shop({ orderId: 17 });
    expect((await place()).orderId).toBe(17);
    expect(cart()).toEqual(EMPTY_CART);
  });

  it.each([
    ['the response is lost', networkProblem()],
    ['the server fails', new ProblemError(500, { code: 'internal_error' })],
    ['the database is unavailable', new ProblemError(503, { code: 'database_unavailable' })],
    ['the session has expired', new ProblemError(401, { code: 'invalid_token' })],
    ['there were too many requests', new ProblemError(429, { code: 'too_many_requests' })],
  ])('repeats the same key when %s', async (_reason, failure) => {
    const { place, keys, cart } = shop(failure, { orderId: 17 });
    await expect(place()).rejects.toBe(failure);
    expect(cart().attempt!.key).toBe('key-1');
    await place();
    expect(keys).toEqual(['key-1', 'key-1']);
  });

  it.each([
    ['out_of_stock', 409],
    ['price_changed', 409],
    ['promo_code_invalid', 422],
    ['unknown_book', 422],
    ['idempotency_key_reused', 422],
    ['invalid_request', 400],
  ])('uses a new key after %s, which creates no order', async (code, status) => {
    const { place, keys, cart } = shop(new ProblemError(status, { code }), { orderId: 18 });
    await expect(place()).rejects.toThrow();
    expect(cart().attempt).toBeNull();
    expect(cart().lines).toHaveLength(1);
    await place();
    expect(keys).toEqual(['key-1', 'key-2']);
  });

  it('orders nothing from an empty cart', async () => {
    const { place, keys } = shop({ orderId: 17 });
    await place();
    await expect(place()).rejects.toThrow('The cart is empty');
    expect(keys).toEqual(['key-1']);
  });

  it('sends the same key twice for a double click', async () => {
    const { place, keys } = shop({ orderId: 17 }, { orderId: 17 });
    await Promise.all([place(), place()]);
    expect(keys).toEqual(['key-1', 'key-1']);
  });
});
