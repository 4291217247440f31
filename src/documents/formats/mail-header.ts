import { decodeMailWords } from './mail-words.ts';
import { type MimeValue, parseMimeValue } from './mime-parameters.ts';
import { lineEndLength } from './transfer-decoding.ts';

/** Where lines come from, each with its end; undefined after the last. */
export interface MailLines {
  next(): Promise<Buffer | undefined>;
  giveBack(line: Buffer): void;
}

/** What the header of a message or a part of one says about its content (RFC 2045). */
export interface MailHeader {
  contentType: MimeValue;
  disposition: MimeValue;
  /** In lower case. */
  encoding: string;
}

/** A longer field comes in pieces of the same name. */
const mostFieldBytes = 262_144;
const fieldName = /^([!-9;-~]{1,100})[ \t]*:/;

/**
 * Reads a header (RFC 5322, section 2.2) to the empty line after it, or to a line that is no field
 * and so is content already. Each field is handed on decoded, with its name in lower case and as
 * it is written.
 */
export async function readMailHeader(
  lines: MailLines,
  onField: (name: string, field: string) => void,
): Promise<MailHeader> {
  const structured = new Map<string, Buffer>();
  let pieces: Buffer[] = [];
  let size = 0;
  let name = '';
  const finishField = (): void => {
    if (pieces.length === 0) return;
    const bytes = Buffer.concat(pieces);
    const value = bytes.subarray(bytes.indexOf(':') + 1);
    const key = name.toLowerCase();
    if (key.startsWith('content-') && !structured.has(key)) structured.set(key, value);
    onField(key, `${name}: ${decodeMailWords(value).replace(/\s+/g, ' ').trim()}`);
    pieces = [];
    size = 0;
  };
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    const text = line.subarray(0, line.length - lineEndLength(line));
    if (text.length === 0) break;
    const isFolded = text[0] === 0x20 || text[0] === 0x09;
    if (!isFolded || size > mostFieldBytes) {
      finishField();
      const start = fieldName.exec(text.toString('latin1', 0, 128));
      if (start === null && !isFolded) {
        lines.giveBack(line);
        break;
      }
      if (!isFolded) name = start?.[1] ?? '';
      else pieces.push(Buffer.from(':'));
    }
    pieces.push(text);
    size += text.length;
  }
  finishField();
  const readValue = (field: string): MimeValue =>
    parseMimeValue(structured.get(field) ?? Buffer.alloc(0));
  return {
    contentType: readValue('content-type'),
    disposition: readValue('content-disposition'),
    encoding: readValue('content-transfer-encoding').value,
  };
}
