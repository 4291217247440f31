import { AppError } from '../../../platform/app-error.ts';
import type { Staged } from '../content/content-store.ts';
import type { FileContext } from '../file-context.ts';
import { smallContentBytes } from '../store/small-contents.ts';

/** How often the free space is looked at while bytes arrive. */
const lookEveryBytes = 16_777_216;

const nameMostBytes = 1_024;

/**
 * Receives the bytes of one file under the limits on size and free space.
 *
 * @throws {AppError} `file_too_large`, `storage_full`; nothing is left on the disk then.
 */
export async function stageUpload(
  context: FileContext,
  source: AsyncIterable<Uint8Array>,
  declaredBytes = 0,
): Promise<Staged> {
  const { content, limits } = context;
  await checkFreeSpace(context, declaredBytes);
  let nextLook = lookEveryBytes;
  let full = false;
  const check = (bytesSoFar: number): void => {
    if (bytesSoFar > limits.maxUploadBytes) throw tooLarge(limits.maxUploadBytes);
    if (full) throw storageFull();
    if (bytesSoFar < nextLook) return;
    nextLook = bytesSoFar + lookEveryBytes;
    content.readFreeBytes().then(
      (free) => {
        full = free < limits.freeDiskFloorBytes;
      },
      () => {
        full = false;
      },
    );
  };
  return content.stage(source, { check, mostInMemory: smallContentBytes });
}

/** Refuses what cannot fit before a byte of it is read. */
export async function checkFreeSpace(context: FileContext, declaredBytes: number): Promise<void> {
  const { content, limits } = context;
  if (declaredBytes > limits.maxUploadBytes) throw tooLarge(limits.maxUploadBytes);
  const free = await content.readFreeBytes();
  if (free - declaredBytes < limits.freeDiskFloorBytes) throw storageFull();
}

/** A file's name is a label: any text of 1 to 1,024 bytes. @throws `invalid_request` */
export function checkName(name: string | undefined): string {
  if (name === undefined || name === '') {
    throw new AppError('invalid_request', 'the file has no name', {
      fields: [{ field: 'filename', message: 'must not be empty' }],
    });
  }
  if (Buffer.byteLength(name) > nameMostBytes || !name.isWellFormed()) {
    throw new AppError('invalid_request', 'the name of the file cannot be kept', {
      fields: [{ field: 'filename', message: `must be Unicode of at most ${nameMostBytes} bytes` }],
    });
  }
  return name;
}

function tooLarge(most: number): AppError {
  return new AppError('file_too_large', `a file may have ${most} bytes at most`);
}

function storageFull(): AppError {
  return new AppError(
    'storage_full',
    'there is not enough free space for this upload; nothing was kept',
  );
}
