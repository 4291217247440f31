import type { Reader } from '../reader.ts';
import { decodeStrings } from './decode-strings.ts';
import { LineReader } from './line-reader.ts';
import { decodeCharset } from './mail-words.ts';
import { lineEndLength, QuotedPrintableDecoding } from './transfer-decoding.ts';

const mostFieldBytes = 262_144;

/**
 * Calendars and contacts: a field a line, where it was folded (RFC 5545, section 3.1; RFC 6350,
 * section 3.2). Of vCard 2.1 what is quoted-printable is decoded; `\n` and `\,` of values are what
 * they stand for. Pictures in base64 are read as documents inside.
 */
export const readFoldedText: Reader = async (source, sink, { budget }) => {
  sink.startPart({});
  const utf8 = encodeStrings(decodeStrings(source.head, source.stream(), { sink }));
  const lines = new LineReader(utf8, budget);
  let embedded = 0;
  const writeField = async (field: Buffer[]): Promise<void> => {
    const { text, bytes } = decodeField(field);
    sink.write(`${text}\n`);
    if (bytes === undefined) return;
    embedded += 1;
    await sink.readInner(`embedded ${embedded}`, bytes);
    sink.startPart({});
  };
  let field: Buffer[] = [];
  let size = 0;
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    const isFolded = line[0] === 0x20 || line[0] === 0x09;
    const isSoft = isQuotedPrintable(field) && field.at(-1)?.at(-1) === 0x3d;
    if ((!isFolded && !isSoft) || size > mostFieldBytes) {
      if (field.length > 0) await writeField(field);
      field = [];
      size = 0;
    }
    const content = line.subarray(0, line.length - lineEndLength(line));
    field.push(isFolded && field.length > 0 && !isSoft ? content.subarray(1) : content);
    size += line.length;
  }
  if (field.length > 0) await writeField(field);
};

async function* encodeStrings(strings: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of strings) yield Buffer.from(text);
}

function isQuotedPrintable(field: readonly Buffer[]): boolean {
  return /^[^:]*ENCODING=QUOTED-PRINTABLE/i.test(field[0]?.toString('latin1', 0, 200) ?? '');
}

/** A field's text; the bytes in it, when it holds some. */
function decodeField(field: readonly Buffer[]): { text: string; bytes?: Uint8Array } {
  if (isQuotedPrintable(field)) return { text: decodeQuotedPrintable(field) };
  const text = Buffer.concat(field).toString();
  const start = text.slice(0, 300);
  const binary = /^[^:]*;(?:ENCODING=)?(?:b|BASE64)\b[^:]*:/i.exec(start);
  const url = /^[^:]*:data:[^,]{0,100};base64,/i.exec(start);
  const prefix = binary?.[0] ?? url?.[0];
  if (prefix !== undefined) {
    const bytes = Buffer.from(text.slice(prefix.length), 'base64');
    if (bytes.length > 0) return { text: prefix, bytes: new Uint8Array(bytes) };
  }
  return { text: unescapeValue(text) };
}

function decodeQuotedPrintable(field: readonly Buffer[]): string {
  const whole = Buffer.concat(
    field.map((line) => (line.at(-1) === 0x3d ? line.subarray(0, -1) : line)),
  );
  const colon = whole.indexOf(':') + 1;
  const name = whole.toString('utf8', 0, colon);
  const decoding = new QuotedPrintableDecoding();
  const value = Buffer.concat([decoding.push(whole.subarray(colon)), decoding.finish()]);
  const charset = /CHARSET=([\w-]{1,40})/i.exec(name)?.[1];
  return name.replace(/;ENCODING=QUOTED-PRINTABLE/i, '') + decodeCharset(value, charset);
}

function unescapeValue(text: string): string {
  return text.replace(/\\([nN,;\\])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
}
