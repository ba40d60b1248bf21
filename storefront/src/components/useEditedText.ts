import { useState } from 'react';

/** Editable text that is reset whenever the value it started from changes. */
export function useEditedText(value: string): [text: string, setText: (text: string) => void] {
  const [edited, setEdited] = useState({ value, text: value });
  if (edited.value !== value) setEdited({ value, text: value });
  return [edited.text, (text) => setEdited({ value, text })];
}
