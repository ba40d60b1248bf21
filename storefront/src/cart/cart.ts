import { parseAddress, type Address } from '../address';

/** A line of the cart. */
export interface CartLine {
  bookId: number;
  quantity: number;
}

/** An order as it is sent: its content and its idempotency key. Its address is the only personal data of a cart. */
export interface Attempt {
  key: string;
  items: CartLine[];
  promoCode: string | null;
  deliveryAddress: Address | null;
}

export interface CartState {
  lines: CartLine[];
  promoCode: string | null;
  /** An order that was sent and whose outcome is not known yet. */
  attempt: Attempt | null;
}

export const EMPTY_CART: CartState = { lines: [], promoCode: null, attempt: null };

/** The Order API's limit for copies of one book. */
export const MAX_QUANTITY = 999;
export const MAX_LINES = 100;

const inRange = (quantity: number) => Math.max(1, Math.min(MAX_QUANTITY, Math.trunc(quantity)));

export function add(cart: CartState, bookId: number, quantity: number): CartState {
  const present = cart.lines.find((line) => line.bookId === bookId);
  if (present) return setQuantity(cart, bookId, present.quantity + quantity);
  if (cart.lines.length >= MAX_LINES) return cart;
  return { ...cart, lines: [...cart.lines, { bookId, quantity: inRange(quantity) }] };
}

export function setQuantity(cart: CartState, bookId: number, quantity: number): CartState {
  return {
    ...cart,
    lines: cart.lines.map((line) => (line.bookId === bookId ? { bookId, quantity: inRange(quantity) } : line)),
  };
}

export function remove(cart: CartState, bookId: number): CartState {
  return { ...cart, lines: cart.lines.filter((line) => line.bookId !== bookId) };
}

export function setPromoCode(cart: CartState, promoCode: string | null): CartState {
  return { ...cart, promoCode: promoCode?.trim().toUpperCase() || null };
}

export function copies(cart: CartState): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/**
 * Starts an attempt to order the content of the cart. While the outcome of an earlier attempt is unknown, that one is repeated
 * with its key and content, so that a double click, a reload or a lost response never create a second order.
 */
export function beginAttempt(cart: CartState, deliveryAddress: Address | null, newKey: () => string): CartState {
  return cart.attempt || cart.lines.length === 0
    ? cart
    : { ...cart, attempt: { key: newKey(), items: cart.lines, promoCode: cart.promoCode, deliveryAddress } };
}

/** The order was placed: its copies leave the cart; copies added in the meantime stay. */
export function attemptPlaced(cart: CartState, key: string): CartState {
  if (cart.attempt?.key !== key) return cart;
  const ordered = new Map(cart.attempt.items.map((line) => [line.bookId, line.quantity]));
  const lines = cart.lines
    .map((line) => ({ ...line, quantity: line.quantity - (ordered.get(line.bookId) ?? 0) }))
    .filter((line) => line.quantity > 0);
  return { lines, promoCode: null, attempt: null };
}

/** The API rejected the order: the next attempt gets a new key. */
export function attemptRefused(cart: CartState, key: string): CartState {
  return cart.attempt?.key === key ? { ...cart, attempt: null } : cart;
}

/** Reads the stored cart of an earlier visit or another version of this site; ignores what is not valid. */
export function parseCart(text: string | null): CartState {
  try {
    const stored = JSON.parse(text ?? 'null') as Partial<CartState> | null;
    if (typeof stored !== 'object' || stored === null) return EMPTY_CART;
    const attempt = stored.attempt;
    return {
      lines: lines(stored.lines),
      promoCode: typeof stored.promoCode === 'string' ? stored.promoCode : null,
      attempt:
        attempt && typeof attempt.key === 'string' && lines(attempt.items).length > 0
          ? {
              key: attempt.key,
              items: lines(attempt.items),
              promoCode: typeof attempt.promoCode === 'string' ? attempt.promoCode : null,
              deliveryAddress: parseAddress(attempt.deliveryAddress),
            }
          : null,
    };
  } catch {
    return EMPTY_CART;
  }
}

function lines(value: unknown): CartLine[] {
  if (!Array.isArray(value)) return [];
  const found = new Map<number, CartLine>();
  for (const line of value as Partial<CartLine>[]) {
    if (Number.isInteger(line?.bookId) && Number.isInteger(line?.quantity) && line.bookId! > 0 && line.quantity! > 0) {
      found.set(line.bookId!, { bookId: line.bookId!, quantity: inRange(line.quantity!) });
    }
  }
  return [...found.values()].slice(0, MAX_LINES);
}
