import { findContent, updateContent } from '../store/contents.ts';
import { updateFiles } from '../store/files.ts';
import type { FileStore } from '../store/schema.ts';

/** Ends the wait for a scan that the broker has given up. */
export async function failContent(store: FileStore, sha256: string, reason: string): Promise<void> {
  await store.write(async (trx) => {
    const content = await findContent(trx, sha256);
    if (!content || (content.status !== 'pending' && content.status !== 'scanning')) return;
    const state = { status: 'failed', score: content.score, label: content.label } as const;
    await updateContent(trx, sha256, { ...state, status_reason: reason, due_at: null });
    await updateFiles(trx, sha256, { ...state, statusReason: reason });
  });
}
