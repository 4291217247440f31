import type { ReadBudget } from '../../read-budget.ts';
import type { Problem } from '../../reader.ts';
import { type ZipEntry, ZipHeaders, type ZipRange } from './zip-headers.ts';
import { decodeZipText } from './zip-names.ts';

/** What the headers of a ZIP tell. */
export interface ZipDirectory {
  comment: string;
  entries: readonly ZipEntry[];
  /** Entries with a local header that the directory does not list, such as older versions. */
  unlisted: readonly ZipEntry[];
  /** Where the archive ends; there may be more behind it. */
  end: number;
  /** Why entries may be missing or wrong; null when all is as it should be. */
  problem: Problem | null;
}

/** Where the central directory is, and by how much all offsets are off. */
interface DirectoryPlace {
  start: number;
  entries: number;
  shift: number;
  comment: string;
  /** Behind the comment. */
  end: number;
}

const endSignature = 'PK\x05\x06';
const endBytes = 22;
const end64Signature = 0x06064b50;
const end64Bytes = 56;
const locator64Signature = 0x07064b50;
const locator64Bytes = 20;
/** Names and comments of all entries together, in characters. */
const mostCharacters = 33_554_432;
/** Places that look like the directory's end but are not are given up after so many. */
const mostEnds = 1_000;

/**
 * Reads the headers of a ZIP in memory (PKWARE APPNOTE.TXT 6.3.10, 4.3): the central directory,
 * wherever the archive begins, and what local headers in between it does not list. When it is gone
 * these are all there is, and the problem is `corrupt`.
 */
export function readZipDirectory(bytes: Uint8Array, budget: ReadBudget): ZipDirectory {
  const headers = new ZipHeaders(bytes);
  const place = findDirectory(headers);
  const central = place && readCentral(headers, place, budget);
  const { entries, gaps } = refuseOverlaps(central?.entries ?? [], place?.start ?? bytes.length);
  let problem = central === undefined ? 'corrupt' : central.problem;
  const unlisted = new EntryList(budget.limits.entries - entries.length);
  for (const entry of walkAll(headers, gaps, budget)) if (!unlisted.add(entry)) break;
  problem ??= unlisted.problem;
  const { comment = '', end = bytes.length } = place ?? {};
  return { comment, entries, unlisted: unlisted.entries, end, problem };
}

/** Entries as far as they may be held. */
class EntryList {
  readonly entries: ZipEntry[] = [];
  problem: Problem | null = null;
  readonly #most: number;
  #characters = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False when one is too many. */
  add(entry: ZipEntry): boolean {
    this.#characters += entry.name.length + entry.comment.length;
    if (this.entries.length >= this.#most) this.problem = 'too_many';
    else if (this.#characters > mostCharacters) this.problem = 'too_large';
    else this.entries.push(entry);
    return this.problem === null;
  }
}

function* walkAll(
  headers: ZipHeaders,
  gaps: readonly ZipRange[],
  budget: ReadBudget,
): Generator<ZipEntry> {
  for (const gap of gaps) yield* headers.walk(gap, budget);
}

/** The last end record that a directory belongs to. */
function findDirectory(headers: ZipHeaders): DirectoryPlace | undefined {
  let at = headers.bytes.length - endBytes;
  for (let tries = 0; at >= 0 && tries < mostEnds; tries++) {
    at = headers.bytes.lastIndexOf(endSignature, at, 'latin1');
    if (at < 0) return undefined;
    const place = readEnd(headers, at);
    if (place !== undefined) return place;
    at--;
  }
  return undefined;
}

function readEnd(headers: ZipHeaders, at: number): DirectoryPlace | undefined {
  const { bytes, view } = headers;
  const end = at + endBytes + view.getUint16(at + 20, true);
  if (end > bytes.length) return undefined;
  const comment = decodeZipText(bytes.subarray(at + endBytes, end), false);
  const end64 = findEnd64(headers, at);
  const [entries, size, offset] =
    end64 === undefined
      ? [
          view.getUint16(at + 10, true),
          view.getUint32(at + 12, true),
          view.getUint32(at + 16, true),
        ]
      : [
          headers.readUint64(end64 + 32),
          headers.readUint64(end64 + 40),
          headers.readUint64(end64 + 48),
        ];
  const start = (end64 ?? at) - size;
  if (entries === 0 && size === 0) {
    return startsWithEntry(headers) ? undefined : { start, entries, shift: 0, comment, end };
  }
  if (headers.isCentralHeader(start)) {
    // What stands before an archive shifts its offsets. Behind an entry, though, it is the
    // directory of an archive within this one, whose own is gone.
    const shift = start - offset;
    const isInner = shift > 0 && startsWithEntry(headers);
    return isInner ? undefined : { start, entries, shift, comment, end };
  }
  return headers.isCentralHeader(offset)
    ? { start: offset, entries, shift: 0, comment, end }
    : undefined;
}

/** At once, or behind the mark of an archive that was to be split (8.5.4). */
function startsWithEntry(headers: ZipHeaders): boolean {
  return headers.isLocalHeader(0) || headers.isLocalHeader(4);
}

function findEnd64(headers: ZipHeaders, end: number): number | undefined {
  const locator = end - locator64Bytes;
  if (!headers.hasSignature(locator, locator64Signature)) return undefined;
  // The second place is that of an archive with something before it.
  const places = [headers.readUint64(locator + 8), locator - end64Bytes];
  return places.find(
    (at) => at + end64Bytes <= locator && headers.hasSignature(at, end64Signature),
  );
}

function readCentral(
  headers: ZipHeaders,
  { start, entries: told, shift }: DirectoryPlace,
  budget: ReadBudget,
): { entries: ZipEntry[]; problem: Problem | null } {
  const list = new EntryList(budget.limits.entries);
  const { entries } = list;
  for (let at = start; ; ) {
    budget.checkTime();
    const header = headers.readCentral(at, shift);
    if (header === undefined) break;
    if (!list.add(header.entry)) return list;
    at = header.end;
  }
  // Writers without zip64 count modulo 65,536.
  const isWhole = entries.length % 65_536 === told % 65_536;
  return { entries, problem: isWhole ? null : 'corrupt' };
}

/**
 * Bytes are read for one entry only: of entries that lie over each other – a bomb that expands the
 * same bytes again and again – only the first can be read. Also gives what none covers before `end`.
 */
function refuseOverlaps(
  listed: readonly ZipEntry[],
  end: number,
): { entries: ZipEntry[]; gaps: ZipRange[] } {
  const entries = [...listed];
  const gaps: ZipRange[] = [];
  const order = [...entries.keys()].sort((a, b) => offsetOf(entries[a]) - offsetOf(entries[b]));
  let covered = 0;
  for (const index of order) {
    const entry = entries[index];
    if (entry === undefined || entry.headerOffset < 0) continue;
    if (entry.headerOffset < covered) {
      entries[index] = { ...entry, problem: entry.problem ?? 'ratio' };
      continue;
    }
    gaps.push({ start: covered, end: entry.headerOffset });
    covered = entry.dataOffset + entry.compressedBytes;
  }
  gaps.push({ start: covered, end });
  return { entries, gaps: gaps.filter((gap) => gap.start < gap.end) };
}

function offsetOf(entry: ZipEntry | undefined): number {
  return entry?.headerOffset ?? -1;
}
