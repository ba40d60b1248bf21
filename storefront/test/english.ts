import i18next from 'i18next';
import en from '../src/i18n/locales/en.json';

/** The English texts of the interface. */
export const t = await i18next.init({
  lng: 'en',
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
});
