import type { ReadBudget } from '../../read-budget.ts';
import { type Reader, UnreadableError } from '../../reader.ts';
import { BitBuffer } from './bit-buffer.ts';
import { Bzip2Block, mostBlockBytes } from './bzip2-block.ts';
import { readContent } from './inner-content.ts';

const blockMark = 0x314159265359;
const endMark = 0x177245385090;

/** BZIP2 with any number of streams behind each other, which are one content. */
export const readBzip2: Reader = async (source, sink, { budget }) => {
  await readContent(expandBzip2(source.stream(), budget), sink);
};

/**
 * Expands all streams.
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export async function* expandBzip2(
  bytes: AsyncIterable<Uint8Array>,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    yield* new Bzip2Reading(iterator, budget).expand();
  } finally {
    await iterator.return?.();
  }
}

class Bzip2Reading {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #budget: ReadBudget;
  readonly #input = new BitBuffer();
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(iterator: AsyncIterator<Uint8Array>, budget: ReadBudget) {
    this.#iterator = iterator;
    this.#budget = budget;
  }

  async *expand(): AsyncGenerator<Uint8Array> {
    await this.#fill();
    do {
      yield* this.#expandStream();
    } while (this.#input.held > 0 || this.#input.left > 0);
  }

  async *#expandStream(): AsyncGenerator<Uint8Array> {
    const input = this.#input;
    const level = input.read(24) === 0x425a68 ? input.read(8) - 0x30 : 0;
    if (level < 1 || level > 9) throw new UnreadableError('corrupt');
    const block = new Bzip2Block(input, level * 100_000);
    let streamCrc = 0;
    for (;;) {
      this.#budget.checkTime();
      await this.#fill();
      const mark = input.read(24) * 0x100_0000 + input.read(24);
      const crc = input.read32();
      if (mark === endMark && crc === streamCrc) break;
      if (mark !== blockMark) throw new UnreadableError('corrupt');
      streamCrc = (((streamCrc << 1) | (streamCrc >>> 31)) ^ crc) >>> 0;
      for (const chunk of block.expand(crc)) {
        this.#bytesOut += chunk.length;
        this.#budget.takeExpanded(chunk.length);
        this.#budget.checkRatio(this.#bytesIn - input.left, this.#bytesOut);
        yield chunk;
      }
    }
    input.align();
    await this.#fill();
  }

  /** Sees to it that a whole block is in memory, or the rest of the bytes. */
  async #fill(): Promise<void> {
    if (this.#input.left >= mostBlockBytes) return;
    const pieces: Uint8Array[] = [];
    for (let size = this.#input.left; size < mostBlockBytes * 2; ) {
      const { done, value } = await this.#iterator.next();
      if (done) break;
      // The giver may use its array again for the next chunk.
      pieces.push(Uint8Array.from(value));
      size += value.length;
      this.#bytesIn += value.length;
    }
    if (pieces.length > 0) this.#input.add(pieces);
  }
}
