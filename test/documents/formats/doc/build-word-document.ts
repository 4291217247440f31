import { bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile, type Tree } from '../ole/build-compound-file.ts';

const { u16, u32, join } = bytes;

export interface WordFixture {
  body?: string;
  footnotes?: string;
  /** Six separators, then even and odd header, even and odd footer, first header and footer. */
  headers?: string[];
  comments?: string;
  endnotes?: string;
  textBoxes?: string;
  /** Where the second piece begins, which is in UTF-16 and comes first in the stream. */
  splitAt?: number;
  isEncrypted?: boolean;
  author?: string;
  /** Modifiers of the body's paragraphs in their order, for a document in one piece. */
  paragraphs?: { text: string; style?: number; modifiers?: Buffer }[];
  /** Modifiers of stretches of the text, for a document in one piece. */
  runs?: { length: number; modifiers?: Buffer }[];
  /** Tables of styles, definitions of lists with the levels after it, and lists. */
  styles?: Buffer;
  listDefinitions?: { table: Buffer; levels: Buffer };
  lists?: Buffer;
  more?: Tree;
}

const textStart = 0x800;
/** Of 512 bytes, within what the file information block leaves free. */
const propertiesPage = 2;
const charactersPage = 3;

/** Properties of paragraphs ([MS-DOC] 2.9.174). */
function buildPropertiesPage(paragraphs: NonNullable<WordFixture['paragraphs']>): Buffer {
  const page = Buffer.alloc(512);
  let position = textStart;
  let free = 510;
  for (const [n, { text, style = 0, modifiers = Buffer.alloc(0) }] of paragraphs.entries()) {
    page.writeUInt32LE(position, n * 4);
    position += text.length;
    const words = Math.ceil((modifiers.length + 3) / 2);
    free -= (words * 2 + 1) & ~1;
    page.set(join(bytes.u8(words), u16(style), modifiers), free);
    page[(paragraphs.length + 1) * 4 + n * 13] = free / 2;
  }
  page.writeUInt32LE(position, paragraphs.length * 4);
  page[511] = paragraphs.length;
  return page;
}

/** Properties of characters ([MS-DOC] 2.9.33). */
function buildCharactersPage(runs: NonNullable<WordFixture['runs']>): Buffer {
  const page = Buffer.alloc(512);
  let position = textStart;
  let free = 510;
  for (const [n, { length, modifiers }] of runs.entries()) {
    page.writeUInt32LE(position, n * 4);
    position += length;
    if (modifiers === undefined) continue;
    free -= (modifiers.length + 2) & ~1;
    page.set(join(bytes.u8(modifiers.length), modifiers), free);
    page[(runs.length + 1) * 4 + n] = free / 2;
  }
  page.writeUInt32LE(position, runs.length * 4);
  page[511] = runs.length;
  return page;
}

/** A document of Word 97 ([MS-DOC]) in two pieces, one of a byte a character and one of two. */
export function buildWordDocument(fixture: WordFixture): Uint8Array {
  const { paragraphs = [] } = fixture;
  const {
    body = paragraphs.map(({ text }) => text).join(''),
    footnotes = '',
    headers = [],
    comments = '',
    endnotes = '',
  } = fixture;
  const { textBoxes = '', author, more = {} } = fixture;
  const headerText = headers.join('');
  const text = body + footnotes + headerText + comments + endnotes + textBoxes;
  const splitAt = fixture.splitAt ?? text.length;
  const wide = bytes.utf16(text.slice(splitAt));
  const narrow = bytes.latin1(text.slice(0, splitAt));
  const pieces = join(
    u32(0, splitAt, text.length),
    u16(0),
    u32((((textStart + wide.length) * 2) | 0x40000000) >>> 0),
    u16(0, 0),
    u32(textStart),
    u16(0),
  );
  const modifiers = join(bytes.u8(1), u16(3), bytes.u8(9, 9, 9));
  const clx = join(modifiers, bytes.u8(2), u32(pieces.length), pieces);
  let position = 0;
  const positions = headers.map((header) => {
    position += header.length;
    return position;
  });
  const headerTable = u32(0, ...positions);
  const authors =
    author === undefined ? Buffer.alloc(0) : join(u16(author.length), bytes.utf16(author));
  const fib = Buffer.alloc(textStart);
  fib.writeUInt16LE(0xa5ec, 0);
  fib.writeUInt16LE(193, 2);
  fib.writeUInt16LE(0x0200 | (fixture.isEncrypted === true ? 0x0100 : 0), 0x0a);
  const stories = [body, footnotes, headerText, '', comments, endnotes, textBoxes, ''];
  for (const [n, story] of stories.entries()) fib.writeUInt32LE(story.length, 0x4c + n * 4);
  const table: Buffer[] = [];
  let offset = 0;
  const place = (field: number, content: Buffer): void => {
    fib.writeUInt32LE(offset, 0x9a + field * 8);
    fib.writeUInt32LE(content.length, 0x9a + field * 8 + 4);
    table.push(content);
    offset += content.length;
  };
  place(11, headerTable);
  place(33, clx);
  place(36, authors);
  if (fixture.styles !== undefined) place(1, fixture.styles);
  if (fixture.listDefinitions !== undefined) {
    place(73, fixture.listDefinitions.table);
    table.push(fixture.listDefinitions.levels);
    offset += fixture.listDefinitions.levels.length;
  }
  if (fixture.lists !== undefined) place(74, fixture.lists);
  if (paragraphs.length > 0) {
    place(13, u32(textStart, textStart + text.length, propertiesPage));
    fib.set(buildPropertiesPage(paragraphs), propertiesPage * 512);
  }
  if (fixture.runs !== undefined) {
    place(12, u32(textStart, textStart + text.length, charactersPage));
    fib.set(buildCharactersPage(fixture.runs), charactersPage * 512);
  }
  const stream = join(fib, wide, narrow);
  return buildCompoundFile({ WordDocument: stream, '1Table': join(...table), ...more });
}

/** A document of Word 6, whose text is in one place and in a code page. */
export function buildOldWordDocument(text: Uint8Array, language: number): Uint8Array {
  const fib = Buffer.alloc(0x300);
  fib.writeUInt16LE(0xa5dc, 0);
  fib.writeUInt16LE(101, 2);
  fib.writeUInt16LE(language, 6);
  fib.writeUInt32LE(0x300, 0x18);
  fib.writeUInt32LE(0x300 + text.length, 0x1c);
  fib.writeUInt32LE(text.length, 0x34);
  return buildCompoundFile({ WordDocument: join(fib, text) });
}
