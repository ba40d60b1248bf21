/** The Registration API's password rules; the server may have further rules, which its response names. */
const RULES = {
  length: (password: string) => password.length >= 8,
  upperCase: (password: string) => /\p{Lu}/u.test(password),
  lowerCase: (password: string) => /\p{Ll}/u.test(password),
  digit: (password: string) => /\p{Nd}/u.test(password),
  symbol: (password: string) => /[^\p{L}\p{Nd}\s]/u.test(password),
};

export type PasswordRule = keyof typeof RULES;

/** The rules that a password does not meet. */
export function brokenPasswordRules(password: string): PasswordRule[] {
  return (Object.keys(RULES) as PasswordRule[]).filter((rule) => !RULES[rule](password));
}

/** The token in the fragment of a confirmation link, `#token=...`; empty if there is none. */
export function confirmationToken(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') ?? '';
}
