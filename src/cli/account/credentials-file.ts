import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const CredentialsSchema = z.object({
  refreshToken: z.string().min(1),
  accessToken: z.string().min(1),
  /** In milliseconds since 1970. */
  accessExpiresAt: z.number(),
});

/** What a person is signed in with at one installation. */
export type Credentials = z.infer<typeof CredentialsSchema>;

const FileSchema = z.object({ installations: z.record(z.string(), CredentialsSchema) });

/**
 * The file that keeps who is signed in where, by the installation's address; for its owner's eyes
 * only.
 */
export class CredentialsFile {
  readonly path: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'credentials.json');
  }

  /** @throws {Error} when there is a file that cannot be read as one of ours. */
  find(url: string): Credentials | undefined {
    return this.#read()[url];
  }

  /** Whole or not at all. */
  save(url: string, credentials: Credentials): void {
    this.#write({ ...this.#read(), [url]: credentials });
  }

  remove(url: string): void {
    const { [url]: removed, ...rest } = this.#read();
    if (removed) this.#write(rest);
  }

  #read(): Record<string, Credentials> {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT') return {};
      throw new Error(`${this.path} cannot be read (${String(code)})`, { cause: error });
    }
    try {
      return FileSchema.parse(JSON.parse(text)).installations;
    } catch {
      // Without the cause: it would quote the file.
      throw new Error(`${this.path} is damaged: remove it, and sign in again`);
    }
  }

  #write(installations: Record<string, Credentials>): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const draft = `${this.path}.${process.pid}`;
    try {
      writeFileSync(draft, `${JSON.stringify({ installations }, null, 2)}\n`, { mode: 0o600 });
      // A draft that was left lying keeps the mode it had.
      chmodSync(draft, 0o600);
      renameSync(draft, this.path);
    } finally {
      rmSync(draft, { force: true });
    }
  }
}
