/** What a password lacks by the Registration API's rules; the shop may demand more, and then says so itself. */
export function passwordProblems(password: string): string[] {
  const problems: string[] = [];
  if (password.length < 8) problems.push('8 characters or more');
  if (!/\p{Lu}/u.test(password)) problems.push('an upper case letter');
  if (!/\p{Ll}/u.test(password)) problems.push('a lower case letter');
  if (!/\p{Nd}/u.test(password)) problems.push('a digit');
  if (!/[^\p{L}\p{Nd}\s]/u.test(password)) problems.push('a symbol');
  return problems;
}
