import { expect, it } from 'vitest';
import passwords from '../../custom-mediators/src/test/resources/com/books/bookstore/registration/passwords.json';
import { brokenPasswordRules, confirmationToken } from '../src/registration';

it('names the rules that a password does not meet', () => {
  expect(brokenPasswordRules('Wonder-land-9')).toEqual([]);
  expect(brokenPasswordRules('Äpfel-ß-99')).toEqual(['upperCase']);
  expect(brokenPasswordRules('abc')).toEqual(['length', 'upperCase', 'digit', 'symbol']);
});

it.each(passwords)('accepts or refuses as the server does: $why', ({ password, accepted }) => {
  expect(brokenPasswordRules(password).length === 0).toBe(accepted);
});

it('takes the token from the fragment of a link', () => {
  expect(confirmationToken('#token=eyJhbGciOiJkaXIifQ..a-b_c.d.e')).toBe('eyJhbGciOiJkaXIifQ..a-b_c.d.e');
  expect(confirmationToken('')).toBe('');
  expect(confirmationToken('#other=x')).toBe('');
});
