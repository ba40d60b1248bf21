import { describe, expect, it } from 'vitest';
import { addressLines, addressOf, fieldsOf, missing, NO_ADDRESS, parseAddress } from '../src/address';
import { COUNTRIES } from '../src/countries';
import { country } from '../src/format';

const jane = { name: 'Jane', lines: ['1 Main Street', 'Flat 2'], postalCode: '80331', city: 'Munich', country: 'DE' };

describe('delivery address', () => {
  it('is the same after editing nothing', () => {
    expect(addressOf(fieldsOf(jane))).toEqual(jane);
    expect(addressOf({ ...fieldsOf(jane), postalCode: ' ', line1: ' ', line3: ' x ' })).toEqual({
      ...jane,
      postalCode: null,
      lines: ['Flat 2', 'x'],
    });
  });

  it('names the fields that are missing', () => {
    expect(missing(NO_ADDRESS)).toEqual(['name', 'line1', 'city', 'country']);
    expect(missing(fieldsOf(jane))).toEqual([]);
  });

  it('is written as on a parcel', () => {
    expect(addressLines(jane)).toEqual(['Jane', '1 Main Street', 'Flat 2', '80331 Munich', 'Germany']);
    expect(addressLines({ ...jane, postalCode: null })[3]).toBe('Munich');
  });

  it('is read from storage only if it is one', () => {
    expect(parseAddress(jane)).toBe(jane);
    for (const odd of [null, undefined, {}, { ...jane, lines: 'x' }, { ...jane, city: 7 }]) {
      expect(parseAddress(odd)).toBeNull();
    }
  });

  it('has countries with a name', () => {
    expect(COUNTRIES).toHaveLength(249);
    expect(COUNTRIES.filter((code) => country(code, 'en') === code)).toEqual([]);
  });
});
