import type { Promotion, PromotionRequest } from './api/client';

export type PromotionState = 'planned' | 'active' | 'ended' | 'usedUp';

export function stateOf(promotion: Promotion, now: Date): PromotionState {
  if (promotion.validUntil && new Date(promotion.validUntil) <= now) return 'ended';
  if (new Date(promotion.validFrom) > now) return 'planned';
  return promotion.maxUses !== null && promotion.uses >= promotion.maxUses ? 'usedUp' : 'active';
}

/** The same promotion, ended now. It has to have begun before it ends. */
export function ended(promotion: Promotion, now: Date): PromotionRequest {
  const { percentOff, maxUses, maxUsesPerCustomer } = promotion;
  const end = Math.floor(now.getTime() / 1000) * 1000;
  const begin = Math.min(new Date(promotion.validFrom).getTime(), end - 1000);
  return {
    percentOff,
    validFrom: new Date(begin).toISOString(),
    validUntil: new Date(end).toISOString(),
    maxUses,
    maxUsesPerCustomer,
  };
}

/** The texts of the form's fields. */
export interface PromotionFields {
  code: string;
  percentOff: string;
  validFrom: string;
  validUntil: string;
  maxUses: string;
  maxUsesPerCustomer: string;
}

export const NEW_PROMOTION: PromotionFields = {
  code: '',
  percentOff: '',
  validFrom: '',
  validUntil: '',
  maxUses: '',
  maxUsesPerCustomer: '',
};

/** An instant as a field of the browser's time zone has it, to the minute. */
function localTime(instant: string | null): string {
  if (!instant) return '';
  const time = new Date(instant);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function fieldsOf(promotion: Promotion): PromotionFields {
  return {
    code: promotion.code,
    percentOff: String(promotion.percentOff),
    validFrom: localTime(promotion.validFrom),
    validUntil: localTime(promotion.validUntil),
    maxUses: promotion.maxUses === null ? '' : String(promotion.maxUses),
    maxUsesPerCustomer: promotion.maxUsesPerCustomer === null ? '' : String(promotion.maxUsesPerCustomer),
  };
}

/** A percentage as it is typed, or null if it is not more than 0 and at most 100 with at most two decimals. */
export function parsePercent(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  const value = /^\d{1,3}(\.\d{1,2})?$/.test(plain) ? Number(plain) : 0;
  return value > 0 && value <= 100 ? value : null;
}

/** A number of copies or orders as it is typed, or null if it is not a whole number from 1 to the maximum. */
export function parseWhole(text: string, maximum: number): number | null {
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= maximum ? value : null;
}

const MAX_USES = 2_147_483_647;
const instant = (text: string) => (text ? new Date(text).toISOString() : null);

/** The fields that are wrong. */
export function wrongFields(fields: PromotionFields): (keyof PromotionFields)[] {
  const wrong: (keyof PromotionFields)[] = [];
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(fields.code.trim())) wrong.push('code');
  if (parsePercent(fields.percentOff) === null) wrong.push('percentOff');
  if (fields.validFrom && fields.validUntil && fields.validFrom >= fields.validUntil) wrong.push('validUntil');
  for (const limit of ['maxUses', 'maxUsesPerCustomer'] as const) {
    if (fields[limit].trim() && parseWhole(fields[limit], MAX_USES) === null) wrong.push(limit);
  }
  return wrong;
}

/** Only for fields that are not wrong. */
export function requestOf(fields: PromotionFields): PromotionRequest {
  return {
    percentOff: parsePercent(fields.percentOff)!,
    validFrom: instant(fields.validFrom),
    validUntil: instant(fields.validUntil),
    maxUses: parseWhole(fields.maxUses, MAX_USES),
    maxUsesPerCustomer: parseWhole(fields.maxUsesPerCustomer, MAX_USES),
  };
}
