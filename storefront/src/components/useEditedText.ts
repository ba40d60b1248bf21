import { useState } from 'react';

/** Text that a visitor edits and that starts again whenever the value behind it changes. */
export function useEditedText(value: string): [text: string, setText: (text: string) => void] {
  const [edited, setEdited] = useState({ value, text: value });
  if (edited.value !== value) setEdited({ value, text: value });
  return [edited.text, (text) => setEdited({ value, text })];
}
