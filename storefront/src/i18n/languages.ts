/** The languages other than English, one file each; a file is loaded when its language is chosen. English is part of the site. */
const CATALOGS = import.meta.glob<object>(['./locales/*.json', '!./locales/en.json'], { import: 'default' });

const pathOf = (language: string) => `./locales/${language}.json`;

export const LANGUAGES: readonly string[] = [
  'en',
  ...Object.keys(CATALOGS).map((path) => /(\w+)\.json$/.exec(path)![1]!),
];

/** The texts of a language other than English; rejects if they cannot be loaded. */
export function loadCatalog(language: string): Promise<object> {
  const load = CATALOGS[pathOf(language)];
  return load ? load() : Promise.reject(new Error(`There is no language ${language}`));
}

/** The name of a language in that language. */
export function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

/** The visitor's first language that the interface has; English if it has none of them. */
export function preferredLanguage(understood: readonly string[]): string {
  return understood.map(withoutRegion).find((language) => LANGUAGES.includes(language)) ?? 'en';
}

/** The locale for numbers and dates: the interface language with the browser's region for it, such as `en-GB`. */
export function formatLocale(language: string, understood: readonly string[]): string {
  return understood.find((locale) => withoutRegion(locale) === language) ?? language;
}

const withoutRegion = (locale: string) => locale.toLowerCase().split('-')[0]!;
