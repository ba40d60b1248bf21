import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { count } from '../format';
import { loadCatalog, rememberLanguage } from './languages';
import type en from './locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Starts the interface in a language, or in English if its texts cannot be loaded. */
export async function startInterface(language: string, texts: Promise<object>): Promise<void> {
  i18next.on('languageChanged', (shown) => {
    document.documentElement.lang = shown;
  });
  const [lng, translation] = await texts.then(
    (loaded) => [language, loaded] as const,
    async () => ['en', await loadCatalog('en')] as const,
  );
  await i18next.use(initReactI18next).init({
    lng,
    // Every language has all texts: a test compares them.
    fallbackLng: false,
    resources: { [lng]: { translation } },
    // React escapes texts itself.
    interpolation: { escapeValue: false },
  });
  // {{count, number}} in texts is formatted like all other numbers of the site.
  i18next.services.formatter?.add('number', (value: number) => count(value));
}

/** Changes the interface language and remembers it in this browser. */
export async function chooseLanguage(language: string): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadCatalog(language));
  }
  await i18next.changeLanguage(language);
  rememberLanguage(language);
}
