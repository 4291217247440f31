import { closeSync, constants, openSync, write } from 'node:fs';

const { O_CREAT, O_DSYNC, O_EXCL, O_WRONLY } = constants;

/** Bytes are gathered up to this and written through to the disk at once. */
const blockBytes = 262_144;

/** Writes a new file of any length in blocks that are on the disk when the next one begins. */
export class DurableWriter {
  readonly #file: number;
  // One block for the whole file: the chunks of a long upload become garbage as they come.
  readonly #block = Buffer.allocUnsafeSlow(blockBytes);
  #filled = 0;

  /** @throws when there is a file already, or none can be made. */
  constructor(path: string) {
    this.#file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_DSYNC, 0o600);
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + blockBytes - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === blockBytes) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const filled = this.#block.subarray(0, this.#filled);
    this.#filled = 0;
    await writeAll(this.#file, filled, null);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Writes all of it, on libuv's threads. `position` null: at the file's own position. */
export function writeAll(file: number, bytes: Uint8Array, position: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const step = (from: number): void => {
      const at = position === null ? null : position + from;
      write(file, bytes, from, bytes.length - from, at, (error, written) => {
        if (error) reject(error);
        else if (from + written < bytes.length) step(from + written);
        else resolve();
      });
    };
    step(0);
  });
}
