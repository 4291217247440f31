import { sql } from 'kysely';
import type { CountChange } from './counts.ts';
import { changeCounts } from './counts.ts';
import type { ContentRow, FileStore, LabelName, Trx } from './schema.ts';

/** A content whose score is of an older revision, and what is known of it. */
export type OldContent = Omit<ContentRow, 'seq' | 'attempts' | 'due_at' | 'scanned_at'>;

/** Contents that wait for nothing and whose score is of a revision before this one. */
export async function listOldContents(
  db: FileStore['db'],
  { revision, limit }: { revision: number; limit: number },
): Promise<OldContent[]> {
  const { rows } = await sql<OldContent>`select sha256, size, status, status_reason, score, label,
      report, revision, scanned_revision
    from contents where due_at is null and revision < ${revision} limit ${limit}`.execute(db);
  return rows;
}

/** Those of the contents in which a finding with one of the fingerprints is stored. */
export async function listHolding(
  trx: Trx,
  hashes: readonly string[],
  fingerprints: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sha256: string }>`select distinct sha256 from findings
    where sha256 in (select value from json_each(${JSON.stringify(hashes)}))
    and body ->> 'fingerprint' in (select value from json_each(${JSON.stringify(fingerprints)}))
  `.execute(trx);
  return new Set(rows.map(({ sha256 }) => sha256));
}

export interface FileOfContent {
  seq: number;
  id: string;
  owner: number;
  sha256: string;
  name: string;
  current: 0 | 1;
  status: string;
  status_reason: string | null;
  score: number | null;
  label: LabelName | null;
  /** Only of the current version of a name. */
  types: string[];
}

/** Every file with one of the contents. */
export async function listFilesOf(trx: Trx, hashes: readonly string[]): Promise<FileOfContent[]> {
  const { rows } = await sql<Omit<FileOfContent, 'types'> & { types: string | null }>`
    select seq, id, owner, sha256, name, current, status, status_reason, score, label,
      (select json_group_array(type) from file_types where file_types.seq = files.seq) as types
    from files where sha256 in (select value from json_each(${JSON.stringify(hashes)}))
  `.execute(trx);
  return rows.map((row) => ({ ...row, types: JSON.parse(row.types ?? '[]') as string[] }));
}

export interface RescoredContent {
  sha256: string;
  score: number | null;
  label: LabelName | null;
  report: string | null;
}

/** Moves contents to a revision, with a new score where there is one. */
export async function updateRescored(
  trx: Trx,
  revision: number,
  { kept, changed }: { kept: readonly string[]; changed: readonly RescoredContent[] },
): Promise<void> {
  if (kept.length > 0) {
    await sql`update contents set revision = ${revision}
      where sha256 in (select value from json_each(${JSON.stringify(kept)}))`.execute(trx);
  }
  if (changed.length === 0) return;
  await sql`update contents set revision = ${revision}, score = value ->> 'score',
      label = value ->> 'label', report = value ->> 'report'
    from json_each(${JSON.stringify(changed)})
    where sha256 = value ->> 'sha256'`.execute(trx);
}

export interface RescoredFile {
  before: FileOfContent;
  score: number | null;
  label: LabelName | null;
  types: string[];
}

/** Gives files their new scores, with lists, counts and watchers in step. */
export async function updateRescoredFiles(trx: Trx, files: readonly RescoredFile[]): Promise<void> {
  if (files.length === 0) return;
  const now = new Date();
  const scores = files.map(({ before, score, label }) => ({ seq: before.seq, score, label }));
  await sql`update files set score = value ->> 'score', label = value ->> 'label',
      updated_at = ${now.toISOString()}
    from json_each(${JSON.stringify(scores)}) where seq = value ->> 'seq'`.execute(trx);
  const current = files.filter(({ before }) => before.current === 1);
  const seqs = JSON.stringify(current.map(({ before }) => before.seq));
  await sql`delete from file_types
    where seq in (select value from json_each(${seqs}))`.execute(trx);
  const types = current.flatMap(({ before, score, types }) =>
    types.map((type) => ({ type, seq: before.seq, owner: before.owner, rank: score ?? -1 })),
  );
  await sql`insert into file_types (type, seq, owner, rank)
    select value ->> 'type', value ->> 'seq', value ->> 'owner', value ->> 'rank'
    from json_each(${JSON.stringify(types)})`.execute(trx);
  await changeCountsOf(trx, current);
  const events = files.map(({ before, score, label }) => ({
    owner: before.owner,
    body: {
      id: before.id,
      status: before.status,
      status_reason: before.status_reason,
      sensitivity_score: score,
      label,
    },
  }));
  await sql`insert into events (owner, kind, body, at)
    select value ->> 'owner', 'status', value -> 'body', ${now.getTime()}
    from json_each(${JSON.stringify(events)})`.execute(trx);
}

async function changeCountsOf(trx: Trx, files: readonly RescoredFile[]): Promise<void> {
  const byOwner = new Map<number, CountChange[]>();
  for (const { before, label, types } of files) {
    const changes = byOwner.get(before.owner) ?? [];
    byOwner.set(before.owner, changes);
    if (before.label !== null) changes.push({ facet: 'label', value: before.label, by: -1 });
    if (label !== null) changes.push({ facet: 'label', value: label, by: 1 });
    for (const value of before.types) changes.push({ facet: 'type', value, by: -1 });
    for (const value of types) changes.push({ facet: 'type', value, by: 1 });
  }
  for (const [owner, changes] of byOwner) await changeCounts(trx, owner, changes);
}
