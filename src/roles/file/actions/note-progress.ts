import type { FileContext } from '../file-context.ts';
import { findContent, updateContent } from '../store/contents.ts';
import { insertEvent } from '../store/events.ts';
import { listFilesByContent, updateFiles } from '../store/files.ts';

export interface ScanProgress {
  sha256: string;
  bytesRead: number;
}

/** A worker is at it: the files show `scanning`, and who watches sees how far it is. */
export async function noteProgress(context: FileContext, progress: ScanProgress): Promise<void> {
  const { sha256, bytesRead } = progress;
  await context.store.write(
    async (trx) => {
      const content = await findContent(trx, sha256);
      if (!content || (content.status !== 'pending' && content.status !== 'scanning')) return;
      if (content.status === 'pending') {
        await updateContent(trx, sha256, { status: 'scanning', status_reason: null });
        await updateFiles(trx, sha256, { status: 'scanning', statusReason: null });
      }
      for (const { id, owner } of await listFilesByContent(trx, sha256, 100)) {
        const body = { id, bytes_read: bytesRead, filesize: content.size };
        await insertEvent(trx, { owner, kind: 'progress', body });
      }
    },
    { durable: false },
  );
  context.events.wake();
}
