import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { access, type FileHandle, link, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../../platform/app-error.ts';
import type { ContentStore, Staged, StageOptions } from './content-store.ts';

/** Up to this many bytes are gathered before the disk is touched: one write for a small file. */
const gatherBytes = 1_048_576;

const { O_CREAT, O_DSYNC, O_EXCL, O_RDWR, O_SYNC, O_WRONLY } = constants;

const freeBytesAgeMilliseconds = 1_000;

/**
 * Contents in a folder: `ab/cd/<sha256>`, and uploads on their way in `incoming`.
 *
 * An upload is written under a random name, each write through to the disk, then linked to its
 * address, and the link is made durable; the random name goes only after the database has the
 * file. Whatever is left in `incoming` after a crash is therefore all there is to clean up, and
 * what stands at an address is always whole.
 *
 * Node's permission model refuses fsync, so files are opened for synchronous writes instead
 * (docs/decisions/0002-durable-content-without-fsync.md).
 */
export class ContentFolder implements ContentStore {
  readonly #root: string;
  readonly #incoming: string;
  readonly #knownFolders = new Set<string>();
  #freeBytes: { bytes: number; readAt: number } | undefined;

  constructor(root: string) {
    this.#root = root;
    this.#incoming = join(root, 'incoming');
    mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
  }

  async stage(source: AsyncIterable<Uint8Array>, { check }: StageOptions): Promise<Staged> {
    const path = join(this.#incoming, randomUUID());
    const hash = createHash('sha256');
    let handle: FileHandle | undefined;
    let gathered: Uint8Array[] = [];
    let gatheredBytes = 0;
    let size = 0;
    const flush = async (): Promise<void> => {
      handle ??= await open(path, O_WRONLY | O_CREAT | O_EXCL | O_DSYNC, 0o600);
      const bytes = gathered.length === 1 ? (gathered[0] as Uint8Array) : Buffer.concat(gathered);
      gathered = [];
      gatheredBytes = 0;
      for (let at = 0; at < bytes.length; ) {
        at += (await handle.write(bytes, at)).bytesWritten;
      }
    };
    try {
      for await (const chunk of source) {
        size += chunk.length;
        check(size);
        hash.update(chunk);
        gathered.push(chunk);
        gatheredBytes += chunk.length;
        if (gatheredBytes >= gatherBytes) await flush();
      }
      await flush();
    } catch (error) {
      await handle?.close();
      handle = undefined;
      await rm(path, { force: true });
      throw error;
    } finally {
      await handle?.close();
    }
    const sha256 = hash.digest('hex');
    return {
      sha256,
      size,
      publish: () => this.#publish(path, sha256),
      ensurePublished: () => {
        if (!existsSync(this.#addressOf(sha256))) linkSync(path, this.#addressOf(sha256));
      },
      discard: () => rm(path, { force: true }),
    };
  }

  async open(sha256: string, range?: { start: number; end: number }): Promise<Readable> {
    const path = this.#addressOf(sha256);
    try {
      await access(path, constants.R_OK);
    } catch (error) {
      throw new AppError('unavailable', 'the content cannot be read', { cause: error });
    }
    return createReadStream(path, { ...range, highWaterMark: 262_144 });
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
      const { mtimeMs, nlink } = await stat(path);
      if (Date.now() - mtimeMs < olderThanMilliseconds) continue;
      // Linked to its address, but perhaps never committed.
      if (nlink > 1) await unlinkUnlessKept(await hashFile(path));
      await rm(path, { force: true });
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

  async #publish(path: string, sha256: string): Promise<void> {
    const folder = this.#folderOf(sha256);
    if (!this.#knownFolders.has(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.#knownFolders.add(folder);
    }
    const address = this.#addressOf(sha256);
    try {
      await link(path, address);
    } catch (error) {
      // The same bytes, by another upload whose link may not be durable yet.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    await syncName(address);
  }

  #folderOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2, 4));
  }

  #addressOf(sha256: string): string {
    return join(this.#folderOf(sha256), sha256);
  }
}

/**
 * Makes a file's name durable: a synchronous write of its last byte, the same as before, commits
 * what the file system has noted of the file, its names among them.
 */
async function syncName(path: string): Promise<void> {
  const handle = await open(path, O_RDWR | O_SYNC);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(Math.min(size, 1));
    await handle.read(last, 0, last.length, size - last.length);
    await handle.write(last, 0, last.length, size - last.length);
  } finally {
    await handle.close();
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
