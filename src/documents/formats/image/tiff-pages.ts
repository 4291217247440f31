import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import type { PictureSize } from './picture-size.ts';

/** A page of a TIFF file, by where its directory is. */
export interface TiffPage extends PictureSize {
  directoryAt: number;
}

const subfileTag = 254;
const widthTag = 256;
const heightTag = 257;
/** A smaller copy of another page (TIFF 6.0, section 8, `NewSubfileType`). */
const reducedFlag = 1;
const shortType = 3;

/**
 * Lists the pages of a TIFF file (TIFF 6.0, section 2), each directory once, wherever it leads.
 *
 * @throws {UnreadableError} `corrupt` when directories lie in each other; `too_many`, `timeout`.
 */
export function listTiffPages(bytes: Uint8Array, budget: ReadBudget): TiffPage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = isLittleEndian(bytes);
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let left = 2 * bytes.length;
  if (bytes.length < 8) return pages;
  for (let at = view.getUint32(4, littleEndian); at >= 8 && !seen.has(at); ) {
    budget.checkTime();
    seen.add(at);
    budget.checkPages(seen.size);
    if (at + 2 > bytes.length) break;
    const end = at + 2 + 12 * view.getUint16(at, littleEndian);
    if (end > bytes.length) break;
    left -= end - at;
    if (left < 0) throw new UnreadableError('corrupt');
    const numberOf = (tag: number): number => readNumber(view, { at: at + 2, end, tag });
    const size = { width: numberOf(widthTag), height: numberOf(heightTag) };
    const isCopy = pages.length > 0 && (numberOf(subfileTag) & reducedFlag) !== 0;
    if (size.width > 0 && size.height > 0 && !isCopy) pages.push({ ...size, directoryAt: at });
    if (end + 4 > bytes.length) break;
    at = view.getUint32(end, littleEndian);
  }
  return pages;
}

/** Makes a page the first of its file, for those who read no other. */
export function turnToPage(bytes: Uint8Array, { directoryAt }: TiffPage): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(4, directoryAt, isLittleEndian(bytes));
}

/** The largest that the directory gives for a tag, 0 without one. */
function readNumber(view: DataView, where: { at: number; end: number; tag: number }): number {
  const littleEndian = view.getUint8(0) === 0x49;
  let most = 0;
  for (let { at } = where; at < where.end; at += 12) {
    if (view.getUint16(at, littleEndian) !== where.tag) continue;
    const isShort = view.getUint16(at + 2, littleEndian) === shortType;
    const value = isShort
      ? view.getUint16(at + 8, littleEndian)
      : view.getUint32(at + 8, littleEndian);
    most = Math.max(most, value);
  }
  return most;
}

function isLittleEndian(bytes: Uint8Array): boolean {
  return bytes[0] === 0x49;
}
