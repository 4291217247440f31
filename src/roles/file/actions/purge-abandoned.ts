import type { FileContext } from '../file-context.ts';
import { findContent } from '../store/contents.ts';
import { deleteEventsBefore } from '../store/events.ts';
import { deleteIdempotencyKeysBefore } from '../store/idempotency-keys.ts';
import { unlinkUnused } from './delete-file.ts';

/** Another process on the same folder may be at an upload for hours. */
const uploadAgeMilliseconds = 86_400_000;
const eventAgeMilliseconds = 3_600_000;
const idempotencyAgeMilliseconds = 86_400_000;

export interface Purged {
  uploads: number;
  contents: number;
  events: number;
  idempotency_keys: number;
}

/** Removes what crashes and time leave behind: half-received uploads, old events and keys. */
export async function purgeAbandoned(context: FileContext): Promise<Purged> {
  const { store, content } = context;
  const uploads = await content.purgeAbandoned(uploadAgeMilliseconds, async (sha256) => {
    await store.write(
      async (trx) => {
        if (!(await findContent(trx, sha256))) content.unlink(sha256);
      },
      { alone: true },
    );
  });
  const now = Date.now();
  const purged = {
    uploads,
    contents: await unlinkUnused(context),
    events: await store.write((trx) => deleteEventsBefore(trx, now - eventAgeMilliseconds)),
    idempotency_keys: await store.write((trx) =>
      deleteIdempotencyKeysBefore(trx, now - idempotencyAgeMilliseconds),
    ),
  };
  await store.giveBackPages();
  return purged;
}
