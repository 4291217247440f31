import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditEventRow, AuthSchema, AuthTransaction } from './auth-store.ts';

export type AuditEntry = Omit<AuditEventRow, 'sequence' | 'hash'>;

/** The hash before the first event. */
const beginning = new Uint8Array(32);

/** Appends an event; its hash goes over the one before, so that a removed line shows. */
export async function appendAuditEvent(trx: AuthTransaction, entry: AuditEntry): Promise<void> {
  const last = await trx
    .selectFrom('audit_events')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const sequence = (last?.sequence ?? 0) + 1;
  const hash = chainHash(last?.hash ?? beginning, { ...entry, sequence });
  await trx
    .insertInto('audit_events')
    .values({ ...entry, sequence, hash })
    .execute();
}

/** Events, the newest first, at most `limit + 1` of them. */
export function listAuditEvents(
  db: Kysely<AuthSchema>,
  page: { limit: number; before?: number | undefined },
): Promise<AuditEventRow[]> {
  return db
    .selectFrom('audit_events')
    .selectAll()
    .where('sequence', '<', page.before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('sequence', 'desc')
    .limit(page.limit + 1)
    .execute();
}

/** Events after one, in their order. */
export function listAuditEventsAfter(
  db: Kysely<AuthSchema>,
  page: { after: number; limit: number },
): Promise<AuditEventRow[]> {
  return db
    .selectFrom('audit_events')
    .selectAll()
    .where('sequence', '>', page.after)
    .orderBy('sequence')
    .limit(page.limit)
    .execute();
}

/** The sequence of the first event that does not follow on the one before; undefined if all do. */
export function findBreak(
  events: readonly AuditEventRow[],
  before: { sequence: number; hash: Uint8Array } = { sequence: 0, hash: beginning },
): number | undefined {
  let last = before;
  for (const event of events) {
    const hash = chainHash(last.hash, event);
    if (event.sequence !== last.sequence + 1 || !Buffer.from(hash).equals(event.hash)) {
      return event.sequence;
    }
    last = event;
  }
  return undefined;
}

function chainHash(before: Uint8Array, event: Omit<AuditEventRow, 'hash'>): Uint8Array {
  const { sequence, at, event: name, actor, subject, client_id, address } = event;
  return createHash('sha256')
    .update(before)
    .update(JSON.stringify([sequence, at, name, actor, subject, client_id, address]))
    .digest();
}
