import { crc32 } from 'node:zlib';
import type { ReadBudget } from '../read-budget.ts';
import { type Problem, UnreadableError } from '../reader.ts';
import { inflateRaw, inflateRawWhole } from './archive/inflate.ts';
import { readZipDirectory, type ZipDirectory } from './archive/zip-directory.ts';
import type { ZipEntry } from './archive/zip-headers.ts';

export type { ZipEntry } from './archive/zip-headers.ts';

const chunkBytes = 65_536;

/**
 * A ZIP in memory: its entries, each expanded when it is asked for, within a budget. Names are
 * labels and sizes are claims; what is read is what the bytes are, checked against its CRC.
 */
export class ZipArchive {
  readonly comment: string;
  /** As the directory lists them; as their local headers tell when there is no directory. */
  readonly entries: readonly ZipEntry[];
  /** With local headers that the directory does not list, such as older versions. */
  readonly unlisted: readonly ZipEntry[];
  /** What stands behind the archive. */
  readonly trailing: Uint8Array;
  /** Why entries may be missing; null when none should be. */
  readonly problem: Problem | null;
  readonly #bytes: Uint8Array;
  readonly #budget: ReadBudget;
  readonly #byName = new Map<string, ZipEntry>();
  /** Of all entries together: small ones could be a bomb otherwise, each below its limit. */
  #expandedBytes = 0;

  private constructor(bytes: Uint8Array, directory: ZipDirectory, budget: ReadBudget) {
    const { comment, entries, unlisted, end, problem } = directory;
    this.comment = comment;
    this.entries = entries.length > 0 ? entries : unlisted;
    this.unlisted = entries.length > 0 ? unlisted : [];
    this.trailing = bytes.subarray(end);
    this.problem = problem;
    this.#bytes = bytes;
    this.#budget = budget;
    for (const entry of this.entries) {
      const folded = foldName(entry.name);
      if (!this.#byName.has(folded)) this.#byName.set(folded, entry);
    }
  }

  /**
   * Reads the directory. The archive keeps `bytes`, which must not change.
   *
   * @throws {UnreadableError} `too_large` when the time is up.
   */
  static async open(bytes: Uint8Array, budget: ReadBudget): Promise<ZipArchive> {
    return new ZipArchive(bytes, readZipDirectory(bytes, budget), budget);
  }

  /** Finds the first entry of a name: upper and lower case, `\` and `/` are the same. */
  find(name: string): ZipEntry | undefined {
    return this.#byName.get(foldName(name));
  }

  /**
   * Expands an entry piece by piece; pieces are not used again.
   *
   * @throws {UnreadableError} the entry's `problem`, `corrupt` – at its end, too, when it is cut off
   * or its CRC is wrong –, or the limit that was reached.
   */
  async *stream(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    if (entry.compressedBytes <= chunkBytes && entry.declaredBytes <= chunkBytes * 4) {
      const whole = this.#tryWhole(entry);
      if (whole !== undefined) {
        yield whole;
        return;
      }
    }
    let crc = 0;
    for await (const chunk of this.#expand(entry)) {
      crc = crc32(chunk, crc);
      this.#count(chunk.length);
      yield chunk;
    }
    this.#check(entry, crc);
  }

  /**
   * Expands an entry at once.
   *
   * @throws {UnreadableError} as `stream()`, and `too_large` beyond what may be held.
   */
  async read(entry: ZipEntry): Promise<Uint8Array> {
    const data = this.#dataOf(entry);
    if (entry.method === 8) {
      const expanded = inflateRawWhole(data, this.#budget);
      this.#count(expanded.length);
      this.#check(entry, crc32(expanded));
      return expanded;
    }
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.stream(entry)) {
      size += piece.length;
      this.#budget.checkHeld(size);
      pieces.push(piece);
    }
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces, size);
  }

  /** A small deflated entry at once; undefined when it is better read as far as it goes. */
  #tryWhole(entry: ZipEntry): Uint8Array | undefined {
    if (entry.method !== 8 || entry.problem !== null) return undefined;
    try {
      const expanded = inflateRawWhole(this.#dataOf(entry), this.#budget);
      if (entry.crc !== undefined && crc32(expanded) !== entry.crc) return undefined;
      this.#count(expanded.length);
      return expanded;
    } catch {
      return undefined;
    }
  }

  async *#expand(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    const data = this.#dataOf(entry);
    if (entry.method === 8) {
      yield* inflateRaw(data, this.#budget);
      return;
    }
    if (entry.method !== 0) {
      const { expandByMethod } = await import('./archive/zip-methods.ts');
      yield* expandByMethod(entry, data, this.#budget);
      return;
    }
    for (let at = 0; at < data.length; at += chunkBytes) {
      const chunk = data.subarray(at, at + chunkBytes);
      this.#budget.takeExpanded(chunk.length);
      yield chunk;
    }
  }

  #dataOf({ problem, dataOffset, compressedBytes }: ZipEntry): Uint8Array {
    if (problem !== null) throw new UnreadableError(problem);
    return this.#bytes.subarray(dataOffset, dataOffset + compressedBytes);
  }

  #count(bytes: number): void {
    this.#expandedBytes += bytes;
    this.#budget.checkRatio(this.#bytes.length, this.#expandedBytes);
  }

  #check(entry: ZipEntry, crc: number): void {
    const isCut = entry.dataOffset + entry.compressedBytes > this.#bytes.length;
    const isWrong = entry.crc !== undefined && entry.crc !== crc;
    if (isCut || isWrong) throw new UnreadableError('corrupt');
  }
}

function foldName(name: string): string {
  return name.replaceAll('\\', '/').toLowerCase();
}
