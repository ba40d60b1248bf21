import type { Api } from './api/client';
import { body } from './api/client';

/** Bytes of the JSON of one part, below the limit of the APIs for a body. */
const MAX_PART_BYTES = 200 * 1024;

/** Whole lines of a CSV file with its header, and the line of the file that comes after the header there. */
export interface Part {
  firstLine: number;
  csv: string;
}

interface Line {
  text: string;
  number: number;
}

/** The lines of a CSV text; one that has line ends in quotation marks is one. */
function* lines(text: string): Generator<Line> {
  const separators = new Set([',', ';', '\t']);
  let start = 0;
  let number = 1;
  let first = 1;
  let quoted = false;
  let startsCell = true;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && startsCell) {
      quoted = true;
    }
    const ends = c === '\n' || (c === '\r' && text[i + 1] !== '\n');
    if (ends) number++;
    if (ends && !quoted) {
      yield { text: text.slice(start, i + 1), number: first };
      start = i + 1;
      first = number;
    }
    startsCell = !quoted && (ends || separators.has(c));
  }
  if (start < text.length) yield { text: text.slice(start), number: first };
}

const bytes = (text: string) => new TextEncoder().encode(JSON.stringify(text)).length;

/** Takes a file apart, so that each part fits into a request. */
export function parts(file: string, maxBytes = MAX_PART_BYTES): Part[] {
  const all = lines(file.replace(/^\uFEFF/, ''));
  const header = all.next().value?.text ?? '';
  const found: Part[] = [];
  let size = Infinity;
  for (const line of all) {
    const length = bytes(line.text);
    if (size + length > maxBytes) {
      found.push({ firstLine: line.number, csv: header });
      size = bytes(header);
    }
    const part = found.at(-1)!;
    part.csv += line.text;
    size += length;
  }
  return found.length > 0 ? found : [{ firstLine: 2, csv: header }];
}

/** The text of a file in UTF-8, or as older spreadsheets write it. */
export async function textOf(file: Blob): Promise<string> {
  const content = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

/** A file that the shop has compared with its books. */
export interface Staged {
  importId: string;
  lines: number;
}

/** Sends a file, part by part. Nothing changes in the shop yet. */
export async function send(api: Api, text: string, onProgress: (share: number) => void): Promise<Staged> {
  const importId = crypto.randomUUID();
  const all = parts(text);
  let sent = 0;
  for (const [index, part] of all.entries()) {
    sent += (await body(api.inventory.POST('/imports', { body: { importId, ...part } }))).lines;
    onProgress((index + 1) / all.length);
  }
  return { importId, lines: sent };
}
