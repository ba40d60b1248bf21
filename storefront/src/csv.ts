/**
 * Cells that spreadsheets would compute get an apostrophe in front: titles come from people. So do cells that look as if they had got one:
 * the import takes it away.
 */
const FORMULA = /^'*[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV as RFC 4180 says, with a header. The mark in front tells spreadsheets that it is UTF-8. */
export function csv(header: string[], rows: (string | number | null)[][]): string {
  return '\uFEFF' + [header, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/** Hands a text to the visitor as a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
