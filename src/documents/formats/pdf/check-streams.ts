import { ReadBudget } from '../../read-budget.ts';
import { countExpanded, filterPattern, mostDeflateRatio, type PdfStream } from './expand-stream.ts';

/** How far before `stream` its dictionary is looked for, and how far after it its line may end. */
const dictionaryBytes = 16_384;
const lineBytes = 4_096;
/** Beyond, an image is emptied. */
const imageLimits = { expandedBytes: 33_554_432, ratio: 50, ratioFromBytes: 1_048_576 };

const hexFilter = '/AHx';
/** RFC 1950 and 1951: one stored byte. */
const deflatedParenthesis = Uint8Array.of(0x78, 1, 1, 1, 0, 0xfe, 0xff, 0x29, 0, 0x2a, 0, 0x2a);

export interface CheckedStreams {
  images: PdfImages;
  /** Forms of the XML Forms Architecture, or packets of one. */
  xfa: Uint8Array[];
}

/** What images a file has. */
export interface PdfImages {
  /** Whether there is one whose size cannot be changed. */
  hasLarge: boolean;
  /** Copies of those that are JPEG files as they are, where they are asked for. */
  jpegs: Uint8Array[];
  /** Whether there are any besides. */
  hasOthers: boolean;
}

/**
 * Goes over the streams of a PDF file (ISO 32000-1, 7.3.8) before the library sees it, which
 * expands each in memory without a limit. Compressed ones are expanded once, and counted. Images
 * are changed in place to be a pixel wide and high, and those of a codec, or of much in little, to
 * hold what is no page: whoever shows one as a page's content has a page that is broken.
 *
 * @throws {UnreadableError} `ratio` or `too_large`.
 */
export async function checkStreams(
  file: Uint8Array,
  { budget, keepsJpegs }: { budget: ReadBudget; keepsJpegs: boolean },
): Promise<CheckedStreams> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const images: PdfImages = { hasLarge: false, jpegs: [], hasOthers: false };
  const xfa: Uint8Array[] = [];
  let expanded = 0;
  for (const stream of listStreams(bytes, budget)) {
    const data = bytes.subarray(stream.dataAt);
    if (!isImage(stream.dictionary)) {
      const { bytes: more, xml } = await countExpanded(data, stream, budget);
      expanded += more;
      if (xml !== undefined && isXfa(xml)) xfa.push(Uint8Array.from(xml));
      // Streams may lie in each other: together they are held to the same.
      budget.checkRatio(bytes.length, expanded);
      continue;
    }
    if (keepsJpegs && isJpeg(data, stream)) {
      images.jpegs.push(Uint8Array.from(data.subarray(0, stream.length)));
    } else {
      images.hasOthers = true;
    }
    if (!shrinkImage(bytes, stream)) images.hasLarge = true;
    if (await isHarmful(data, stream, budget)) emptyImage(bytes, stream);
  }
  return { images, xfa };
}

function* listStreams(bytes: Buffer, budget: ReadBudget): Iterable<PdfStream> {
  let end = -1;
  let before = 0;
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    budget.checkTime();
    const isEnd = bytes.toString('latin1', Math.max(0, at - 3), at) === 'end';
    const dataAt = isEnd ? -1 : findNextLine(bytes, at + 6);
    if (dataAt >= 0) {
      if (end < dataAt) end = bytes.indexOf('endstream', dataAt);
      if (end < 0) end = bytes.length;
      const from = Math.max(before, at - dictionaryBytes);
      const text = bytes.toString('latin1', from, at);
      const start = text.lastIndexOf('obj') + 1;
      const dictionary = text.slice(start);
      yield { dictionary, dictionaryAt: from + start, dataAt, length: end - dataAt };
    }
    before = at + 6;
  }
}

/** The start of the next line, as the library finds it; -1 when none is near. */
function findNextLine(bytes: Buffer, from: number): number {
  const to = Math.min(bytes.length, from + lineBytes);
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0x0a) return at + 1;
    if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? at + 2 : at + 1;
  }
  return -1;
}

/** The packets with a form's texts and with what was filled in (XFA 3.3, chapter 2). */
function isXfa(xml: Uint8Array): boolean {
  const start = Buffer.from(xml.subarray(0, 1_024)).toString('latin1');
  return /^\s*(?:<\?xml[^>]*>\s*)?<(?:xdp:xdp|(?:\w+:)?(?:template|datasets))\b/.test(start);
}

function isImage(dictionary: string): boolean {
  return /\/Subtype\s*\/Image\b/.test(dictionary) && /\/Width\b/.test(dictionary);
}

/** Whether a stream is a JPEG file (ISO 32000-1, 7.4.8): no filter before that one, and not encrypted. */
function isJpeg(data: Buffer, { dictionary }: PdfStream): boolean {
  const isFiltered = /\/Filter\s*(?:\[\s*)?\/(?:DCTDecode|DCT)\b/.test(dictionary);
  return isFiltered && data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff;
}

/** Returns whether it could be done: width and height are in the dictionary itself. */
function shrinkImage(bytes: Buffer, { dictionary, dictionaryAt }: PdfStream): boolean {
  const sizes = [...dictionary.matchAll(/(\/(?:Width|Height)\s+)(\d+)(?!\d*\s+\d+\s+R)(?!\d)/g)];
  for (const { 1: key = '', 2: digits = '', index } of sizes) {
    bytes.write('1'.padStart(digits.length, '0'), dictionaryAt + index + key.length, 'latin1');
  }
  return sizes.length >= 2;
}

/** Whether an image is of a codec for images, or gives more than is looked at. */
async function isHarmful(data: Buffer, stream: PdfStream, budget: ReadBudget): Promise<boolean> {
  if (/\/(?:CCITTFaxDecode|CCF|DCTDecode|DCT|JBIG2Decode|JPXDecode)\b/.test(stream.dictionary)) {
    return true;
  }
  if (stream.length * mostDeflateRatio <= budget.limits.ratioFromBytes) return false;
  const limits = { ...budget.limits, ...imageLimits };
  try {
    // Images are no text, and no expense of the document's own budget.
    await countExpanded(data, stream, new ReadBudget(limits));
    return false;
  } catch {
    return true;
  }
}

/** Puts what no page can begin with in place of an image: a closing parenthesis. */
function emptyImage(bytes: Buffer, stream: PdfStream): void {
  const { dictionary, dictionaryAt, dataAt, length } = stream;
  const filter = filterPattern.exec(dictionary);
  const value = filter?.[1] ?? '';
  if (filter !== null && value.length >= hexFilter.length) {
    const at = dictionaryAt + filter.index + filter[0].length - value.length;
    bytes.write(hexFilter.padEnd(value.length), at, 'latin1');
    bytes.write('29>', dataAt, 'latin1');
  } else if (length >= deflatedParenthesis.length) {
    bytes.set(deflatedParenthesis, dataAt);
  }
}
