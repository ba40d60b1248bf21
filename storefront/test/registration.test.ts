import { expect, it } from 'vitest';
import { brokenPasswordRules } from '../src/registration';

it('names the rules that a password does not meet', () => {
  expect(brokenPasswordRules('Wonder-land-9')).toEqual([]);
  expect(brokenPasswordRules('Äpfel-ß-99')).toEqual([]);
  expect(brokenPasswordRules('abc')).toEqual(['length', 'upperCase', 'digit', 'symbol']);
});
