import { percent } from './format';

interface Tier {
  copies: number;
  percent: number;
}

/** The quantity discounts `5:5,10:10` (copies:percent), fewest copies first. */
function tiersOf(text: string): Tier[] {
  return [...text.matchAll(/(\d+):(\d+(?:\.\d+)?)/g)]
    .map(([, copies, off]) => ({ copies: Number(copies), percent: Number(off) }))
    .sort((a, b) => a.copies - b.copies);
}

/** Stands for the discounts until they are known, so that the page does not move then. */
export const USUAL_TIERS = '5:5,10:10,25:15';

/** The quantity discounts as a text: "5% off 5 or more, 10% off 10 or more"; null if there are none. */
export function quantityDiscounts(
  tiers: string,
  t: (text: 'discount.tier', values: { copies: number; percent: string }) => string,
): string | null {
  const parts = tiersOf(tiers).map(({ copies, percent: off }) => t('discount.tier', { copies, percent: percent(off) }));
  return parts.length === 0 ? null : parts.join(', ');
}

/** What the Order API takes off a line of copies of one book, rounded to hundredths as there. */
export function quantityDiscount(price: number, quantity: number, tiers: string): number {
  const off = tiersOf(tiers).findLast(({ copies }) => quantity >= copies)?.percent ?? 0;
  // In whole hundredths of money and of a percent: binary fractions would round some halves down.
  return Math.round((Math.round(price * 100) * quantity * Math.round(off * 100)) / 10_000) / 100;
}

/** What a cart costs before tax and promotion codes. */
export interface Estimate {
  subtotal: number;
  discount: number;
}

export function estimateOf(lines: { price: number; quantity: number }[], tiers: string): Estimate {
  const sum = (amount: (line: { price: number; quantity: number }) => number) =>
    lines.reduce((total, line) => total + Math.round(amount(line) * 100), 0) / 100;
  return {
    subtotal: sum(({ price, quantity }) => price * quantity),
    discount: sum(({ price, quantity }) => quantityDiscount(price, quantity, tiers)),
  };
}
