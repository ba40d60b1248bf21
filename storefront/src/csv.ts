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

/** Lines of CSV as RFC 4180 says. */
export function csvLines(rows: (string | number | null)[][]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/** The first line of a file. The mark in front tells spreadsheets that it is UTF-8. */
export function csvHeader(names: string[]): string {
  return '\uFEFF' + csvLines([names]);
}

/** Hands a file to the visitor. */
export function download(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
