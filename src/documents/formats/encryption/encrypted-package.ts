import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type ReadOptions, UnreadableError } from '../../reader.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { type DecryptSegment, openAgile } from './agile-encryption.ts';
import { defaultPassword } from './default-password.ts';
import { openStandard } from './standard-encryption.ts';

const segmentBytes = 4_096;
const agileVersion = 4;
const standardVersion = 2;

/**
 * Reads a document of Office 2007 and later that is encrypted with the password that Office opens
 * unasked ([MS-OFFCRYPTO] 2.3.4).
 *
 * @throws {UnreadableError} `encrypted` when it takes another one.
 */
export async function readEncryptedPackage(
  root: OleStorage,
  sink: DocumentSink,
  { budget }: ReadOptions,
): Promise<void> {
  const content = root.findBytes('EncryptedPackage') ?? new Uint8Array(0);
  const information = root.findBytes('EncryptionInfo') ?? new Uint8Array(0);
  const decrypt = openEncryption(information, budget);
  if (decrypt === undefined || content.length < 8) throw new UnreadableError('encrypted');
  await sink.readInner('EncryptedPackage', decryptAll(content, decrypt));
}

function openEncryption(information: Uint8Array, budget: ReadBudget): DecryptSegment | undefined {
  try {
    const cursor = new ByteCursor(information, 2);
    const version = cursor.uint16();
    if (version === agileVersion) {
      const description = Buffer.from(information.subarray(8)).toString('utf8');
      return openAgile(description, { password: defaultPassword, budget });
    }
    if (version !== standardVersion) return undefined;
    return openStandard(information.subarray(cursor.at), defaultPassword);
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    // What cannot be understood cannot be decrypted.
    return undefined;
  }
}

async function* decryptAll(
  content: Uint8Array,
  decrypt: DecryptSegment,
): AsyncIterable<Uint8Array> {
  const cursor = new ByteCursor(content);
  let left = cursor.uint32() + cursor.uint32() * 2 ** 32;
  for (let segment = 0; left > 0 && cursor.left >= 16; segment++) {
    const length = Math.min(segmentBytes, cursor.left - (cursor.left % 16));
    const decrypted = decrypt(segment, cursor.take(length));
    yield decrypted.subarray(0, Math.min(decrypted.length, left));
    left -= decrypted.length;
  }
}
