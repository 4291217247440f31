import { createHash } from 'node:crypto';
import { AppError } from '../../../platform/app-error.ts';
import type { Staged } from '../content/content-store.ts';
import type { FileContext } from '../file-context.ts';
import { findContent, insertContent } from '../store/contents.ts';
import { findCurrent, insertFile, listFilesById } from '../store/files.ts';
import { findIdempotent, insertIdempotencyKey } from '../store/idempotency-keys.ts';
import { insertScan } from '../store/outbox.ts';
import { ensureOwner, type Owner } from '../store/owners.ts';
import type { StoredFile, Trx } from '../store/schema.ts';
import { insertSmallContent } from '../store/small-contents.ts';
import { fileScoreOf } from './file-scores.ts';

export interface Upload {
  name: string;
  mediaType: string;
  staged: Staged;
}

export interface KeepOptions {
  subject: string;
  requestId: string;
  ifExists: 'version' | 'fail';
  idempotencyKey: string | undefined;
}

/**
 * Makes staged uploads files, all or none: large ones get their address, then one transaction
 * holds the rows, the bytes of small ones, the quota and the scans to be published.
 *
 * @throws {AppError} `name_taken`, `quota_exceeded`, `idempotency_key_reused`, `conflict`
 */
export async function keepUploads(
  context: FileContext,
  uploads: readonly Upload[],
  options: KeepOptions,
): Promise<StoredFile[]> {
  try {
    await Promise.all(uploads.map(({ staged }) => staged.file?.publish()));
    return await keepAll(context, uploads, options);
  } catch (error) {
    await unlinkUnkept(context, uploads);
    throw error;
  }
}

async function keepAll(
  context: FileContext,
  uploads: readonly Upload[],
  options: KeepOptions,
): Promise<StoredFile[]> {
  const kept = await context.store.write(async (trx) => {
    const owner = await ensureOwner(trx, options.subject);
    const key = options.idempotencyKey;
    const idempotency = key === undefined ? undefined : keyOf(owner, key, uploads);
    const known = idempotency && (await findIdempotent(trx, idempotency));
    if (known) return { files: await listAgain(trx, known), isNew: false };
    checkQuota(context, owner, uploads);
    const files: StoredFile[] = [];
    for (const upload of uploads) files.push(await keep(context, trx, upload, owner, options));
    if (idempotency) {
      await insertIdempotencyKey(
        trx,
        idempotency,
        files.map(({ id }) => id),
      );
    }
    return { files, isNew: true };
  });
  if (kept.isNew) {
    context.wakePublisher();
    context.events.wake();
    context.metrics.uploads.inc({ outcome: 'kept' }, uploads.length);
    context.metrics.uploadedBytes.inc(sizeOf(uploads));
  }
  return kept.files;
}

/** The files that an upload with the same key made. */
async function listAgain(trx: Trx, ids: readonly string[]): Promise<StoredFile[]> {
  const files = await listFilesById(trx, ids);
  if (files.length === ids.length) return files;
  throw new AppError(
    'conflict',
    'what this Idempotency-Key made has been deleted since: use a new one to upload it again',
  );
}

/** Takes the address of refused bytes away again, unless they are part of the installation. */
async function unlinkUnkept(
  { store, content }: FileContext,
  uploads: readonly Upload[],
): Promise<void> {
  const published = uploads.map(({ staged }) => staged).filter(({ file }) => file !== undefined);
  if (published.length === 0) return;
  await store.write(
    async (trx) => {
      for (const { sha256 } of published) {
        if (!(await findContent(trx, sha256))) content.unlink(sha256);
      }
    },
    { durable: false, alone: true },
  );
}

async function keep(
  context: FileContext,
  trx: Trx,
  { name, mediaType, staged }: Upload,
  owner: Owner,
  options: KeepOptions,
): Promise<StoredFile> {
  if (options.ifExists === 'fail' && (await findCurrent(trx, owner.owner, name))) {
    throw new AppError('name_taken', 'you have a file of this name already; nothing was changed');
  }
  const { sha256, size, bytes } = staged;
  staged.file?.ensurePublished();
  let content = await findContent(trx, sha256);
  if (!content) {
    const { revision, limits } = context;
    const due_at = Date.now() + limits.pendingTimeoutSeconds * 1_000;
    content = await insertContent(trx, { sha256, size, revision, due_at });
    if (bytes) await insertSmallContent(trx, sha256, bytes);
    await insertScan(trx, { sha256, size, revision, force: false, requestId: options.requestId });
  }
  const scored = fileScoreOf(content, await context.revisions.find(trx, content.revision))(name);
  const { status, status_reason } = content;
  const file = { owner: owner.owner, name, size, sha256, mediaType };
  return insertFile(trx, file, { status, status_reason, ...scored });
}

function checkQuota(context: FileContext, owner: Owner, uploads: readonly Upload[]): void {
  const { quotaBytes } = context.limits;
  const wanted = owner.used_bytes + sizeOf(uploads);
  if (quotaBytes === 0 || wanted <= quotaBytes) return;
  throw new AppError(
    'quota_exceeded',
    `your files may hold ${quotaBytes} bytes in all and hold ${owner.used_bytes}: delete some first`,
  );
}

function keyOf(
  owner: Owner,
  key: string,
  uploads: readonly Upload[],
): { owner: number; key: string; fingerprint: string } {
  const hash = createHash('sha256');
  for (const { name, staged } of uploads) hash.update(`${staged.sha256}${name.length}:${name}`);
  return { owner: owner.owner, key, fingerprint: hash.digest('hex') };
}

function sizeOf(uploads: readonly Upload[]): number {
  return uploads.reduce((sum, { staged }) => sum + staged.size, 0);
}
