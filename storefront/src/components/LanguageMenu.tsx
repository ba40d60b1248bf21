import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n';
import { LANGUAGES, nameOf } from '../i18n/languages';
import { Choice } from './Choice';
import { useServices } from './services';

const OPTIONS = LANGUAGES.map((language) => ({ value: language, text: nameOf(language), lang: language }));

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const { say } = useServices();
  return (
    <Choice
      label={t('layout.language')}
      value={i18n.resolvedLanguage ?? 'en'}
      options={OPTIONS}
      onChange={(language) => chooseLanguage(language).catch(() => say(t('layout.languageFailed'), 'error'))}
      minWidth={140}
    />
  );
}
