import type { Book, BookReplacement, BookRequest } from './api/client';
import { parsePrice } from './format';

/** The fields of a book as typed. */
export interface BookForm {
  title: string;
  author: string;
  isbn: string;
  price: string;
  publisher: string;
  publicationYear: string;
  language: string;
  category: string;
  format: BookFormat | '';
  coverImageUrl: string;
  description: string;
}

export const FORMATS = ['hardcover', 'paperback', 'ebook', 'audiobook'] as const;
export type BookFormat = (typeof FORMATS)[number];

export const EMPTY_FORM: BookForm = {
  title: '',
  author: '',
  isbn: '',
  price: '',
  publisher: '',
  publicationYear: '',
  language: '',
  category: '',
  format: '',
  coverImageUrl: '',
  description: '',
};

/** The most copies that a stock can be set to. */
export const MAX_STOCK = 1_000_000_000;

/** The fields that can be wrong, in the order in which the form shows them. */
export type CheckedField = 'title' | 'isbn' | 'price' | 'publicationYear' | 'coverImageUrl' | 'stockQuantity';

export function bookForm(book: Book): BookForm {
  return {
    title: book.title,
    author: book.author ?? '',
    isbn: book.isbn ?? '',
    price: book.price.toFixed(2),
    publisher: book.publisher ?? '',
    publicationYear: book.publicationYear?.toString() ?? '',
    language: book.language ?? '',
    category: book.category ?? '',
    format: book.format ?? '',
    coverImageUrl: book.coverImageUrl ?? '',
    description: book.description ?? '',
  };
}

/** The request for a valid form, otherwise the fields that are wrong. */
export function bookReplacement(form: BookForm): { request: BookReplacement | null; wrong: CheckedField[] } {
  const wrong: CheckedField[] = [];
  const price = parsePrice(form.price);
  if (!form.title.trim()) wrong.push('title');
  if (form.isbn.trim() && !isIsbn(form.isbn)) wrong.push('isbn');
  if (price === null) wrong.push('price');
  if (form.publicationYear.trim() && !/^[1-9]\d{3}$/.test(form.publicationYear.trim())) wrong.push('publicationYear');
  if (form.coverImageUrl.trim() && !/^https:\/\/[^/]/i.test(form.coverImageUrl.trim())) wrong.push('coverImageUrl');
  if (wrong.length > 0) return { request: null, wrong };
  return {
    request: {
      title: form.title.trim(),
      author: form.author.trim() || null,
      isbn: form.isbn.trim() || null,
      price: price!,
      publisher: form.publisher.trim() || null,
      publicationYear: form.publicationYear.trim() ? Number(form.publicationYear) : null,
      language: form.language.trim() || null,
      category: form.category.trim() || null,
      format: form.format || null,
      coverImageUrl: form.coverImageUrl.trim() || null,
      description: form.description.trim() || null,
    },
    wrong,
  };
}

/** The same for a new book, which also has its first copies. */
export function newBookRequest(form: BookForm, stock: string): { request: BookRequest | null; wrong: CheckedField[] } {
  const { request, wrong } = bookReplacement(form);
  const stockQuantity = parseCopies(stock);
  if (stockQuantity === null) return { request: null, wrong: [...wrong, 'stockQuantity'] };
  return { request: request && { ...request, stockQuantity }, wrong };
}

/** Whether the text is an ISBN-10 or ISBN-13 with a correct check digit, with or without hyphens and blanks. */
export function isIsbn(text: string): boolean {
  const digits = text.replace(/[-\u2010-\u2015\s]/g, '').toUpperCase();
  if (/^97[89]\d{10}$/.test(digits)) {
    return [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0) % 10 === 0;
  }
  const value = (digit: string) => (digit === 'X' ? 10 : Number(digit));
  return (
    /^\d{9}[\dX]$/.test(digits) && [...digits].reduce((sum, digit, i) => sum + value(digit) * (10 - i), 0) % 11 === 0
  );
}

/** A number of copies as typed, or null if it is not one. */
export function parseCopies(text: string): number | null {
  const copies = /^\d{1,10}$/.test(text.trim()) ? Number(text) : NaN;
  return copies <= MAX_STOCK ? copies : null;
}

/** A field that two people changed to different values. */
export interface Conflict {
  field: keyof BookForm;
  theirs: string;
  mine: string;
}

const FIELDS = Object.keys(EMPTY_FORM) as (keyof BookForm)[];

/**
 * Joins two edits of the same book: a field that one person changed gets that person's value.
 *
 * @param base   the book that both started from
 * @param mine   the form
 * @param theirs the book as it is stored now
 * @returns the joined form, with the stored value where both changed a field, and those fields
 */
export function merge(base: Book, mine: BookForm, theirs: Book): { form: BookForm; conflicts: Conflict[] } {
  const before = bookForm(base);
  const stored = bookForm(theirs);
  const form = { ...stored };
  const conflicts: Conflict[] = [];
  for (const field of FIELDS) {
    if (mine[field].trim() === before[field] || mine[field].trim() === stored[field]) continue;
    if (stored[field] === before[field]) Object.assign(form, { [field]: mine[field] });
    else conflicts.push({ field, theirs: stored[field], mine: mine[field].trim() });
  }
  return { form, conflicts };
}

export const isChanged = (form: BookForm, book: BookForm): boolean =>
  FIELDS.some((field) => form[field].trim() !== book[field]);

export const MOVEMENT_TYPES = ['received', 'returned', 'damaged', 'counted'] as const;
export type MovementType = (typeof MOVEMENT_TYPES)[number];

/**
 * The quantity of a movement as the API takes it, or null if the text is not a possible number. Of a count it is the difference to the
 * stock that was shown: copies sold in the meantime stay sold.
 */
export function movementQuantity(type: MovementType, text: string, shownStock: number): number | null {
  const copies = parseCopies(text);
  if (copies === null) return null;
  const quantity = type === 'counted' ? copies - shownStock : copies;
  return quantity === 0 ? null : quantity;
}

/** What a movement adds to the stock. */
export const stockChange = (type: MovementType, quantity: number): number =>
  type === 'damaged' ? -quantity : quantity;
