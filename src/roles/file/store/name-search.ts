import { sql } from 'kysely';
import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import type { FileSchema, FileStore, Trx } from './schema.ts';

/**
 * A name or a search as it is compared: Unicode NFKC, lower case. NUL, which would end the text
 * for the index, is a replacement character.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll('\0', '\u{fffd}');
}

const insert = prepareQuery<FileSchema, { seq: number; folded: string }>((db, value) =>
  sql`insert into file_names (rowid, name_folded)
    values (${value('seq')}, ${value('folded')})`.compile(db),
);

export async function insertName(trx: Trx, folded: string, seq: number): Promise<void> {
  await insert(trx, { seq, folded });
}

export async function deleteName(trx: Trx, seq: number): Promise<void> {
  await sql`delete from file_names where rowid = ${seq}`.execute(trx);
}

/**
 * The run of three characters of a search that the fewest names have, as a term for `match`, when
 * fewer than `most` names have it: then every match is among those names. Costs `most` index
 * entries a run, however many names there are.
 */
export async function findRareTerm(
  store: FileStore,
  folded: string,
  most: number,
): Promise<string | undefined> {
  let rarest: { term: string; names: number } | undefined;
  for (const term of termsOf(folded)) {
    const { rows } = await sql<{ names: number }>`select count(*) as names from
      (select 1 from file_names where file_names match ${term} limit ${most})`.execute(store.db);
    const names = rows[0]?.names ?? 0;
    if (!rarest || names < rarest.names) rarest = { term, names };
    if (names < 16) break;
  }
  return rarest && rarest.names < most ? rarest.term : undefined;
}

function termsOf(folded: string): Set<string> {
  const characters = [...folded];
  const terms = new Set<string>();
  for (let at = 0; at + 3 <= characters.length; at += 1) {
    const run = characters.slice(at, at + 3).join('');
    terms.add(`"${run.replaceAll('"', '""')}"`);
  }
  return terms;
}
