import FormControl from '@mui/material/FormControl';
import InputLabel from '@mui/material/InputLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useId } from 'react';

/** A choice of one of a few values: the browser's own control, which phones show in full size and which needs little code. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  minWidth,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string; lang?: string }[];
  onChange: (value: Value) => void;
  minWidth: number;
}) {
  const id = useId();
  return (
    <FormControl size="small" variant="outlined" sx={{ minWidth }}>
      <InputLabel htmlFor={id} shrink>
        {label}
      </InputLabel>
      <NativeSelect
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
        input={<OutlinedInput notched label={label} />}
        inputProps={{ id }}
      >
        {options.map(({ value, text, lang }) => (
          <option key={value} value={value} lang={lang}>
            {text}
          </option>
        ))}
      </NativeSelect>
    </FormControl>
  );
}
