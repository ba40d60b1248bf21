/** The API has no pages by number further on. */
const MAX_OFFSET = 10_000;

/** The last page that its number finds; further ones are found from page to page. */
export const lastByNumber = (perPage: number) => Math.floor(MAX_OFFSET / perPage) + 1;

/**
 * Where a page begins: at the place that the page before named, whatever came and went since then, else after as many rows as come before it; of a
 * page too far on as many as the API takes, so that it is empty.
 */
export const pageStart = (page: number, perPage: number, next: string | null) =>
  next ? { next } : { offset: Math.min((page - 1) * perPage, MAX_OFFSET) };
