import { body, type Api, type Book, type BookPage, type InventoryFilter } from './api/client';
import { ProblemError } from './api/problems';
import { csvHeader, csvLines } from './csv';

const PER_REQUEST = 100;

const EXPORTED = [
  'bookId',
  'isbn',
  'title',
  'author',
  'price',
  'stockQuantity',
  'publisher',
  'publicationYear',
  'language',
  'category',
  'format',
  'coverImageUrl',
  'description',
] as const satisfies (keyof Book)[];

/** Of texts that are kept by the page; browsers keep a Blob outside of it, on the disk if it is large. */
const MAX_TEXT_LENGTH = 1_000_000;

/** How often a request is repeated that was sent too soon or had no answer. */
const MAX_REPEATS = 5;

export interface Progress {
  books: number;
  /** Of the first answer; null if it was not exact. */
  total: number | null;
}

/** Waits; rejects as soon as the signal is aborted. */
const pause = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });

async function askPage(api: Pick<Api, 'inventory'>, query: InventoryFilter, signal: AbortSignal): Promise<BookPage> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await body(api.inventory.GET('/books', { params: { query }, signal }));
    } catch (failure) {
      const again = failure instanceof ProblemError && (failure.status === 429 || failure.outcomeUnknown);
      if (!again || repeats === MAX_REPEATS) throw failure;
      await pause(failure.retryAfterSeconds ?? 1, signal);
    }
  }
}

/**
 * Makes a CSV file of all books that the filter finds, in the format of the import. Holds a few pages of books at a time, so the number
 * of books has no limit.
 *
 * @param onProgress is told after each answer how many books are in the file
 * @param signal ends the export, which then rejects with its reason
 */
export async function exportBooks(
  api: Pick<Api, 'inventory'>,
  filter: InventoryFilter,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ file: Blob; books: number }> {
  const parts: Blob[] = [];
  let text = csvHeader([...EXPORTED, 'counted']);
  let books = 0;
  let total: number | null = null;
  let next: string | null = null;
  do {
    const page = await askPage(api, { ...filter, limit: PER_REQUEST, next: next ?? undefined }, signal);
    if (next === null && page.totalIsExact) total = page.total;
    text += csvLines(page.items.map((book) => [...EXPORTED.map((name) => book[name]), null]));
    if (text.length > MAX_TEXT_LENGTH) {
      parts.push(new Blob([text]));
      text = '';
    }
    books += page.items.length;
    onProgress({ books, total });
    next = page.next;
  } while (next);
  return { file: new Blob([...parts, text], { type: 'text/csv;charset=utf-8' }), books };
}
