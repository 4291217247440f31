import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import type { FileSchema, FileStore, Trx } from './schema.ts';

export interface Owner {
  owner: number;
  subject: string;
  username: string | null;
  used_bytes: number;
}

const findBySubject = prepareQuery<FileSchema, { subject: string }, Owner>((db, value) =>
  db.selectFrom('owners').selectAll().where('subject', '=', value('subject')).compile(),
);

/** The row of a user id, inserted when the user is seen for the first time. */
export async function ensureOwner(trx: Trx, subject: string): Promise<Owner> {
  const [known] = await findBySubject(trx, { subject });
  if (known) return known;
  return trx
    .insertInto('owners')
    .values({ subject, username: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findOwner(store: FileStore, subject: string): Promise<Owner | undefined> {
  const [owner] = await findBySubject(store.db, { subject });
  return owner;
}

export function readOwner(store: FileStore, owner: number): Promise<Owner> {
  return store.db
    .selectFrom('owners')
    .selectAll()
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
}

export function findOwnerByUsername(
  store: FileStore,
  username: string,
): Promise<Owner | undefined> {
  return store.db
    .selectFrom('owners')
    .selectAll()
    .where('username', '=', username)
    .executeTakeFirst();
}

export async function updateUsername(
  store: FileStore,
  subject: string,
  username: string,
): Promise<void> {
  await store.write((trx) =>
    trx.updateTable('owners').set({ username }).where('subject', '=', subject).execute(),
  );
}

const add = prepareQuery<FileSchema, { owner: number; bytes: number }>((db, value) =>
  db
    .updateTable('owners')
    .set((row) => ({ used_bytes: row('used_bytes', '+', value('bytes')) }))
    .where('owner', '=', value('owner'))
    .compile(),
);

export async function addUsedBytes(trx: Trx, owner: number, bytes: number): Promise<void> {
  await add(trx, { owner, bytes });
}
