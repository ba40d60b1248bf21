import type { Book, BookRequest } from './api/client';
import { parsePrice } from './format';

/** The fields of a book as typed. */
export interface BookForm {
  title: string;
  author: string;
  isbn: string;
  price: string;
  stockQuantity: string;
}

export const EMPTY_FORM: BookForm = { title: '', author: '', isbn: '', price: '', stockQuantity: '' };

const MAX_STOCK = 2_147_483_647;

/** The fields that can be wrong, in the order in which the form shows them. */
export type CheckedField = 'title' | 'price' | 'stockQuantity';

export function bookForm(book: Book): BookForm {
  return {
    title: book.title,
    author: book.author ?? '',
    isbn: book.isbn ?? '',
    price: book.price.toFixed(2),
    stockQuantity: String(book.stockQuantity),
  };
}

/** The request for a valid form, otherwise the fields that are wrong. */
export function bookRequest(form: BookForm): { request: BookRequest | null; wrong: CheckedField[] } {
  const wrong: CheckedField[] = [];
  const price = parsePrice(form.price);
  const stock = /^\d{1,10}$/.test(form.stockQuantity.trim()) ? Number(form.stockQuantity) : NaN;
  if (!form.title.trim()) wrong.push('title');
  if (price === null) wrong.push('price');
  if (!(stock <= MAX_STOCK)) wrong.push('stockQuantity');
  if (wrong.length > 0) return { request: null, wrong };
  return {
    request: {
      title: form.title.trim(),
      author: form.author.trim() || null,
      isbn: form.isbn.trim() || null,
      price: price!,
      stockQuantity: stock,
    },
    wrong,
  };
}

/** The fields in which the form differs from the book in the store. */
export function differences(form: BookForm, now: Book): { field: keyof BookForm; theirs: string; mine: string }[] {
  const theirs = bookForm(now);
  return (Object.keys(EMPTY_FORM) as (keyof BookForm)[])
    .filter((field) => theirs[field].trim() !== form[field].trim())
    .map((field) => ({ field, theirs: theirs[field], mine: form[field] }));
}
