import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '../inventory';

/** Asks which of two values a field keeps. */
export function ConflictChoice({
  conflict: { field, theirs, mine },
  keepsMine,
  onChange,
}: {
  conflict: Conflict;
  keepsMine: boolean;
  onChange: (keepsMine: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <FormControl>
      <FormLabel id={`conflict-${field}`}>{t(`bookForm.field.${field}`)}</FormLabel>
      <RadioGroup
        aria-labelledby={`conflict-${field}`}
        value={keepsMine ? 'mine' : 'theirs'}
        onChange={(_event, value) => onChange(value === 'mine')}
        sx={{ overflowWrap: 'anywhere' }}
      >
        <FormControlLabel
          value="theirs"
          control={<Radio />}
          label={t('bookForm.conflictTheirs', { value: theirs || t('bookForm.empty') })}
        />
        <FormControlLabel
          value="mine"
          control={<Radio />}
          label={t('bookForm.conflictMine', { value: mine || t('bookForm.empty') })}
        />
      </RadioGroup>
    </FormControl>
  );
}
