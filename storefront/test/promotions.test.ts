import { describe, expect, it } from 'vitest';
import type { Promotion } from '../src/api/client';
import {
  ended,
  fieldsOf,
  NEW_PROMOTION,
  parsePercent,
  parseWhole,
  requestOf,
  stateOf,
  wrongFields,
} from '../src/promotions';

const now = new Date('2026-06-15T12:00:00.500Z');
const summer: Promotion = {
  code: 'SUMMER',
  percentOff: 12.5,
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-09-01T00:00:00Z',
  maxUses: 10,
  maxUsesPerCustomer: null,
  uses: 3,
  version: 2,
};

describe('promotion', () => {
  it.each([
    ['active', summer],
    ['active', { ...summer, validUntil: null, maxUses: null }],
    ['planned', { ...summer, validFrom: '2026-07-01T00:00:00Z' }],
    ['ended', { ...summer, validUntil: '2026-06-15T12:00:00Z' }],
    ['usedUp', { ...summer, uses: 10 }],
  ] as const)('is %s', (state, promotion) => {
    expect(stateOf(promotion, now)).toBe(state);
  });

  it('is ended now, also before it begins', () => {
    expect(stateOf({ ...summer, ...(ended(summer, now) as object) }, now)).toBe('ended');
    const planned = { ...summer, validFrom: '2026-07-01T00:00:00Z' };
    expect(ended(planned, now).validFrom).toBe('2026-06-15T11:59:59.000Z');
    expect(ended(planned, now).validUntil).toBe('2026-06-15T12:00:00.000Z');
  });

  it('is the same after editing nothing', () => {
    expect(wrongFields(fieldsOf(summer))).toEqual([]);
    expect(requestOf(fieldsOf(summer))).toEqual({
      percentOff: 12.5,
      validFrom: '2026-06-01T00:00:00.000Z',
      validUntil: '2026-09-01T00:00:00.000Z',
      maxUses: 10,
      maxUsesPerCustomer: null,
    });
  });

  it('names the fields that are wrong', () => {
    expect(wrongFields(NEW_PROMOTION)).toEqual(['code', 'percentOff']);
    const odd = { code: 'ä', percentOff: '101', validFrom: '2026-06-02T00:00', validUntil: '2026-06-01T00:00' };
    expect(wrongFields({ ...odd, maxUses: '0', maxUsesPerCustomer: 'x' })).toEqual([
      'code',
      'percentOff',
      'validUntil',
      'maxUses',
      'maxUsesPerCustomer',
    ]);
  });

  it('reads numbers as people type them', () => {
    expect(parsePercent(' 12,5 ')).toBe(12.5);
    expect(['0', '100.01', '1.234', '-1', ''].map(parsePercent)).toEqual([null, null, null, null, null]);
    expect(parseWhole('999', 999)).toBe(999);
    expect(parseWhole('1000', 999)).toBeNull();
  });
});
