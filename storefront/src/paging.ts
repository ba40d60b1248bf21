/** The API has no pages by number further on. */
const MAX_OFFSET = 10_000;

/** The last page that its number finds; further ones are found from page to page. */
export const lastByNumber = (perPage: number) => Math.floor(MAX_OFFSET / perPage) + 1;

/**
 * The number in the address of a page, at least 1. Without the place where the page begins it is at most the last that is found by its number, so
 * that the page never shows other rows than its number says.
 */
export function pageNumber(parameters: URLSearchParams, perPage: number): number {
  const page = Math.max(1, Number.parseInt(parameters.get('page') ?? '1', 10) || 1);
  return parameters.get('next') ? page : Math.min(page, lastByNumber(perPage));
}

/** Where a page begins: at the place that the page before named, whatever came and went since then, else after as many rows as come before it. */
export const pageStart = (page: number, perPage: number, next: string | null) =>
  next ? { next } : { offset: (page - 1) * perPage };
