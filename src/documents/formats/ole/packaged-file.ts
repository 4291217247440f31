import { ByteCursor, beforeNul } from './byte-cursor.ts';

/** A file that was put into a document as an object. */
export interface PackagedFile {
  /** What the object is labelled with, and the paths it came from. */
  names: string[];
  content: Uint8Array;
}

const fileSign = 2;

/**
 * Reads a `\x01Ole10Native` stream ([MS-OLEDS] 2.3.6): a file as the packager of Windows keeps it
 * (names in the code page of the writer, then again in UTF-16), else the data alone.
 *
 * @throws {RangeError} when it is cut.
 */
export function readPackagedFile(bytes: Uint8Array): PackagedFile {
  const cursor = new ByteCursor(bytes);
  const size = cursor.uint32();
  const rest = bytes.subarray(4, Math.min(4 + size, bytes.length));
  if (cursor.left < 2 || cursor.uint16() !== fileSign) return { names: [], content: rest };
  try {
    const names = [cursor.untilNulText(1252), cursor.untilNulText(1252)];
    cursor.at += 4;
    names.push(beforeNul(Buffer.from(cursor.take(cursor.uint32())).toString('latin1')));
    const length = cursor.uint32();
    const content = cursor.take(Math.min(length, cursor.left));
    return { names: readWideNames(cursor) ?? names, content };
  } catch (error) {
    if (error instanceof RangeError) return { names: [], content: rest };
    throw error;
  }
}

function readWideNames(cursor: ByteCursor): string[] | undefined {
  try {
    const command = cursor.utf16(cursor.uint32());
    const label = cursor.utf16(cursor.uint32());
    const path = cursor.utf16(cursor.uint32());
    return label === '' ? undefined : [label, path, command].map(beforeNul);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
