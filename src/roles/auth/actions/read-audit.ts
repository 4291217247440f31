import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { findBreak, listAuditEvents, listAuditEventsAfter } from '../store/audit-events.ts';
import type { AuditEventRow } from '../store/auth-store.ts';
import { type Page, toPage } from './to-page.ts';

const purpose = 'audit';

/** Events read at a time; others run in between. */
const batchEvents = 1_000;

/**
 * The audit log, the newest event first.
 *
 * @throws {AppError} `forbidden` unless an admin or auditor; `invalid_cursor`
 */
export async function listAuditPage(
  auth: AuthContext,
  { caller, limit, cursor }: { caller: Principal; limit: number; cursor: string | undefined },
): Promise<Page<AuditEventRow>> {
  requireRole(caller, 'admin', 'auditor');
  const before = cursor === undefined ? undefined : auth.cursors.open(purpose, cursor)[0];
  const rows = await listAuditEvents(auth.store.db, {
    limit,
    before: before === undefined ? undefined : Number(before),
  });
  return toPage(rows, limit, ({ sequence }) => auth.cursors.seal(purpose, [sequence]));
}

export interface AuditCheck {
  /** How many events follow on each other. */
  events: number;
  /** The last hash, in hexadecimal: kept elsewhere, it shows a log that was cut short later. */
  head: string;
  /** The first event that does not follow on the one before. */
  brokenAt: number | null;
}

/**
 * Follows the hashes of the whole log.
 *
 * @throws {AppError} `forbidden` unless an admin or auditor
 */
export async function checkAudit(auth: AuthContext, caller: Principal): Promise<AuditCheck> {
  requireRole(caller, 'admin', 'auditor');
  let last: { sequence: number; hash: Uint8Array } | undefined;
  for (;;) {
    const page = { after: last?.sequence ?? 0, limit: batchEvents };
    const events = await listAuditEventsAfter(auth.store.db, page);
    const brokenAt = findBreak(events, last);
    const newest = events.at(-1);
    if (brokenAt !== undefined || newest === undefined) {
      const head = Buffer.from(last?.hash ?? []).toString('hex');
      return { events: last?.sequence ?? 0, head, brokenAt: brokenAt ?? null };
    }
    last = newest;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
