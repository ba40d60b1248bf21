import { body, type Api, type Book } from '../api/client';
import { ProblemError } from '../api/problems';
import { bookReplacement, merge, type BookForm, type Conflict } from '../inventory';
import { readVersioned, type Versioned } from './useVersionedBook';

/** How often a save starts again because copies were sold or someone changed other fields. */
const ATTEMPTS = 5;

/** How much longer each time to wait for a replica that books are read from and that lags behind the database. */
const PAUSE_MS = 300;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Another person changed the same fields: this person has to choose. */
export class ConflictError extends Error {
  constructor(
    readonly now: Versioned,
    readonly form: BookForm,
    readonly conflicts: Conflict[],
  ) {
    super('The same fields were changed');
    this.name = 'ConflictError';
  }
}

/**
 * Saves the fields of the form that differ from the book it started from; every other field keeps what is stored.
 *
 * @throws ConflictError if somebody changed the same fields to other values
 * @throws ProblemError  if the book was not saved for another reason
 */
export async function saveBook(api: Api, base: Versioned, form: BookForm, pause = wait): Promise<Book> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await body(
        api.inventory.PUT('/books/{bookId}', {
          params: { path: { bookId: base.book.bookId }, header: { 'If-Match': base.etag } },
          body: bookReplacement(form).request!,
        }),
      );
    } catch (failure) {
      if (attempt === ATTEMPTS || !isOutdated(failure)) throw failure;
      const now = await readVersioned(api, base.book.bookId);
      if (now.etag === base.etag) await pause(attempt * PAUSE_MS);
      const merged = merge(base.book, form, now.book);
      if (merged.conflicts.length > 0) throw new ConflictError(now, merged.form, merged.conflicts);
      base = now;
      form = merged.form;
    }
  }
}

export const isOutdated = (failure: unknown): boolean =>
  failure instanceof ProblemError && failure.code === 'precondition_failed';
