import { UnreadableError } from '../../reader.ts';

/** Walks through bytes as they come, for formats that are read from front to back. */
export class ByteCursor {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  /** Bytes taken since the start. */
  position = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  /** Copies the next `size` bytes; fewer only at the end. */
  async read(size: number): Promise<Uint8Array> {
    if (size <= this.#chunk.length) {
      const bytes = Uint8Array.from(this.#chunk.subarray(0, size));
      this.take(size);
      return bytes;
    }
    const bytes = new Uint8Array(size);
    let filled = 0;
    for await (const piece of this.#pieces(size)) {
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return bytes.subarray(0, filled);
  }

  /**
   * The same, all of them.
   *
   * @throws {UnreadableError} `corrupt` when the bytes end before.
   */
  async readExactly(size: number): Promise<Uint8Array> {
    const bytes = await this.read(size);
    if (bytes.length < size) throw new UnreadableError('corrupt');
    return bytes;
  }

  /**
   * Hands the next `size` bytes on as they come; who takes fewer leaves the cursor between them.
   *
   * @throws {UnreadableError} `corrupt` when the bytes end before.
   */
  async *stream(size: number): AsyncGenerator<Uint8Array> {
    const end = this.position + size;
    yield* this.#pieces(size);
    if (this.position < end) throw new UnreadableError('corrupt');
  }

  /** Passes over bytes up to a position; false when they end before. */
  async skipTo(position: number): Promise<boolean> {
    for await (const _ of this.#pieces(position - this.position));
    return this.position >= position;
  }

  /** The bytes that come next, as many as are here; none at the end. They are not taken. */
  async peek(): Promise<Uint8Array> {
    while (this.#chunk.length === 0) {
      const { done, value } = await this.#iterator.next();
      if (done) break;
      this.#chunk = value;
    }
    return this.#chunk;
  }

  /** Takes some of what `peek()` gave. */
  take(size: number): void {
    this.#chunk = this.#chunk.subarray(size);
    this.position += size;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async *#pieces(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      const piece = (await this.peek()).subarray(0, left);
      if (piece.length === 0) return;
      this.take(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}
