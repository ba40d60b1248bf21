/** Money, numbers and dates as the visitor's browser is set. */

const locales = (): readonly string[] | undefined =>
  typeof navigator === 'undefined' ? undefined : navigator.languages;

export function money(
  amount: number,
  currency: string,
  locale: string | readonly string[] | undefined = locales(),
): string {
  return new Intl.NumberFormat(locale as string[], { style: 'currency', currency }).format(amount);
}

/** For axes of charts: no fraction, thousands shortened. */
export function roughMoney(
  amount: number,
  currency: string,
  locale: string | readonly string[] | undefined = locales(),
): string {
  return new Intl.NumberFormat(locale as string[], {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(amount);
}

export function count(value: number, locale: string | readonly string[] | undefined = locales()): string {
  return new Intl.NumberFormat(locale as string[]).format(value);
}

/** An instant of the APIs (UTC) in the visitor's own time zone. */
export function dateTime(
  instant: string,
  locale: string | readonly string[] | undefined = locales(),
  timeZone?: string,
): string {
  return new Intl.DateTimeFormat(locale as string[], { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );
}

/** A calendar day `YYYY-MM-DD`, which has no time zone. */
export function day(date: string, locale: string | readonly string[] | undefined = locales()): string {
  return new Intl.DateTimeFormat(locale as string[], { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** The text of a price field as a number with at most two decimals, or null. Takes a decimal comma as well. */
export function parsePrice(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

/** `5:5,10:10` as a sentence about copies: "5 copies 5%, 10 copies 10%"; null if there are none. */
export function discounts(tiers: string, locale: string | readonly string[] | undefined = locales()): string | null {
  const percent = new Intl.NumberFormat(locale as string[], { style: 'percent', maximumFractionDigits: 2 });
  const parts = [...tiers.matchAll(/(\d+):(\d+(?:\.\d+)?)/g)].map(
    ([, copies, off]) => `${copies} copies ${percent.format(Number(off) / 100)}`,
  );
  return parts.length === 0 ? null : parts.join(', ');
}
