import { z } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { AppError } from '../../../platform/app-error.ts';
import { type Client, type GrantType, grantTypes } from '../client.ts';
import type { AuthSchema, AuthTransaction, ClientRow } from './auth-store.ts';

const RedirectUrisSchema = z.array(z.string());

export async function insertClient(trx: AuthTransaction, client: ClientRow): Promise<void> {
  await trx.insertInto('clients').values(client).execute();
}

export function findClientRow(db: Kysely<AuthSchema>, id: string): Promise<ClientRow | undefined> {
  return db.selectFrom('clients').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Registered clients in the order they were made, at most `limit + 1` of them. */
export function listClients(
  db: Kysely<AuthSchema>,
  page: { limit: number; afterId?: string | undefined },
): Promise<ClientRow[]> {
  return db
    .selectFrom('clients')
    .selectAll()
    .where('id', '>', page.afterId ?? '')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
}

/** @throws {AppError} `not_found` */
export async function replaceClientSecret(
  trx: AuthTransaction,
  id: string,
  secretHash: Uint8Array,
): Promise<ClientRow> {
  const row = await trx
    .updateTable('clients')
    .set({ secret_hash: secretHash })
    .where('id', '=', id)
    .where('secret_hash', 'is not', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', 'there is no client with a secret by this id');
  return row;
}

/** Tells whether there was such a client; what people agreed to for it goes too. */
export async function deleteClient(trx: AuthTransaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('clients')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** A registered client as the protocol sees it. */
export function toClient(row: ClientRow): Client {
  const known = Object.values(grantTypes) as string[];
  return {
    id: row.id,
    name: row.name,
    ...(row.secret_hash && { secretHash: row.secret_hash }),
    isFirstParty: false,
    redirectUris: RedirectUrisSchema.parse(JSON.parse(row.redirect_uris)),
    grants: row.grants.split(' ').filter((grant): grant is GrantType => known.includes(grant)),
    scopes: row.scopes.split(' ').filter(Boolean),
  };
}
