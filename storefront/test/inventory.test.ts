import { describe, expect, it } from 'vitest';
import { bookForm, bookRequest, differences, EMPTY_FORM } from '../src/inventory';

const dune = { bookId: 3, title: 'Dune', author: 'Frank Herbert', isbn: null, price: 9.5, stockQuantity: 4 };

describe('book form', () => {
  it('returns the book it shows', () => {
    expect(bookRequest(bookForm(dune)).request).toEqual({
      title: 'Dune',
      author: 'Frank Herbert',
      isbn: null,
      price: 9.5,
      stockQuantity: 4,
    });
  });

  it('names every wrong field', () => {
    expect(bookRequest(EMPTY_FORM).wrong).toEqual(['title', 'price', 'stockQuantity']);
    expect(bookRequest({ ...bookForm(dune), stockQuantity: '-1' }).request).toBeNull();
    expect(bookRequest({ ...bookForm(dune), stockQuantity: '9999999999' }).request).toBeNull();
  });

  it('shows the differences between two edits', () => {
    expect(differences({ ...bookForm(dune), price: '10.00', isbn: ' ' }, { ...dune, stockQuantity: 3 })).toEqual([
      { field: 'price', theirs: '9.50', mine: '10.00' },
      { field: 'stockQuantity', theirs: '3', mine: '4' },
    ]);
  });
});
