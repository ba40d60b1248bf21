import { describe, expect, it } from 'vitest';
import { csvHeader, csvLines } from '../src/csv';

describe('CSV', () => {
  it('quotes what has to be quoted and lets no text be a formula', () => {
    expect(
      csvHeader(['title', 'price']) +
        csvLines([
          ['Emma', 9.9],
          ['"Surely", he said', -1],
          ['=1+1', null],
          ['two\nlines', 0],
        ]),
    ).toBe('\uFEFFtitle,price\r\nEmma,9.9\r\n"""Surely"", he said",-1\r\n\'=1+1,\r\n"two\nlines",0\r\n');
  });
});
