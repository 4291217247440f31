import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { access, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../../platform/app-error.ts';
import type { ContentStore, Staged, StageOptions } from './content-store.ts';
import { DurableWriter, writeAll } from './durable-writer.ts';

const { O_RDWR, O_SYNC } = constants;

/** Contents are read in pieces of this size. */
const pieceBytes = 131_072;

const freeBytesAgeMilliseconds = 1_000;

/**
 * Contents in a folder: `ab/cd/<sha256>`, and uploads on their way in `incoming`.
 *
 * An upload is written under a random name, linked to its address, and made durable there; the
 * random name goes only after the database has the file. So whatever is left in `incoming` after
 * a crash is all there is to clean up.
 *
 * Node's permission model refuses fsync, so what must be durable is written with O_SYNC, which
 * commits the file's names along with its bytes
 * (docs/decisions/0002-durable-content-without-fsync.md).
 */
export class ContentFolder implements ContentStore {
  readonly #root: string;
  readonly #incoming: string;
  /** Uploads of this process on their way, however long they take. */
  readonly #live = new Set<string>();
  #freeBytes: { bytes: number; readAt: number } | undefined;

  constructor(root: string) {
    this.#root = root;
    this.#incoming = join(root, 'incoming');
    if (!existsSync(this.#incoming)) mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
  }

  async stage(
    source: AsyncIterable<Uint8Array>,
    { check, mostInMemory }: StageOptions,
  ): Promise<Staged> {
    const hash = createHash('sha256');
    const pieces: Uint8Array[] = [];
    let size = 0;
    let upload: { path: string; writer: DurableWriter } | undefined;
    try {
      for await (const chunk of source) {
        size += chunk.length;
        check(size);
        hash.update(chunk);
        pieces.push(chunk);
        if (size <= mostInMemory) continue;
        upload ??= this.#receive();
        for (const piece of pieces.splice(0)) await upload.writer.append(piece);
      }
      await upload?.writer.flush();
    } catch (error) {
      if (upload) this.#discard(upload.path);
      throw error;
    } finally {
      upload?.writer.close();
    }
    const received = { sha256: hash.digest('hex'), size };
    if (!upload) return { ...received, bytes: Buffer.concat(pieces), file: undefined };
    const { path } = upload;
    const address = this.#addressOf(received.sha256);
    return {
      ...received,
      bytes: undefined,
      file: {
        publish: () => publish(path, address),
        ensurePublished: () => {
          if (!existsSync(address)) publishNow(path, address);
        },
        discard: () => this.#discard(path),
      },
    };
  }

  async open(sha256: string, range?: { start: number; end: number }): Promise<Readable> {
    const path = this.#addressOf(sha256);
    try {
      await access(path, constants.R_OK);
    } catch (error) {
      throw new AppError('unavailable', 'the content cannot be read', { cause: error });
    }
    return createReadStream(path, { ...range, highWaterMark: pieceBytes });
  }

  async read(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await readFile(this.#addressOf(sha256));
    } catch (error) {
      throw new AppError('unavailable', 'the content cannot be read', { cause: error });
    }
  }

  unlink(sha256: string): void {
    rmSync(this.#addressOf(sha256), { force: true });
  }

  async readFreeBytes(): Promise<number> {
    const known = this.#freeBytes;
    if (known && Date.now() - known.readAt < freeBytesAgeMilliseconds) return known.bytes;
    const { bavail, bsize } = await statfs(this.#root);
    this.#freeBytes = { bytes: bavail * bsize, readAt: Date.now() };
    return this.#freeBytes.bytes;
  }

  async purgeAbandoned(
    olderThanMilliseconds: number,
    unlinkUnlessKept: (sha256: string) => Promise<void>,
  ): Promise<number> {
    let purged = 0;
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name);
      const { mtimeMs, nlink } = await statUpload(path);
      if (this.#live.has(path) || Date.now() - mtimeMs < olderThanMilliseconds) continue;
      // Linked to its address, but perhaps never committed.
      if (nlink > 1) await unlinkUnlessKept(await hashFile(path));
      rmSync(path, { force: true });
      purged += 1;
    }
    return purged;
  }

  async check(): Promise<void> {
    try {
      await access(this.#incoming, constants.R_OK | constants.W_OK);
    } catch (error) {
      throw new Error('the content folder cannot be written', { cause: error });
    }
  }

  /** Opens a file under a random name for an upload on its way. */
  #receive(): { path: string; writer: DurableWriter } {
    const path = join(this.#incoming, randomUUID());
    const writer = new DurableWriter(path);
    this.#live.add(path);
    return { path, writer };
  }

  #discard(path: string): void {
    this.#live.delete(path);
    rmSync(path, { force: true });
  }

  #addressOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

/**
 * Links an upload to its address and makes the name durable: its bytes are on the disk already, so
 * writing the last of them again is enough.
 */
async function publish(path: string, address: string): Promise<void> {
  linkOnce(path, address);
  const file = openSync(address, O_RDWR | O_SYNC);
  try {
    const { byte, position } = readLastByte(file);
    await writeAll(file, byte, position);
  } finally {
    closeSync(file);
  }
}

/** The same without waiting for others: the address went away under a transaction. */
function publishNow(path: string, address: string): void {
  linkOnce(path, address);
  const file = openSync(address, O_RDWR | O_SYNC);
  try {
    const { byte, position } = readLastByte(file);
    writeSync(file, byte, 0, 1, position);
  } finally {
    closeSync(file);
  }
}

function readLastByte(file: number): { byte: Buffer; position: number } {
  const position = fstatSync(file).size - 1;
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, position);
  return { byte, position };
}

/** Gives an upload its address; the same bytes may have it already. */
function linkOnce(path: string, address: string): void {
  for (;;) {
    try {
      linkSync(path, address);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EEXIST') return;
      if (code !== 'ENOENT' || !existsSync(path)) throw error;
      mkdirSync(join(address, '..'), { recursive: true, mode: 0o700 });
    }
  }
}

/** What is gone meanwhile, because its upload is done, counts as new and empty. */
async function statUpload(path: string): Promise<{ mtimeMs: number; nlink: number }> {
  try {
    return await stat(path);
  } catch (error) {
    if (existsSync(path)) throw error;
    return { mtimeMs: Date.now(), nlink: 0 };
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
