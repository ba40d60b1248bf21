/** Marks this tab as signed in; contains neither token nor name. */
export const SIGNED_IN_MARK = 'books.signed-in';
