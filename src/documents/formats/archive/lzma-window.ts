import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';

const firstBytes = 65_536;
/** So many bytes are expanded before they are handed on. */
const mostPieceBytes = 65_536;
const leastDictionaryBytes = 4_096;

/** The last bytes of an LZMA output, which matches repeat; as large as what came asks for. */
export class LzmaWindow {
  readonly #budget: ReadBudget;
  readonly #dictionaryBytes: number;
  #buffer: Uint8Array;
  #position = 0;
  #taken = 0;
  /** Bytes since the start or the last reset. */
  total = 0;

  constructor(dictionaryBytes: number, budget: ReadBudget) {
    this.#budget = budget;
    this.#dictionaryBytes = Math.max(dictionaryBytes, leastDictionaryBytes);
    this.#buffer = new Uint8Array(Math.min(this.#dictionaryBytes, firstBytes));
  }

  /** Forgets what came before. */
  reset(): void {
    this.#position = 0;
    this.#taken = 0;
    this.total = 0;
  }

  /**
   * Makes room, and tells for how many bytes: they must be taken before there is more.
   *
   * @throws {UnreadableError} `too_large` beyond what may be held.
   */
  makeRoom(): number {
    if (this.#position === this.#buffer.length) this.#growOrWrap();
    return Math.min(this.#buffer.length - this.#position, mostPieceBytes);
  }

  /** What was put since it was last taken. */
  take(): Uint8Array {
    const piece = this.#buffer.slice(this.#taken, this.#position);
    this.#taken = this.#position;
    return piece;
  }

  put(byte: number): void {
    this.#buffer[this.#position++] = byte;
    this.total++;
  }

  putAll(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#position);
    this.#position += bytes.length;
    this.total += bytes.length;
  }

  /** The byte so many back, from 1; 0 before the first. */
  byteAt(distance: number): number {
    const at = this.#position - distance;
    return this.#buffer[at < 0 ? at + this.#buffer.length : at] ?? 0;
  }

  /** @throws {UnreadableError} `corrupt` when there are not so many bytes to go back to. */
  checkDistance(distance: number): void {
    if (distance > this.total || distance > this.#dictionaryBytes) {
      throw new UnreadableError('corrupt');
    }
  }

  /** Puts bytes from so many back, which may be among those that it puts. */
  repeat(distance: number, length: number): void {
    const buffer = this.#buffer;
    const end = this.#position + length;
    let from = this.#position - distance;
    if (from < 0) from += buffer.length;
    for (let at = this.#position; at < end; at++) {
      buffer[at] = buffer[from++] as number;
      if (from === buffer.length) from = 0;
    }
    this.#position = end;
    this.total += length;
  }

  #growOrWrap(): void {
    if (this.#buffer.length < this.#dictionaryBytes) {
      const size = Math.min(this.#buffer.length * 2, this.#dictionaryBytes);
      this.#budget.checkHeld(size);
      const buffer = new Uint8Array(size);
      buffer.set(this.#buffer);
      this.#buffer = buffer;
    } else {
      this.#position = 0;
    }
    this.#taken = this.#position;
  }
}
