import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n';
import { LANGUAGES, nameOf } from '../i18n/languages';
import { useServices } from './services';

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const { say } = useServices();
  return (
    <TextField
      select
      label={t('layout.language')}
      value={i18n.resolvedLanguage}
      onChange={(event) => chooseLanguage(event.target.value).catch(() => say(t('layout.languageFailed'), 'error'))}
      sx={{ minWidth: 140 }}
    >
      {LANGUAGES.map((language) => (
        <MenuItem key={language} value={language} lang={language}>
          {nameOf(language)}
        </MenuItem>
      ))}
    </TextField>
  );
}
