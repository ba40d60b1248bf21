/** The API has no pages by number further on. */
const MAX_OFFSET = 10_000;

/** How many books come before a page; of a page too far on as many as the API takes, so that it is empty. */
export const booksBefore = (page: number, perPage: number) => Math.min((page - 1) * perPage, MAX_OFFSET);
