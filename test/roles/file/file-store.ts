import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledQuery } from 'kysely';
import { defaultPolicy } from '../../../src/engine/policy.ts';
import { openDatabase } from '../../../src/platform/database/open-database.ts';
import { migrations } from '../../../src/roles/file/migrations/migrations.ts';
import { insertContent } from '../../../src/roles/file/store/contents.ts';
import { insertFile, updateFiles } from '../../../src/roles/file/store/files.ts';
import { ensureRevision } from '../../../src/roles/file/store/installation.ts';
import { ensureOwner } from '../../../src/roles/file/store/owners.ts';
import type {
  FileSchema,
  FileStatus,
  FileStore,
  StoredFile,
} from '../../../src/roles/file/store/schema.ts';
import { labelOf } from './scan-results.ts';

export interface OpenStore {
  store: FileStore;
  path: string;
  /** Statements read since the start, newest last. */
  queries: CompiledQuery[];
  remove: () => Promise<void>;
}

/** The file role's database without the role, in a temporary folder; notes what is read. */
export async function openStore(): Promise<OpenStore> {
  const folder = mkdtempSync(join(tmpdir(), 'sensitivity-file-store-'));
  const path = join(folder, 'file.db');
  const opened = openDatabase<FileSchema>(path, migrations);
  await ensureRevision(opened, { policy: defaultPolicy, engineVersion: '1' });
  const queries: CompiledQuery[] = [];
  const store = { ...opened, db: notingReads(opened.db, queries) };
  const remove = async (): Promise<void> => {
    await opened.close();
    rmSync(folder, { recursive: true });
  };
  return { store, path, queries, remove };
}

/** The same database, each of whose queries is noted before it runs. */
function notingReads(db: FileStore['db'], queries: CompiledQuery[]): FileStore['db'] {
  const note = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (from, name) => {
        const value: unknown = Reflect.get(from, name, from);
        if (typeof value !== 'function') return value;
        if (name === 'getExecutor') return () => note(value.call(from) as object);
        if (name !== 'executeQuery') return value.bind(from);
        return (query: CompiledQuery, ...rest: unknown[]) => {
          queries.push(query);
          return value.call(from, query, ...rest);
        };
      },
    });
  return note(db);
}

export interface SampleFile {
  owner: number;
  name: string;
  status: FileStatus;
  score: number | null;
  types: string[];
}

/** Inserts files in the state given, each with a content of its own; as the role would. */
export async function insertSamples(
  store: FileStore,
  samples: readonly SampleFile[],
): Promise<StoredFile[]> {
  return store.write(async (trx) => {
    const files: StoredFile[] = [];
    for (const sample of samples) {
      const { owner } = await ensureOwner(trx, `user-${sample.owner}`);
      const [last] = await trx
        .selectFrom('contents')
        .select((row) => row.fn.countAll<number>().as('count'))
        .execute();
      const sha256 = String(last?.count ?? 0).padStart(64, '0');
      const file = { owner, name: sample.name, size: 1, sha256, mediaType: 'text/plain' };
      const content = await insertContent(trx, { sha256, size: 1, revision: 1, due_at: 0 });
      const { id } = await insertFile(trx, file, { ...content, types: [] });
      const { status, score, types } = sample;
      const label = score === null ? null : labelOf(score);
      await updateFiles(trx, sha256, {
        status,
        statusReason: null,
        scoreOf: () => ({ score, label, types }),
      });
      files.push(
        await trx.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      );
    }
    return files;
  });
}
