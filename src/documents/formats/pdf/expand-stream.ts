import { createInflate } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { decodeAscii85, decodeHex, decodeRunLengths } from './decode-text-filters.ts';
import { expandLzw } from './expand-lzw.ts';

/** Where a stream's data is, and what its dictionary says. */
export interface PdfStream {
  dictionary: string;
  dictionaryAt: number;
  dataAt: number;
  /** Bytes up to the next `endstream`. */
  length: number;
}

export interface ExpandedStream {
  bytes: number;
  /** What came out, where it is XML and says nothing else of itself. */
  xml: Uint8Array | undefined;
}

export const filterPattern = /\/Filter\s*(\[[^\]]{0,200}\]|\/\w+)/;
/** Deflate gives at most 1,032 bytes for each byte. */
export const mostDeflateRatio = 1_032;
const mostXmlBytes = 16_777_216;
/** More filters after each other are made to deceive. */
const mostFilters = 8;

/** Filters that give about what they take (ISO 32000-1, 7.4), by their names and abbreviations. */
const plainFilters: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> = {
  A85: decodeAscii85,
  ASCII85: decodeAscii85,
  AHx: decodeHex,
  ASCIIHex: decodeHex,
  RL: decodeRunLengths,
  RunLength: decodeRunLengths,
};

/**
 * Counts what comes out of a stream, through all its filters. Where they cannot be told from its
 * dictionary, its first bytes are looked at.
 *
 * @throws {UnreadableError} when a limit of the budget is reached.
 */
export async function countExpanded(
  data: Buffer,
  { dictionary, length }: PdfStream,
  budget: ReadBudget,
): Promise<ExpandedStream> {
  const filters = readFilters(dictionary).slice(0, mostFilters);
  const mayBeXml = !/\/(?:Type\s*\/(?!EmbeddedFile)|Subtype\b)/.test(dictionary);
  const taker = new ExpandedBytes({ bytesIn: length, budget });
  let current: Uint8Array =
    filters.length === 0 || isDeflated(data) ? data : data.subarray(0, length);
  if (filters.length === 0 && isDeflated(data)) filters.push('Flate');
  if (filters.length === 0) {
    const isXml = mayBeXml && beginsAsXml(data);
    return { bytes: 0, xml: isXml ? data.subarray(0, Math.min(length, mostXmlBytes)) : undefined };
  }
  for (const [index, filter] of filters.entries()) {
    taker.begin({ keeps: index < filters.length - 1, keepsXml: mayBeXml });
    const decode = plainFilters[filter];
    if (decode !== undefined) taker.take(decode(current));
    else if (/^(?:Fl|Flate)$/.test(filter)) await inflate(current, taker);
    else if (filter === 'LZW') expandLzw(current, (piece) => taker.take(piece));
    // A key's, or of a codec for images, which gives nothing to read.
    else break;
    current = taker.kept();
  }
  return { bytes: taker.bytes, xml: mayBeXml && beginsAsXml(current) ? current : undefined };
}

function readFilters(dictionary: string): string[] {
  const [, names = ''] = filterPattern.exec(dictionary) ?? [];
  return [...names.matchAll(/\/(\w+)/g)].map(([, name = '']) => name.replace(/Decode$/, ''));
}

function beginsAsXml(data: Uint8Array): boolean {
  return data[0] === 0x3c || (data[0] === 0x0a && data[1] === 0x3c);
}

/** The header of RFC 1950, section 2.2, as the library asks for it. */
function isDeflated(data: Uint8Array): boolean {
  const [method = 0, flags = 0] = data;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

interface Keeping {
  /** Keeps what comes, for the next filter. */
  keeps: boolean;
  /** Keeps it only where it begins as XML. */
  keepsXml: boolean;
}

/** Counts what comes out of a stream, against the budget. */
class ExpandedBytes {
  readonly #bytesIn: number;
  readonly #budget: ReadBudget;
  #keeping: Keeping = { keeps: false, keepsXml: false };
  #pieces: Uint8Array[] = [];
  /** Out of the filter that is at work. */
  #current = 0;
  bytes = 0;

  constructor({ bytesIn, budget }: { bytesIn: number; budget: ReadBudget }) {
    this.#bytesIn = bytesIn;
    this.#budget = budget;
  }

  begin(keeping: Keeping): void {
    this.#keeping = keeping;
    this.#pieces = [];
    this.#current = 0;
  }

  take(piece: Uint8Array): void {
    const { keeps, keepsXml } = this.#keeping;
    const isXml = keepsXml && (this.#current > 0 ? this.#pieces.length > 0 : beginsAsXml(piece));
    this.#current += piece.length;
    this.bytes += piece.length;
    this.#budget.takeExpanded(piece.length);
    this.#budget.checkRatio(this.#bytesIn, this.#current);
    // The library holds a stream as a whole, and at times twice.
    this.#budget.checkHeld(this.#current * 2);
    if (keeps || (isXml && this.#current <= mostXmlBytes)) this.#pieces.push(piece.slice());
  }

  kept(): Uint8Array {
    return Buffer.concat(this.#pieces);
  }
}

/** Broken data ends it, as it ends in the library. */
async function inflate(data: Uint8Array, taker: ExpandedBytes): Promise<void> {
  const stream = createInflate({ chunkSize: 65_536 });
  stream.end(data);
  const chunks = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch(() => undefined);
      if (next === undefined || next.done === true) return;
      taker.take(next.value as Uint8Array);
    }
  } finally {
    stream.destroy();
  }
}
