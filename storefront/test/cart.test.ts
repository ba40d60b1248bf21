import { describe, expect, it } from 'vitest';
import {
  add,
  attemptPlaced,
  attemptRefused,
  beginAttempt,
  copies,
  EMPTY_CART,
  MAX_LINES,
  MAX_QUANTITY,
  parseCart,
  remove,
  setPromoCode,
  setQuantity,
} from '../src/cart/cart';

const address = { name: 'Jane', lines: ['1 Main Street'], postalCode: null, city: 'Rome', country: 'IT' };
const twoBooks = add(add(EMPTY_CART, 1, 2), 7, 1);

describe('cart', () => {
  it('adds up copies of the same book', () => {
    expect(add(twoBooks, 1, 3).lines).toEqual([
      { bookId: 1, quantity: 5 },
      { bookId: 7, quantity: 1 },
    ]);
    expect(copies(twoBooks)).toBe(3);
  });

  it('respects the limits of an order', () => {
    expect(setQuantity(twoBooks, 1, 5000).lines[0]!.quantity).toBe(MAX_QUANTITY);
    let cart = EMPTY_CART;
    for (let bookId = 1; bookId <= MAX_LINES + 5; bookId += 1) cart = add(cart, bookId, 1);
    expect(cart.lines).toHaveLength(MAX_LINES);
  });

  it('accepts promotion codes in any case, and none for spaces', () => {
    expect(setPromoCode(EMPTY_CART, ' welcome10 ').promoCode).toBe('WELCOME10');
    expect(setPromoCode(EMPTY_CART, '  ').promoCode).toBeNull();
  });

  it('restores a stored cart and ignores invalid content', () => {
    const cart = beginAttempt(setPromoCode(twoBooks, 'WELCOME10'), address, () => 'k');
    expect(parseCart(JSON.stringify(cart))).toEqual(cart);
    for (const odd of [null, '', '{', '[]', '7', '"x"', '{"lines":[{"bookId":"1"},{"bookId":1,"quantity":-1},null]}']) {
      expect(parseCart(odd)).toEqual(EMPTY_CART);
    }
  });
});

describe('attempt to order', () => {
  it('keeps its key while its outcome is unknown, even if the cart changes', () => {
    const first = beginAttempt(twoBooks, null, () => 'first');
    const again = beginAttempt(remove(add(first, 9, 1), 1), address, () => 'second');
    expect(again.attempt).toEqual({ key: 'first', items: twoBooks.lines, promoCode: null, deliveryAddress: null });
  });

  it('gets a new key after a rejection', () => {
    const refused = attemptRefused(
      beginAttempt(twoBooks, null, () => 'first'),
      'first',
    );
    expect(refused).toEqual(twoBooks);
    expect(beginAttempt(refused, null, () => 'second').attempt!.key).toBe('second');
  });

  it('removes the ordered copies from the cart and keeps copies added later', () => {
    const begun = add(
      add(
        beginAttempt(twoBooks, null, () => 'first'),
        9,
        1,
      ),
      1,
      1,
    );
    expect(attemptPlaced(begun, 'first')).toEqual({
      lines: [
        { bookId: 1, quantity: 1 },
        { bookId: 9, quantity: 1 },
      ],
      promoCode: null,
      attempt: null,
    });
  });

  it('is not affected by the outcome of another attempt', () => {
    const begun = beginAttempt(twoBooks, null, () => 'second');
    expect(attemptPlaced(begun, 'first')).toBe(begun);
    expect(attemptRefused(begun, 'first')).toBe(begun);
  });
});
