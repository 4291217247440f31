import type { Trx } from './schema.ts';

export interface AuditEntry {
  actor: string;
  action: 'delete' | 'rescan' | 'read_content';
  fileId: string;
  requestId: string;
}

/** Notes who did what to which file; names and content stay out. */
export async function insertAudit(trx: Trx, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      at: new Date().toISOString(),
      actor: entry.actor,
      action: entry.action,
      file_id: entry.fileId,
      request_id: entry.requestId,
    })
    .execute();
}
