import { expect, it } from 'vitest';
import { brokenPasswordRules, confirmationToken } from '../src/registration';

it('names the rules that a password does not meet', () => {
  expect(brokenPasswordRules('Wonder-land-9')).toEqual([]);
  expect(brokenPasswordRules('Äpfel-ß-99')).toEqual([]);
  expect(brokenPasswordRules('abc')).toEqual(['length', 'upperCase', 'digit', 'symbol']);
});

it('takes the token from the fragment of a link', () => {
  expect(confirmationToken('#token=eyJhbGciOiJkaXIifQ..a-b_c.d.e')).toBe('eyJhbGciOiJkaXIifQ..a-b_c.d.e');
  expect(confirmationToken('')).toBe('');
  expect(confirmationToken('#other=x')).toBe('');
});
