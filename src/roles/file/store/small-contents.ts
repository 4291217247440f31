import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import type { FileSchema, FileStore, Trx } from './schema.ts';

/**
 * Contents of up to so many bytes are rows: they become durable with the commit that makes them
 * files, many at once, where each file of its own would wait for the disk by itself
 * (docs/decisions/0011-small-contents-in-the-database.md).
 */
export const smallContentBytes = 65_536;

const insert = prepareQuery<FileSchema, { sha256: string; bytes: Uint8Array }>((db, value) =>
  db
    .insertInto('small_contents')
    .values({ sha256: value('sha256'), bytes: value('bytes') })
    .compile(),
);

const find = prepareQuery<FileSchema, { sha256: string }, { bytes: Uint8Array<ArrayBuffer> }>(
  (db, value) =>
    db.selectFrom('small_contents').select('bytes').where('sha256', '=', value('sha256')).compile(),
);

/** The bytes of a content that was inserted in the same transaction; they go with its row. */
export async function insertSmallContent(
  trx: Trx,
  sha256: string,
  bytes: Uint8Array,
): Promise<void> {
  await insert(trx, { sha256, bytes });
}

/** Undefined of a content whose bytes are in a file. */
export async function findSmallContent(
  { db }: FileStore,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [row] = await find(db, { sha256 });
  return row?.bytes;
}
