import { describe, expect, it } from 'vitest';
import {
  bookForm,
  bookReplacement,
  EMPTY_FORM,
  isIsbn,
  merge,
  movementQuantity,
  newBookRequest,
} from '../src/inventory';

const unknown = {
  publisher: null,
  publicationYear: null,
  language: null,
  category: null,
  format: null,
  coverImageUrl: null,
  description: null,
};
const dune = {
  bookId: 3,
  title: 'Dune',
  author: 'Frank Herbert',
  isbn: null,
  price: 9.5,
  stockQuantity: 4,
  ...unknown,
};

describe('book form', () => {
  it('returns the book it shows, without its stock', () => {
    expect(bookReplacement(bookForm(dune)).request).toEqual({
      title: 'Dune',
      author: 'Frank Herbert',
      isbn: null,
      price: 9.5,
      ...unknown,
    });
  });

  it('names every wrong field', () => {
    expect(newBookRequest(EMPTY_FORM, '').wrong).toEqual(['title', 'price', 'stockQuantity']);
    expect(bookReplacement({ ...bookForm(dune), isbn: '9780441172697' }).wrong).toEqual(['isbn']);
    expect(
      bookReplacement({ ...bookForm(dune), publicationYear: '19', coverImageUrl: 'http://a.example/b' }).wrong,
    ).toEqual(['publicationYear', 'coverImageUrl']);
    expect(newBookRequest(bookForm(dune), '-1').request).toBeNull();
    expect(newBookRequest(bookForm(dune), '1000000001').request).toBeNull();
    expect(newBookRequest(bookForm(dune), '7').request).toMatchObject({ title: 'Dune', stockQuantity: 7 });
  });
});

describe('ISBN', () => {
  it('has a correct check digit', () => {
    expect(['9780441172719', '978-0-441-17271-9', '0441172717', '0-8044-2957-x'].every(isIsbn)).toBe(true);
    expect(['9780441172718', '0441172718', '080442957', 'none'].some(isIsbn)).toBe(false);
  });
});

describe('two edits of a book', () => {
  it('are joined without a question if they changed different fields', () => {
    const mine = { ...bookForm(dune), author: 'F. Herbert ' };
    const theirs = { ...dune, price: 10, stockQuantity: 1 };
    expect(merge(dune, mine, theirs)).toEqual({
      form: { ...bookForm(dune), author: 'F. Herbert ', price: '10.00' },
      conflicts: [],
    });
  });

  it('keep what is stored where both changed a field, and say so', () => {
    const mine = { ...bookForm(dune), price: '11.00', isbn: ' ' };
    expect(merge(dune, mine, { ...dune, price: 10 })).toEqual({
      form: bookForm({ ...dune, price: 10 }),
      conflicts: [{ field: 'price', theirs: '10.00', mine: '11.00' }],
    });
  });

  it('join details as the other fields', () => {
    const mine = { ...bookForm(dune), category: 'Science Fiction', description: 'Sand' };
    expect(merge(dune, mine, { ...dune, publicationYear: 1965, description: 'Spice' })).toEqual({
      form: { ...bookForm(dune), category: 'Science Fiction', publicationYear: '1965', description: 'Spice' },
      conflicts: [{ field: 'description', theirs: 'Spice', mine: 'Sand' }],
    });
  });

  it('agree if both made the same change', () => {
    const mine = { ...bookForm(dune), price: '10.00' };
    expect(merge(dune, mine, { ...dune, price: 10 }).conflicts).toEqual([]);
  });

  it('never change a field that was not touched', () => {
    const theirs = { ...dune, title: 'Dune Messiah', author: null, isbn: '9780441172696', price: 8 };
    expect(merge(dune, bookForm(dune), theirs)).toEqual({ form: bookForm(theirs), conflicts: [] });
  });
});

describe('stock movement', () => {
  it('of a count is the difference to the stock that was shown', () => {
    expect(movementQuantity('counted', '62', 64)).toBe(-2);
    expect(movementQuantity('counted', '64', 64)).toBeNull();
    expect(movementQuantity('counted', '0', 64)).toBe(-64);
  });

  it('has at least one copy', () => {
    expect(movementQuantity('damaged', '2', 64)).toBe(2);
    expect(movementQuantity('received', '0', 64)).toBeNull();
    expect(movementQuantity('received', 'x', 64)).toBeNull();
  });
});
