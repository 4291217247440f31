import type { Principal } from '../../../platform/http/principal.ts';
import type { FileContext } from '../file-context.ts';
import { insertAudit } from '../store/audit.ts';
import { findOwner } from '../store/owners.ts';
import type { StoredFile } from '../store/schema.ts';

/** Notes that somebody other than its owner reads the content of a file. */
export async function noteContentRead(
  context: FileContext,
  principal: Principal,
  { file, requestId }: { file: StoredFile; requestId: string },
): Promise<void> {
  const { subject } = principal;
  if ((await findOwner(context.store, subject))?.owner === file.owner) return;
  const entry = { actor: subject, action: 'read_content', target: file.id, requestId } as const;
  await context.store.write((trx) => insertAudit(trx, entry));
}
