import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { LzmaDecoder, type LzmaProperties } from './lzma-decoder.ts';
import { LzmaWindow } from './lzma-window.ts';

/**
 * Expands LZMA without a header: `properties` are the five bytes that others put before it, `size`
 * is what it gives, undefined when a mark ends it.
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export function* expandLzma(
  input: Uint8Array,
  { properties, size }: { properties: Uint8Array; size: number | undefined },
  budget: ReadBudget,
): Generator<Uint8Array> {
  if (properties.length < 5) throw new UnreadableError('corrupt');
  const view = new DataView(properties.buffer, properties.byteOffset, 5);
  const mostBytes = size ?? Number.POSITIVE_INFINITY;
  const window = new LzmaWindow(Math.min(view.getUint32(1, true), mostBytes), budget);
  const decoder = new LzmaDecoder(window);
  decoder.reset(readLzmaProperties(view.getUint8(0)));
  decoder.start(input);
  let out = 0;
  for (let goesOn = true; goesOn && out < mostBytes; ) {
    goesOn = decoder.decode(Math.min(window.makeRoom(), mostBytes - out));
    const piece = window.take();
    out += piece.length;
    budget.takeExpanded(piece.length);
    budget.checkRatio(decoder.position, out);
    if (piece.length > 0) yield piece;
  }
  if (size !== undefined && out < size) throw new UnreadableError('corrupt');
}

/**
 * Expands LZMA2, as the XZ file format and 7-Zip use it: chunks of LZMA and of plain bytes. The
 * cursor is left behind its end.
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export async function* expandLzma2(
  cursor: ByteCursor,
  dictionaryBytes: number,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  const window = new LzmaWindow(dictionaryBytes, budget);
  const reading = new Lzma2Reading(cursor, window);
  const start = cursor.position;
  let out = 0;
  while (await reading.readChunk()) {
    for (const piece of reading.expandChunk()) {
      out += piece.length;
      budget.takeExpanded(piece.length);
      budget.checkRatio(cursor.position - start, out);
      yield piece;
    }
  }
}

/** The size of an LZMA2 dictionary by its one byte. @throws {UnreadableError} `corrupt` */
export function readLzma2Dictionary(byte: number | undefined): number {
  if (byte === undefined || byte > 40) throw new UnreadableError('corrupt');
  return byte === 40 ? 0xffff_ffff : (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11);
}

/** Takes apart `(pb * 5 + lp) * 9 + lc`. @throws {UnreadableError} `corrupt` */
function readLzmaProperties(byte: number): LzmaProperties {
  if (byte >= 9 * 5 * 5) throw new UnreadableError('corrupt');
  return { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
}

class Lzma2Reading {
  readonly #cursor: ByteCursor;
  readonly #window: LzmaWindow;
  readonly #decoder: LzmaDecoder;
  /** The first chunk must reset the dictionary, the first of LZMA the properties. */
  #needsDictionary = true;
  #needsProperties = true;
  #isPlain = false;
  #input: Uint8Array = new Uint8Array(0);
  #size = 0;

  constructor(cursor: ByteCursor, window: LzmaWindow) {
    this.#cursor = cursor;
    this.#window = window;
    this.#decoder = new LzmaDecoder(window);
  }

  /** False at the end. */
  async readChunk(): Promise<boolean> {
    const [control = 0] = await this.#cursor.readExactly(1);
    if (control === 0) return false;
    this.#isPlain = control < 0x80;
    if (this.#isPlain && control > 2) throw new UnreadableError('corrupt');
    if (control === 1 || control >= 0xe0) {
      this.#window.reset();
      this.#needsDictionary = false;
    }
    if (this.#needsDictionary) throw new UnreadableError('corrupt');
    if (this.#isPlain) {
      this.#size = (await this.#readUint16()) + 1;
      this.#input = await this.#cursor.readExactly(this.#size);
      return true;
    }
    this.#size = ((control & 0x1f) << 16) + (await this.#readUint16()) + 1;
    const inputBytes = (await this.#readUint16()) + 1;
    await this.#reset((control >> 5) & 3);
    this.#input = await this.#cursor.readExactly(inputBytes);
    return true;
  }

  *expandChunk(): Generator<Uint8Array> {
    if (!this.#isPlain) this.#decoder.start(this.#input);
    for (let done = 0; done < this.#size; ) {
      const count = Math.min(this.#window.makeRoom(), this.#size - done);
      if (this.#isPlain) this.#window.putAll(this.#input.subarray(done, done + count));
      else if (!this.#decoder.decode(count)) throw new UnreadableError('corrupt');
      done += count;
      yield this.#window.take();
    }
    if (this.#isPlain) return;
    const isWhole = this.#decoder.isFinished && this.#decoder.position === this.#input.length;
    if (!isWhole) throw new UnreadableError('corrupt');
  }

  /** 0: goes on; 1: state anew; 2: properties, too; 3: and the dictionary. */
  async #reset(mode: number): Promise<void> {
    if (mode >= 2) {
      const [byte = 0] = await this.#cursor.readExactly(1);
      const properties = readLzmaProperties(byte);
      if (properties.lc + properties.lp > 4) throw new UnreadableError('corrupt');
      this.#decoder.reset(properties);
      this.#needsProperties = false;
    } else if (this.#needsProperties) {
      throw new UnreadableError('corrupt');
    } else if (mode === 1) {
      this.#decoder.reset();
    }
  }

  async #readUint16(): Promise<number> {
    const [high = 0, low = 0] = await this.#cursor.readExactly(2);
    return high * 256 + low;
  }
}
