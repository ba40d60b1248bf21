import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { count } from '../format';
import { LANGUAGES, loadCatalog, preferredLanguage } from './languages';
import en from './locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

const STORAGE_KEY = 'books.language';

/** Starts the interface in the language chosen on an earlier visit, otherwise in the browser's language. */
export async function startInterface(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes texts itself.
    interpolation: { escapeValue: false },
  });
  // {{count, number}} in texts is formatted like all other numbers of the site.
  i18next.services.formatter?.add('number', (value: number) => count(value));

  const stored = localStorage.getItem(STORAGE_KEY);
  const language = stored && LANGUAGES.includes(stored) ? stored : preferredLanguage(navigator.languages);
  // If the texts cannot be loaded, the site stays in English.
  await showLanguage(language).catch((failure: unknown) => console.warn(failure));
}

/** Changes the interface language and remembers it in this browser. */
export async function chooseLanguage(language: string): Promise<void> {
  await showLanguage(language);
  localStorage.setItem(STORAGE_KEY, language);
}

async function showLanguage(language: string): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadCatalog(language));
  }
  await i18next.changeLanguage(language);
}
