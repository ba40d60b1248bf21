import type { Book, BookRequest } from './api/client';
import { parsePrice } from './format';

/** The fields of a book as they are typed. */
export interface BookForm {
  title: string;
  author: string;
  isbn: string;
  price: string;
  stockQuantity: string;
}

export const EMPTY_FORM: BookForm = { title: '', author: '', isbn: '', price: '', stockQuantity: '' };

const MAX_STOCK = 2_147_483_647;

const NAMES: Record<keyof BookForm, string> = {
  title: 'Title',
  author: 'Author',
  isbn: 'ISBN',
  price: 'Price',
  stockQuantity: 'Copies in stock',
};

export function bookForm(book: Book): BookForm {
  return {
    title: book.title,
    author: book.author ?? '',
    isbn: book.isbn ?? '',
    price: book.price.toFixed(2),
    stockQuantity: String(book.stockQuantity),
  };
}

/** What the form asks for, or what is wrong with it, by field. */
export function bookRequest(form: BookForm): {
  request: BookRequest | null;
  wrong: Partial<Record<keyof BookForm, string>>;
} {
  const wrong: Partial<Record<keyof BookForm, string>> = {};
  const price = parsePrice(form.price);
  const stock = /^\d{1,10}$/.test(form.stockQuantity.trim()) ? Number(form.stockQuantity) : NaN;
  if (!form.title.trim()) wrong.title = 'A book needs a title';
  if (price === null) wrong.price = 'A price such as 12.95';
  if (!(stock <= MAX_STOCK)) wrong.stockQuantity = 'A whole number, 0 or more';
  if (Object.keys(wrong).length > 0) return { request: null, wrong };
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

/** Where what was typed is not what the shop has. */
export function differences(form: BookForm, now: Book): { name: string; theirs: string; mine: string }[] {
  const theirs = bookForm(now);
  return (Object.keys(NAMES) as (keyof BookForm)[])
    .filter((field) => theirs[field].trim() !== form[field].trim())
    .map((field) => ({ name: NAMES[field], theirs: theirs[field], mine: form[field] }));
}
