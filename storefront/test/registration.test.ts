import { expect, it } from 'vitest';
import { passwordProblems } from '../src/registration';

it('says what a password lacks', () => {
  expect(passwordProblems('Wonder-land-9')).toEqual([]);
  expect(passwordProblems('Äpfel-ß-99')).toEqual([]);
  expect(passwordProblems('abc')).toEqual(['8 characters or more', 'an upper case letter', 'a digit', 'a symbol']);
});
