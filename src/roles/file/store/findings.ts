import { sql } from 'kysely';
import type { Finding } from '../../../engine/types.ts';
import type { FileStore, Trx } from './schema.ts';

export async function replaceFindings(
  trx: Trx,
  sha256: string,
  findings: readonly Finding[],
): Promise<void> {
  await trx.deleteFrom('findings').where('sha256', '=', sha256).execute();
  if (findings.length === 0) return;
  const rows = JSON.stringify(findings.map((finding) => ({ type: finding.type, body: finding })));
  await sql`insert into findings (sha256, ordinal, type, body)
    select ${sha256}, key, value ->> 'type', value -> 'body' from json_each(${rows})`.execute(trx);
}

export interface StoredFinding {
  ordinal: number;
  finding: Finding;
}

/** Findings of a content in the order of the scan, after an ordinal, of one type or of all. */
export async function listFindings(
  store: FileStore,
  sha256: string,
  options: {
    after: number;
    limit: number;
    type?: string | undefined;
    /** By type: the least confidence; findings of other types are left out. */
    counting?: Record<string, number> | undefined;
  },
): Promise<StoredFinding[]> {
  let query = store.db
    .selectFrom('findings')
    .select(['ordinal', 'body'])
    .where('sha256', '=', sha256)
    .where('ordinal', '>', options.after)
    .orderBy('ordinal')
    .limit(options.limit);
  if (options.type !== undefined) query = query.where('type', '=', options.type);
  if (options.counting !== undefined) {
    const least = JSON.stringify(options.counting);
    query = query.where(
      sql<boolean>`body ->> 'confidence' >=
        (select value from json_each(${least}) where key = findings.type)`,
    );
  }
  const rows = await query.execute();
  return rows.map(({ ordinal, body }) => ({ ordinal, finding: JSON.parse(body) as Finding }));
}
