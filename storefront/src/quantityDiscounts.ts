import type { TFunction } from 'i18next';
import { percent } from './format';

/** The quantity discounts `5:5,10:10` (copies:percent) as a text: "5% off 5 or more, 10% off 10 or more"; null if there are none. */
export function quantityDiscounts(tiers: string, t: TFunction): string | null {
  const parts = [...tiers.matchAll(/(\d+):(\d+(?:\.\d+)?)/g)].map(([, copies, off]) =>
    t('discount.tier', { copies: Number(copies), percent: percent(Number(off)) }),
  );
  return parts.length === 0 ? null : parts.join(', ');
}
