import { sql } from 'kysely';
import type { FileStore, Trx } from './schema.ts';

/** A name or a search as it is compared: Unicode NFKC, lower case. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** Distinct runs of three UTF-16 code units, each packed into one integer below 2^48. */
export function trigramsOf(folded: string): number[] {
  const trigrams = new Set<number>();
  for (let at = 0; at + 3 <= folded.length; at += 1) {
    const [a, b, c] = [folded.charCodeAt(at), folded.charCodeAt(at + 1), folded.charCodeAt(at + 2)];
    trigrams.add(a * 0x1_0000_0000 + b * 0x1_0000 + c);
  }
  return [...trigrams];
}

export async function insertTrigrams(trx: Trx, folded: string, seq: number): Promise<void> {
  const trigrams = JSON.stringify(trigramsOf(folded));
  await sql`insert into name_trigrams (trigram, seq)
    select value, ${seq} from json_each(${trigrams})`.execute(trx);
}

export async function deleteTrigrams(trx: Trx, folded: string, seq: number): Promise<void> {
  const trigrams = JSON.stringify(trigramsOf(folded));
  await sql`delete from name_trigrams
    where trigram in (select value from json_each(${trigrams})) and seq = ${seq}`.execute(trx);
}

/**
 * The trigram of a search that the fewest names have, when fewer than `most` have it: then every
 * match is among those names. Costs `most` index entries a trigram, however many names there are.
 */
export async function findRareTrigram(
  store: FileStore,
  folded: string,
  most: number,
): Promise<number | undefined> {
  let rarest: { trigram: number; names: number } | undefined;
  for (const trigram of trigramsOf(folded)) {
    const { rows } = await sql<{ names: number }>`select count(*) as names from
      (select 1 from name_trigrams where trigram = ${trigram} limit ${most})`.execute(store.db);
    const names = rows[0]?.names ?? 0;
    if (!rarest || names < rarest.names) rarest = { trigram, names };
    if (names < 16) break;
  }
  return rarest && rarest.names < most ? rarest.trigram : undefined;
}
