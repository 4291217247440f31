import { UnreadableError } from '../../reader.ts';
import { codePageOfLanguage } from '../language-code-pages.ts';

/** Where something is in a stream, in bytes. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** Stories of a document in the order their text is kept ([MS-DOC] 2.4.1), in characters. */
export interface StoryLengths {
  body: number;
  footnotes: number;
  headers: number;
  macros: number;
  comments: number;
  endnotes: number;
  textBoxes: number;
  headerTextBoxes: number;
}

/** What the file information block of a document says of the rest ([MS-DOC] 2.5). */
export interface FileInformation {
  isEncrypted: boolean;
  /** Text and tables are in one stream, as in Word 6 and 95. */
  isOld: boolean;
  tableStream: string;
  codePage: number;
  stories: StoryLengths;
  /** The text itself, where no table of pieces says otherwise. */
  text: ByteRange;
  hasWideText: boolean;
  pieceTable: ByteRange;
  /** Where each header and footer begins. */
  headerTable: ByteRange;
  commentAuthors: ByteRange;
  styles: ByteRange;
  /** Which pages of the stream have the properties of which text, and of which paragraphs. */
  characterPages: ByteRange;
  paragraphPages: ByteRange;
  /** What lists look like, followed by their levels. */
  listDefinitions: ByteRange;
  lists: ByteRange;
}

const word97 = 0xa5ec;
const word6 = 0xa5dc;
/** Numbers of fields in the block's table of offsets and lengths. */
const field = {
  styles: 1,
  headers: 11,
  characterPages: 12,
  paragraphPages: 13,
  pieces: 33,
  commentAuthors: 36,
  listDefinitions: 73,
  lists: 74,
} as const;

/** @throws {UnreadableError} `corrupt`, or unsupported when it is older than Word 6. */
export function readFileInformation(bytes: Uint8Array): FileInformation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 0x200) throw new UnreadableError('corrupt');
  const sign = view.getUint16(0, true);
  const version = view.getUint16(2, true);
  if (sign !== word97 && sign !== word6) throw new UnreadableError('corrupt');
  if (version < 101) throw new UnreadableError('unsupported:application/msword');
  const isOld = version < 193;
  const language = view.getUint16(6, true);
  const flags = view.getUint16(0x0a, true);
  const lengthAt = (offset: number): number => Math.max(view.getInt32(offset, true), 0);
  const rangeAt = (number: number): ByteRange => {
    const at = (isOld ? 0x58 : 0x9a) + number * 8;
    if (at + 8 > bytes.length) return { offset: 0, length: 0 };
    return { offset: view.getUint32(at, true), length: view.getUint32(at + 4, true) };
  };
  // Word 6 has the same tables in other forms.
  const newRangeAt = (number: number): ByteRange =>
    isOld ? { offset: 0, length: 0 } : rangeAt(number);
  const lengths = isOld ? 0x34 : 0x4c;
  const textStart = view.getUint32(0x18, true);
  return {
    isEncrypted: (flags & 0x0100) !== 0,
    isOld,
    tableStream: (flags & 0x0200) === 0 ? '0Table' : '1Table',
    codePage: isOld ? codePageOfLanguage(language) : 1252,
    stories: {
      body: lengthAt(lengths),
      footnotes: lengthAt(lengths + 4),
      headers: lengthAt(lengths + 8),
      macros: lengthAt(lengths + 12),
      comments: lengthAt(lengths + 16),
      endnotes: lengthAt(lengths + 20),
      textBoxes: lengthAt(lengths + 24),
      headerTextBoxes: lengthAt(lengths + 28),
    },
    text: {
      offset: textStart,
      length: Math.max(view.getUint32(0x1c, true) - textStart, 0),
    },
    hasWideText: (flags & 0x1000) !== 0 && isOld,
    pieceTable: rangeAt(field.pieces),
    headerTable: rangeAt(field.headers),
    commentAuthors: newRangeAt(field.commentAuthors),
    styles: newRangeAt(field.styles),
    characterPages: newRangeAt(field.characterPages),
    paragraphPages: newRangeAt(field.paragraphPages),
    listDefinitions: newRangeAt(field.listDefinitions),
    lists: newRangeAt(field.lists),
  };
}

/** The bytes of a range, as far as they are there. */
export function bytesIn(bytes: Uint8Array, { offset, length }: ByteRange): Uint8Array {
  const start = Math.min(offset, bytes.length);
  return bytes.subarray(start, Math.min(start + length, bytes.length));
}
