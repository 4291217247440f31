import type { FileStore, Trx } from './schema.ts';

export interface Owner {
  owner: number;
  subject: string;
  username: string | null;
  used_bytes: number;
}

/** The row of a user id, inserted when the user is seen for the first time. */
export async function ensureOwner(trx: Trx, subject: string): Promise<Owner> {
  const known = await trx
    .selectFrom('owners')
    .selectAll()
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (known) return known;
  return trx
    .insertInto('owners')
    .values({ subject, username: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findOwner(store: FileStore, subject: string): Promise<Owner | undefined> {
  return store.db
    .selectFrom('owners')
    .selectAll()
    .where('subject', '=', subject)
    .executeTakeFirst();
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

export async function addUsedBytes(trx: Trx, owner: number, bytes: number): Promise<void> {
  await trx
    .updateTable('owners')
    .set((row) => ({ used_bytes: row('used_bytes', '+', bytes) }))
    .where('owner', '=', owner)
    .execute();
}
