import type { ReadBudget } from '../read-budget.ts';

/** A longer line comes in pieces. */
const mostLineBytes = 65_536;

/** Divides bytes into lines, each with its end (`\n`); in memory of a chunk and a line. */
export class LineReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #budget: ReadBudget;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  #isEnd = false;
  #returned: Buffer | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>, budget: ReadBudget) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#budget = budget;
  }

  /** The next line, or piece of one; undefined at the end. It does not change any more. */
  async next(): Promise<Buffer | undefined> {
    const returned = this.#returned;
    if (returned !== undefined) {
      this.#returned = undefined;
      return returned;
    }
    for (;;) {
      const end = this.#chunk.indexOf(0x0a, this.#at);
      const isWhole = end !== -1 && end - this.#at < mostLineBytes;
      if (isWhole) return this.#take(end + 1);
      if (this.#chunk.length - this.#at >= mostLineBytes)
        return this.#take(this.#at + mostLineBytes);
      if (this.#isEnd) {
        return this.#at < this.#chunk.length ? this.#take(this.#chunk.length) : undefined;
      }
      await this.#fill();
    }
  }

  /** Gives a line back: it is the next one again. */
  giveBack(line: Buffer): void {
    this.#returned = line;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(end: number): Buffer {
    const line = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return line;
  }

  async #fill(): Promise<void> {
    this.#budget.checkTime();
    const { done, value } = await this.#chunks.next();
    if (done) {
      this.#isEnd = true;
      return;
    }
    // Lines that were handed out stay as they are: the chunk is a new one each time.
    this.#chunk = Buffer.concat([this.#chunk.subarray(this.#at), value]);
    this.#at = 0;
  }
}
