import type { ReadBudget } from './read-budget.ts';
import type { Source } from './reader.ts';

/**
 * Bytes as they come, with the first `headBytes` of them looked at before a reader takes them all.
 */
export class ByteSource implements Source {
  readonly head: Uint8Array;
  readonly #first: Uint8Array;
  readonly #rest: AsyncIterator<Uint8Array>;
  readonly #budget: ReadBudget;

  private constructor(
    first: Uint8Array,
    rest: AsyncIterator<Uint8Array>,
    options: { headBytes: number; budget: ReadBudget },
  ) {
    this.#first = first;
    this.head = first.subarray(0, options.headBytes);
    this.#rest = rest;
    this.#budget = options.budget;
  }

  static async open(
    content: AsyncIterable<Uint8Array>,
    options: { headBytes: number; budget: ReadBudget },
  ): Promise<ByteSource> {
    const iterator = content[Symbol.asyncIterator]();
    let first: Uint8Array = new Uint8Array(0);
    let rest: AsyncIterator<Uint8Array> = iterator;
    try {
      while (first.length < options.headBytes) {
        const { done, value } = await iterator.next();
        if (done) break;
        // The giver may use its array again for the next chunk.
        first = first.length === 0 ? Uint8Array.from(value) : concat(first, value);
      }
    } catch (error) {
      // What came before is read as of any document that breaks off.
      rest = { next: () => Promise.reject(error) };
    }
    return new ByteSource(first, rest, options);
  }

  async *stream(): AsyncIterable<Uint8Array> {
    try {
      if (this.#first.length > 0) yield this.#first;
      for (;;) {
        const { done, value } = await this.#rest.next();
        if (done) return;
        yield value;
      }
    } finally {
      await this.close();
    }
  }

  async readAll(): Promise<Uint8Array> {
    // It grows where it is: pieces joined at the end would be in memory twice.
    const { heldBytes } = this.#budget.limits;
    const buffer = new ArrayBuffer(0, { maxByteLength: heldBytes });
    let size = 0;
    for await (const piece of this.stream()) {
      const end = size + piece.length;
      this.#budget.checkHeld(end);
      if (end > buffer.byteLength) buffer.resize(Math.min(Math.max(end, size * 2), heldBytes));
      new Uint8Array(buffer).set(piece, size);
      size = end;
    }
    return new Uint8Array(buffer.transferToFixedLength(size));
  }

  /** Lets go of what was not read. */
  async close(): Promise<void> {
    await this.#rest.return?.();
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
