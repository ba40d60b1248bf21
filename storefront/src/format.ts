import { formatLocale } from './i18n/languages';

/** Money, numbers and dates in the language of the interface. */

/** The language of the page is that of the interface. */
const locale = () =>
  typeof document === 'undefined' ? 'en' : formatLocale(document.documentElement.lang, navigator.languages);

export function money(amount: number, currency: string, language = locale()): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);
}

/** Money on chart axes: shortened from 1,000 on, below it without decimals only if there are none. */
export function roughMoney(amount: number, currency: string, language = locale()): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    ...(Math.abs(amount) < 1000
      ? { trailingZeroDisplay: 'stripIfInteger' }
      : { notation: 'compact', maximumFractionDigits: 1 }),
  }).format(amount);
}

export function count(value: number, language = locale()): string {
  return new Intl.NumberFormat(language).format(value);
}

export function percent(value: number, language = locale()): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
}

/** The name of a country by its ISO 3166-1 code. */
export function country(code: string, language = locale()): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}

/** The name of a language by its BCP 47 tag. */
export function languageName(tag: string, language = locale()): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
}

/** A list as text, such as "a, b, and c". */
export function list(parts: string[], language = locale()): string {
  return new Intl.ListFormat(language).format(parts);
}

/** An instant of the APIs (UTC) in the visitor's own time zone. */
export function dateTime(instant: string, language = locale(), timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago an instant was, in days, hours or minutes. */
export function ago(instant: string, now: Date, language = locale()): string {
  const seconds = Math.max(0, (now.getTime() - new Date(instant).getTime()) / 1000);
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? STEPS[2];
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(seconds / size), unit);
}

/** A calendar day `YYYY-MM-DD`, which has no time zone. */
export function day(date: string, language = locale()): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** The text of a price field as a number with at most two decimals, or null if it is not a price. Accepts a decimal comma as well. */
export function parsePrice(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}
