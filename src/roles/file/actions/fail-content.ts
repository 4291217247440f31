import { findContent, updateContent } from '../store/contents.ts';
import { updateFiles } from '../store/files.ts';
import type { FileStore } from '../store/schema.ts';

export interface GivenUp {
  sha256: string;
  /** The revision the scan was asked for. */
  revision: number;
  reason: string;
}

/** Ends the wait for a scan that the broker has given up; a score there was before stands. */
export async function failContent(
  store: FileStore,
  { sha256, revision, reason }: GivenUp,
): Promise<void> {
  await store.write(async (trx) => {
    const content = await findContent(trx, sha256);
    if (!content || content.due_at === null || content.revision > revision) return;
    const changes = { status: 'failed', status_reason: reason, revision, due_at: null } as const;
    await updateContent(trx, sha256, changes);
    await updateFiles(trx, sha256, { status: 'failed', statusReason: reason });
  });
}
