import { sql } from 'kysely';
import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import { type CountChange, changeCounts } from './counts.ts';
import { insertEvent } from './events.ts';
import { deleteName, foldName, insertName } from './name-search.ts';
import { addUsedBytes } from './owners.ts';
import type {
  ContentRow,
  FileRow,
  FileSchema,
  FileStatus,
  FileStore,
  LabelName,
  StoredFile,
  Trx,
} from './schema.ts';

export interface NewFile {
  owner: number;
  name: string;
  size: number;
  sha256: string;
  mediaType: string;
}

export function findFile(store: FileStore, id: string): Promise<StoredFile | undefined> {
  return store.db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst();
}

const findCurrentVersion = prepareQuery<FileSchema, { owner: number; name: string }, StoredFile>(
  (db, value) =>
    db
      .selectFrom('files')
      .selectAll()
      .where('owner', '=', value('owner'))
      .where('name', '=', value('name'))
      // A literal, for the partial index.
      .where('current', '=', sql.lit(1))
      .compile(),
);

export async function findCurrent(
  trx: Trx,
  owner: number,
  name: string,
): Promise<StoredFile | undefined> {
  const [file] = await findCurrentVersion(trx, { owner, name });
  return file;
}

export function listFilesById(trx: Trx, ids: readonly string[]): Promise<StoredFile[]> {
  return trx.selectFrom('files').selectAll().where('id', 'in', ids).orderBy('seq').execute();
}

export function listFilesByContent(trx: Trx, sha256: string, limit: number): Promise<StoredFile[]> {
  return trx.selectFrom('files').selectAll().where('sha256', '=', sha256).limit(limit).execute();
}

/** All versions of a name, newest first. */
export function listVersions(
  store: FileStore,
  file: { owner: number; name: string },
): Promise<StoredFile[]> {
  return store.db
    .selectFrom('files')
    .selectAll()
    .where('owner', '=', file.owner)
    .where('name', '=', file.name)
    .orderBy('version', 'desc')
    .limit(1_000)
    .execute();
}

type InsertedFile = Omit<FileRow, 'seq' | 'rank' | 'current'>;

const insert = prepareQuery<FileSchema, InsertedFile, StoredFile>((db, value) =>
  db
    .insertInto('files')
    .values({
      id: value('id'),
      owner: value('owner'),
      name: value('name'),
      name_folded: value('name_folded'),
      version: value('version'),
      current: 1,
      size: value('size'),
      sha256: value('sha256'),
      media_type: value('media_type'),
      status: value('status'),
      status_reason: value('status_reason'),
      score: value('score'),
      label: value('label'),
      created_at: value('created_at'),
      updated_at: value('updated_at'),
    })
    .returningAll()
    .compile(),
);

/**
 * Inserts an upload with what is known of its content; the version before, if any, is no longer
 * the current one.
 */
export async function insertFile(
  trx: Trx,
  file: NewFile,
  content: Pick<ContentRow, 'status' | 'status_reason'> & FileScore,
): Promise<StoredFile> {
  const previous = await findCurrent(trx, file.owner, file.name);
  if (previous) await retire(trx, previous);
  const now = new Date();
  const [inserted] = await insert(trx, {
    id: uuidv7(now.getTime()),
    owner: file.owner,
    name: file.name,
    name_folded: foldName(file.name),
    version: (previous?.version ?? 0) + 1,
    size: file.size,
    sha256: file.sha256,
    media_type: file.mediaType,
    status: content.status,
    status_reason: content.status_reason,
    score: content.score,
    label: content.label,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
  });
  if (!inserted) throw new Error('a file was inserted without a row');
  await makeCurrent(trx, inserted, content.types);
  await addUsedBytes(trx, file.owner, file.size);
  return inserted;
}

/**
 * Deletes a version; of the current one, every version of the name. Returns what was deleted:
 * nothing when somebody else was first.
 */
export async function deleteFile(trx: Trx, id: string): Promise<StoredFile[]> {
  const [file] = await listFilesById(trx, [id]);
  if (!file) return [];
  let query = trx.deleteFrom('files').where('owner', '=', file.owner).where('name', '=', file.name);
  if (file.current === 1) await retire(trx, file);
  else query = query.where('version', '=', file.version);
  const deleted = await query.returningAll().execute();
  await addUsedBytes(trx, file.owner, -deleted.reduce((sum, { size }) => sum + size, 0));
  for (const { id, owner } of deleted) {
    await insertEvent(trx, { owner, kind: 'deleted', body: { id } });
  }
  return deleted;
}

export interface FileState {
  status: FileStatus;
  statusReason: string | null;
  /** Undefined: score, label and types stay as they are. */
  scoreOf?: (name: string) => FileScore;
  mediaType?: string;
}

/** What lists show of a score. */
export interface FileScore {
  score: number | null;
  label: LabelName | null;
  types: string[];
}

const listOfContent = prepareQuery<FileSchema, { sha256: string }, StoredFile>((db, value) =>
  db.selectFrom('files').selectAll().where('sha256', '=', value('sha256')).compile(),
);

type ChangedFile = Pick<
  FileRow,
  'status' | 'status_reason' | 'score' | 'label' | 'media_type' | 'updated_at'
> & { seq: number };

const update = prepareQuery<FileSchema, ChangedFile>((db, value) =>
  db
    .updateTable('files')
    .set({
      status: value('status'),
      status_reason: value('status_reason'),
      score: value('score'),
      label: value('label'),
      media_type: value('media_type'),
      updated_at: value('updated_at'),
    })
    .where('seq', '=', value('seq'))
    .compile(),
);

/** Gives every file with this content its new state, with lists, counts and watchers in step. */
export async function updateFiles(trx: Trx, sha256: string, state: FileState): Promise<number> {
  const files = await listOfContent(trx, { sha256 });
  const updated_at = new Date().toISOString();
  for (const before of files) {
    const scored = state.scoreOf?.(before.name);
    const after: StoredFile = {
      ...before,
      status: state.status,
      status_reason: state.statusReason,
      score: scored === undefined ? before.score : scored.score,
      label: scored === undefined ? before.label : scored.label,
      media_type: state.mediaType ?? before.media_type,
      updated_at,
    };
    await update(trx, after);
    if (before.current === 1) {
      const types = scored?.types ?? (await listTypes(trx, before.seq));
      const known = scored ? await replaceTypes(trx, after, types) : types;
      await changeCounts(trx, before.owner, [
        ...countsOf(before, known, -1),
        ...countsOf(after, types, 1),
      ]);
    }
    await insertEvent(trx, { owner: after.owner, kind: 'status', body: eventOf(after) });
  }
  return files.length;
}

async function makeCurrent(trx: Trx, file: StoredFile, types: string[]): Promise<void> {
  await insertName(trx, file.name_folded, file.seq);
  await insertTypes(trx, file, types);
  await changeCounts(trx, file.owner, countsOf(file, types, 1));
  await insertEvent(trx, { owner: file.owner, kind: 'status', body: eventOf(file) });
}

async function retire(trx: Trx, file: StoredFile): Promise<void> {
  const types = await replaceTypes(trx, file, []);
  await deleteName(trx, file.seq);
  await changeCounts(trx, file.owner, countsOf(file, types, -1));
  await trx.updateTable('files').set({ current: 0 }).where('seq', '=', file.seq).execute();
}

const deleteTypes = prepareQuery<FileSchema, { seq: number }, { type: string }>((db, value) =>
  db.deleteFrom('file_types').where('seq', '=', value('seq')).returning('type').compile(),
);

/** Returns the types there were before. */
async function replaceTypes(trx: Trx, file: StoredFile, types: string[]): Promise<string[]> {
  const before = await deleteTypes(trx, { seq: file.seq });
  await insertTypes(trx, file, types);
  return before.map(({ type }) => type);
}

async function insertTypes(trx: Trx, file: StoredFile, types: string[]): Promise<void> {
  if (types.length === 0) return;
  const { seq, owner } = file;
  const rank = file.score ?? -1;
  await trx
    .insertInto('file_types')
    .values(types.map((type) => ({ type, seq, owner, rank })))
    .execute();
}

async function listTypes(trx: Trx, seq: number): Promise<string[]> {
  const rows = await trx.selectFrom('file_types').select('type').where('seq', '=', seq).execute();
  return rows.map(({ type }) => type);
}

function countsOf(file: StoredFile, types: readonly string[], by: 1 | -1): CountChange[] {
  return [
    { facet: 'files', value: '', by },
    { facet: 'bytes', value: '', by: by * file.size },
    { facet: 'status', value: file.status, by },
    ...(file.label === null ? [] : [{ facet: 'label' as const, value: file.label, by }]),
    ...types.map((type) => ({ facet: 'type' as const, value: type, by })),
  ];
}

function eventOf(file: StoredFile): Record<string, unknown> {
  return {
    id: file.id,
    status: file.status,
    status_reason: file.status_reason,
    sensitivity_score: file.score,
    label: file.label,
  };
}
