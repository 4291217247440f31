import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { access, type FileHandle, link, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../../platform/app-error.ts';
import type { ContentStore, Staged, StageOptions } from './content-store.ts';

/** Up to this many bytes are gathered before the disk is touched: one write for a small file. */
const gatherBytes = 262_144;

const freeBytesAgeMilliseconds = 1_000;

/**
 * Contents in a folder: `ab/cd/<sha256>`, and uploads on their way in `incoming`.
 *
 * An upload is written and fsynced under a random name, then linked to its address and the
 * folder fsynced; the random name goes only after the database has the file. Whatever is left in
 * `incoming` after a crash is therefore all there is to clean up.
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
      handle ??= await open(path, 'wx', 0o600);
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
      await handle?.datasync();
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
    if (!this.#knownFolders.has(folder)) await this.#makeFolder(sha256);
    try {
      await link(path, this.#addressOf(sha256));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
      throw error;
    }
    await syncFolder(folder);
  }

  async #makeFolder(sha256: string): Promise<void> {
    const folder = this.#folderOf(sha256);
    const parent = join(this.#root, sha256.slice(0, 2));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await syncFolder(this.#root);
    await syncFolder(parent);
    this.#knownFolders.add(folder);
  }

  #folderOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2, 4));
  }

  #addressOf(sha256: string): string {
    return join(this.#folderOf(sha256), sha256);
  }
}

/** Makes new names in a folder durable. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
