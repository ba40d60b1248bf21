import { useSyncExternalStore } from 'react';
import { EMPTY_CART, parseCart, type CartState } from './cart';

const STORAGE_KEY = 'books.cart';

/** The cart of this browser, shared by its tabs. */
class CartStore {
  private text: string | null = null;
  private state: CartState = EMPTY_CART;
  private readonly listeners = new Set<() => void>();

  constructor() {
    this.read();
    addEventListener('storage', (event) => {
      if (event.key === STORAGE_KEY || event.key === null) {
        this.read();
        this.listeners.forEach((listener) => listener());
      }
    });
  }

  private read(): void {
    const text = localStorage.getItem(STORAGE_KEY);
    if (text !== this.text) {
      this.text = text;
      this.state = parseCart(text);
    }
  }

  get(): CartState {
    return this.state;
  }

  /** Applies a change to the stored cart, which another tab may have changed. */
  update(change: (cart: CartState) => CartState): CartState {
    this.read();
    this.state = change(this.state);
    this.text = JSON.stringify(this.state);
    localStorage.setItem(STORAGE_KEY, this.text);
    this.listeners.forEach((listener) => listener());
    return this.state;
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export const cartStore = new CartStore();

export function useCart(): CartState {
  return useSyncExternalStore(cartStore.subscribe, () => cartStore.get());
}
