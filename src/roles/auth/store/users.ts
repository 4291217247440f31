import type { Kysely } from 'kysely';
import { AppError } from '../../../platform/app-error.ts';
import type { AuthSchema, AuthTransaction, UserRow } from './auth-store.ts';

export async function insertUser(trx: AuthTransaction, user: UserRow): Promise<void> {
  await trx.insertInto('users').values(user).execute();
}

export function findUser(db: Kysely<AuthSchema>, id: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

/** @throws {AppError} `not_found` */
export async function readUser(db: Kysely<AuthSchema>, id: string): Promise<UserRow> {
  const user = await findUser(db, id);
  if (!user) throw new AppError('not_found', 'there is no user with this id');
  return user;
}

/** The address must be normalised. */
export function findUserByEmail(
  db: Kysely<AuthSchema>,
  email: string,
): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();
}

export async function hasUsers(db: Kysely<AuthSchema>): Promise<boolean> {
  const user = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  return user !== undefined;
}

export async function countUsers(db: Kysely<AuthSchema>): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export interface UserPage {
  limit: number;
  /** Beginning of the normalised address. */
  emailPrefix?: string | undefined;
  /** Id of the last user of the page before. */
  afterId?: string | undefined;
}

/** Users by e-mail address, at most `limit + 1` of them. */
export function listUsers(db: Kysely<AuthSchema>, page: UserPage): Promise<UserRow[]> {
  const { limit, emailPrefix, afterId } = page;
  let query = db
    .selectFrom('users')
    .selectAll()
    .orderBy('email')
    .limit(limit + 1);
  if (emailPrefix) {
    query = query.where('email', '>=', emailPrefix).where('email', '<', `${emailPrefix}\u{10ffff}`);
  }
  // Users are never deleted and keep their address, so an id is as good a place in the order.
  if (afterId !== undefined) {
    query = query.where('email', '>', ({ selectFrom }) =>
      selectFrom('users').select('email').where('id', '=', afterId),
    );
  }
  return query.execute();
}

export async function updateUser(
  trx: AuthTransaction,
  id: string,
  changes: Partial<Pick<UserRow, 'role' | 'status' | 'password_hash'>>,
): Promise<void> {
  await trx.updateTable('users').set(changes).where('id', '=', id).execute();
}

/** Whether an active admin other than this user is left. */
export async function hasOtherAdmin(trx: AuthTransaction, id: string): Promise<boolean> {
  const other = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** Does nothing when the password has been changed meanwhile. */
export async function replacePasswordHash(
  trx: AuthTransaction,
  id: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password_hash: to })
    .where('id', '=', id)
    .where('password_hash', '=', from)
    .execute();
}
