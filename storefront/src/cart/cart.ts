/** What is in the cart: numbers of books and copies, never anything about the person. */
export interface CartLine {
  bookId: number;
  quantity: number;
}

/** An order as it is sent: the body, and the key under which the shop takes it once. */
export interface Attempt {
  key: string;
  items: CartLine[];
  promoCode: string | null;
}

export interface CartState {
  lines: CartLine[];
  promoCode: string | null;
  /** An order that was sent and whose answer is not known yet. */
  attempt: Attempt | null;
}

export const EMPTY_CART: CartState = { lines: [], promoCode: null, attempt: null };

/** The most copies of one book that an order may have, as the Order API says. */
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
 * Makes the attempt to order what is in the cart. While the answer to an earlier attempt is not known, that one is made again
 * with its own key and content, so that a double click, a reload or a lost answer never make a second order.
 */
export function beginAttempt(cart: CartState, newKey: () => string): CartState {
  return cart.attempt || cart.lines.length === 0
    ? cart
    : { ...cart, attempt: { key: newKey(), items: cart.lines, promoCode: cart.promoCode } };
}

/** The order was placed: what it took is no longer in the cart; what was added meanwhile is. */
export function attemptPlaced(cart: CartState, key: string): CartState {
  if (cart.attempt?.key !== key) return cart;
  const ordered = new Map(cart.attempt.items.map((line) => [line.bookId, line.quantity]));
  const lines = cart.lines
    .map((line) => ({ ...line, quantity: line.quantity - (ordered.get(line.bookId) ?? 0) }))
    .filter((line) => line.quantity > 0);
  return { lines, promoCode: null, attempt: null };
}

/** The shop said that it made no order: the next attempt is a new one. */
export function attemptRefused(cart: CartState, key: string): CartState {
  return cart.attempt?.key === key ? { ...cart, attempt: null } : cart;
}

/** Reads what an earlier visit, or another version of this site, left behind; anything odd is left out. */
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
