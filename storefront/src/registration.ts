/** The Registration API's password rules, in Unicode form NFC; the server may have further rules, which its response names. */
const RULES = {
  length: (password: string) => [...password].length >= 8 && [...password].length <= 64,
  upperCase: (password: string) => /[A-Z]/.test(password),
  lowerCase: (password: string) => /[a-z]/.test(password),
  digit: (password: string) => /[0-9]/.test(password),
  symbol: (password: string) => /[^A-Za-z0-9]/.test(password),
  // Neither at an end nor, if it is a control character, anywhere.
  spaces: (password: string) => !/^ | $|[\p{Cc}\u2028\u2029\ufffe\uffff]/u.test(password),
};

export type PasswordRule = keyof typeof RULES;

/** The rules that a password does not meet. */
export function brokenPasswordRules(password: string): PasswordRule[] {
  return (Object.keys(RULES) as PasswordRule[]).filter((rule) => !RULES[rule](password.normalize('NFC')));
}

/** The token in the fragment of a confirmation link, `#token=...`; empty if there is none. */
export function confirmationToken(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') ?? '';
}
