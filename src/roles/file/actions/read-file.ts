import { AppError } from '../../../platform/app-error.ts';
import type { Principal } from '../../../platform/http/principal.ts';
import { requireUser } from '../../../platform/http/principal.ts';
import type { FileContext } from '../file-context.ts';
import { findFile } from '../store/files.ts';
import { findOwner } from '../store/owners.ts';
import type { StoredFile } from '../store/schema.ts';

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `metadata`: score and findings. `content`: the bytes. `change`: delete, scan again. */
export type FileAccess = 'metadata' | 'content' | 'change';

const rolesByAccess: Record<FileAccess, readonly string[]> = {
  metadata: ['auditor', 'admin'],
  content: ['admin'],
  change: ['admin'],
};

/**
 * The file with this id, when the caller may do this with it: the owner everything, auditors see
 * score and findings, admins everything.
 *
 * @throws {AppError} `not_found`, also for a file of somebody else.
 */
export async function readFile(
  context: FileContext,
  principal: Principal,
  { id, access }: { id: string; access: FileAccess },
): Promise<StoredFile> {
  const { role, subject } = requireUser(principal);
  const file = idShape.test(id) ? await findFile(context.store, id) : undefined;
  if (!file) throw fileNotFound();
  if (rolesByAccess[access].includes(role)) return file;
  const owner = await findOwner(context.store, subject);
  if (owner?.owner !== file.owner) throw fileNotFound();
  return file;
}

/** Said of what is not there and of what is somebody else's alike. */
export function fileNotFound(): AppError {
  return new AppError('not_found', 'there is no file with this id, or it is not yours');
}
