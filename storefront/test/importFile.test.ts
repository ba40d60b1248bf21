import { describe, expect, it } from 'vitest';
import { csvLines } from '../src/csv';
import { parts, textOf } from '../src/importFile';

describe('parts of a file', () => {
  const file = 'title,price\r\n"Two\r\nlines, ""quoted""",1\r\n5" nails,2\r\n\r\nLast,3';

  it('are the whole file if it fits', () => {
    expect(parts(`\uFEFF${file}`)).toEqual([{ firstLine: 2, csv: file }]);
  });

  it('have whole lines, the header, and the numbers that they have in the file', () => {
    expect(parts(file, 45)).toEqual([
      { firstLine: 2, csv: 'title,price\r\n"Two\r\nlines, ""quoted""",1\r\n' },
      { firstLine: 4, csv: 'title,price\r\n5" nails,2\r\n\r\n' },
      { firstLine: 6, csv: 'title,price\r\nLast,3' },
    ]);
  });

  it('of a file without lines are its header', () => {
    expect(parts('title,price')).toEqual([{ firstLine: 2, csv: 'title,price' }]);
  });
});

describe('the text of a file', () => {
  it('is UTF-8, or as older spreadsheets write it', async () => {
    expect(await textOf(new Blob(['Füße']))).toBe('Füße');
    expect(await textOf(new Blob([new Uint8Array([0x46, 0xfc, 0xdf, 0x65])]))).toBe('Füße');
  });
});

it('an exported text that looks guarded is guarded once more', () => {
  expect(csvLines([["'=1"], ["'s Gravenhage"]])).toBe("''=1\r\n's Gravenhage\r\n");
});
