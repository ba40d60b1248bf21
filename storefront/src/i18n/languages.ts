/** The languages of the interface, one file each; only the file of the chosen language is loaded. */
const CATALOGS = import.meta.glob<object>('./locales/*.json', { import: 'default' });

const pathOf = (language: string) => `./locales/${language}.json`;

/** English comes first: it is shown to visitors who understand none of the others. */
export const LANGUAGES: readonly string[] = Object.keys(CATALOGS)
  .map((path) => /(\w+)\.json$/.exec(path)![1]!)
  .sort((one, other) => Number(other === 'en') - Number(one === 'en') || one.localeCompare(other));

const STORAGE_KEY = 'books.language';

/** The texts of a language; rejects if they cannot be loaded. */
export function loadCatalog(language: string): Promise<object> {
  const load = CATALOGS[pathOf(language)];
  return load ? load() : Promise.reject(new Error(`There is no language ${language}`));
}

/** The name of a language in that language. */
export function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

/** The language chosen on an earlier visit, otherwise the browser's. */
export function languageOfVisit(): string {
  const stored = localStorage.getItem(STORAGE_KEY);
  return stored && LANGUAGES.includes(stored) ? stored : preferredLanguage(navigator.languages);
}

/** Shows the language on the next visit as well. */
export function rememberLanguage(language: string): void {
  localStorage.setItem(STORAGE_KEY, language);
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
