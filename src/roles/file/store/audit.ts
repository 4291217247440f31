import type { Trx } from './schema.ts';

export interface AuditEntry {
  actor: string;
  action: 'delete' | 'rescan' | 'read_content' | 'change_policy';
  /** Id of a file, or `policy/` and a version. */
  target: string;
  requestId: string;
}

/** Notes who did what to what; names and content stay out. */
export async function insertAudit(trx: Trx, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      at: new Date().toISOString(),
      actor: entry.actor,
      action: entry.action,
      target: entry.target,
      request_id: entry.requestId,
    })
    .execute();
}
