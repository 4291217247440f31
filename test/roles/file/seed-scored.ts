import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DocumentReport } from '../../../src/documents/scan-document.ts';
import { engineVersion } from '../../../src/engine/version.ts';
import { openDatabase } from '../../../src/platform/database/open-database.ts';
import { migrations } from '../../../src/roles/file/migrations/migrations.ts';
import { insertContent } from '../../../src/roles/file/store/contents.ts';
import { insertFile } from '../../../src/roles/file/store/files.ts';
import { ensureOwner } from '../../../src/roles/file/store/owners.ts';
import type { FileSchema } from '../../../src/roles/file/store/schema.ts';
import { scan } from '../../engine/scan-for-test.ts';
import type { RunningFile } from './start-file.ts';

/** What the file with this number says; every third has a second kind of value. */
export function textOf(number: number): string {
  const ssn = `${100 + (number % 500)}-${10 + (number % 80)}-${1_000 + (number % 8_000)}`;
  const mail = `Mail jane${number}@acme${number}.co about the Bluebird plan`;
  return number % 3 === 0 ? `${mail}, ssn ${ssn}` : mail;
}

/**
 * Fills the database of a file role that does not run with files of contents not yet scanned; the
 * bytes are nowhere, so reading one would fail. Returns the hashes.
 */
export async function seedFiles(file: RunningFile, count: number, owners = 3): Promise<string[]> {
  const store = openDatabase<FileSchema>(join(file.folder, 'file.db'), migrations);
  const hashes = Array.from({ length: count }, (_, n) =>
    createHash('sha256').update(textOf(n)).digest('hex'),
  );
  for (let from = 0; from < count; from += 500) {
    await store.write(
      async (trx) => {
        for (let n = from; n < Math.min(count, from + 500); n++) {
          const sha256 = hashes[n] ?? '';
          const { owner } = await ensureOwner(trx, `user-${n % owners}`);
          const size = Buffer.byteLength(textOf(n));
          const content = await insertContent(trx, { sha256, size, revision: 1, due_at: 9e15 });
          const plain = { owner, name: `file-${n}.txt`, size, sha256, mediaType: 'text/plain' };
          await insertFile(trx, plain, { ...content, types: [] });
        }
      },
      { durable: false },
    );
  }
  await store.close();
  return hashes;
}

export interface LandOptions {
  fingerprintKey: Uint8Array;
  revision?: number;
  /** What the document with a number has instead. */
  tellMore?: (number: number) => Partial<DocumentReport>;
}

/** Lands the engine's own results for the seeded contents, as a worker delivers them. */
export async function landScans(
  file: RunningFile,
  hashes: readonly string[],
  { fingerprintKey, revision = 1, tellMore }: LandOptions,
): Promise<void> {
  for (let from = 0; from < hashes.length; from += 100) {
    const results = hashes.slice(from, from + 100).map((sha256, n) => ({
      sha256,
      revision,
      engine_version: engineVersion,
      document: {
        status: 'scored',
        statusReason: null,
        mediaType: 'text/plain',
        encoding: 'utf-8',
        report: scan(textOf(from + n), { fingerprintKey }),
        bytesRead: Buffer.byteLength(textOf(from + n)),
        ...tellMore?.(from + n),
      },
    }));
    const { status, text } = await file.post('/results', { results });
    if (status !== 200) throw new Error(`results: ${status} ${text}`);
  }
}
