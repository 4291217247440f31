import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A PDF file of the objects, numbered from 1; the first is the catalogue. */
export function buildPdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const pieces = [latin('%PDF-1.4\n')];
  const offsets: number[] = [];
  let at = pieces[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const content = typeof object === 'string' ? latin(object) : object;
    const piece = Buffer.concat([latin(`${index + 1} 0 obj\n`), content, latin('\nendobj\n')]);
    offsets.push(at);
    at += piece.length;
    pieces.push(piece);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  pieces.push(
    latin(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}` +
        `trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

/** A stream object. */
export function pdfStream(data: string | Uint8Array, entries = ''): Buffer {
  const content = typeof data === 'string' ? latin(data) : data;
  return Buffer.concat([
    latin(`<</Length ${content.length}${entries}>>\nstream\n`),
    content,
    latin('\nendstream'),
  ]);
}

export function deflatedStream(data: string | Uint8Array, entries = ''): Buffer {
  return pdfStream(deflateSync(data, { level: 9 }), `${entries}/Filter/FlateDecode`);
}

export const font = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>';

/** A page with the entries; its parent is object 2, its font F1 object 3. */
export function pdfPage(entries: string, resources = ''): string {
  return (
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]' +
    `/Resources<</Font<</F1 3 0 R>>${resources}>>${entries}>>`
  );
}

export interface PageSource {
  content: string | Buffer;
  entries?: string;
  resources?: string;
}

export interface PdfOptions {
  /** Entries of the catalogue. */
  catalog?: string;
  trailer?: string;
  /** Objects besides, from `firstExtra` of the number of pages on. */
  extra?: readonly (string | Buffer)[];
}

/** The number of the first of `extra`. */
export const firstExtra = (pages: number): number => 4 + 2 * pages;

/** A PDF with pages whose content is given as operators, or as a whole stream. */
export function buildPages(
  pages: readonly (string | PageSource)[],
  options: PdfOptions = {},
): Buffer {
  const sources = pages.map((page) => (typeof page === 'string' ? { content: page } : page));
  const kids = sources.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  return buildPdf(
    [
      `<</Type/Catalog/Pages 2 0 R${options.catalog ?? ''}>>`,
      `<</Type/Pages/Kids[${kids}]/Count ${sources.length}>>`,
      font,
      ...sources.flatMap(({ content, entries = '', resources = '' }: PageSource, index) => [
        pdfPage(`/Contents ${5 + 2 * index} 0 R${entries}`, resources),
        typeof content === 'string' ? pdfStream(content) : content,
      ]),
      ...(options.extra ?? []),
    ],
    options.trailer,
  );
}

/** Operators that show a text, by default near the top of a page. */
export function showText(text: string, x = 50, y = 700, size = 12): string {
  return `BT /F1 ${size} Tf ${x} ${y} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET\n`;
}

/** A PDF whose one page says the text, encrypted by a password (ISO 32000-1, 7.6.3, revision 2). */
export function buildEncrypted(text: string, password: string): Buffer {
  const padding = Buffer.from(
    '28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A',
    'hex',
  );
  const padded = Buffer.concat([latin(password), padding]).subarray(0, 32);
  const id = latin('0123456789abcdef');
  const owner = rc4(md5(padding).subarray(0, 5), padded);
  const key = md5(padded, owner, Buffer.from('fcffffff', 'hex'), id).subarray(0, 5);
  const user = rc4(key, padding);
  // The content is object 5.
  const content = rc4(
    md5(key, Buffer.from('0500000000', 'hex')).subarray(0, 10),
    latin(showText(text)),
  );
  const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;
  return buildPages([{ content: pdfStream(content) }], {
    trailer: `/Encrypt 6 0 R/ID[${hex(id)}${hex(id)}]`,
    extra: [`<</Filter/Standard/V 1/R 2/O${hex(owner)}/U${hex(user)}/P -4>>`],
  });
}

function md5(...pieces: readonly Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(pieces)).digest();
}

/** RFC 6229 has its vectors; nothing newer reads what old writers made. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  let second = 0;
  for (let first = 0; first < 256; first++) {
    second = (second + (state[first] ?? 0) + (key[first % key.length] ?? 0)) & 255;
    swap(state, first, second);
  }
  let first = 0;
  second = 0;
  return data.map((byte) => {
    first = (first + 1) & 255;
    second = (second + (state[first] ?? 0)) & 255;
    swap(state, first, second);
    return byte ^ (state[((state[first] ?? 0) + (state[second] ?? 0)) & 255] ?? 0);
  }) as Buffer;
}

function swap(state: Uint8Array, first: number, second: number): void {
  const held = state[first] ?? 0;
  state[first] = state[second] ?? 0;
  state[second] = held;
}
