import { createHash } from 'node:crypto';
import type { ReadBudget } from '../../read-budget.ts';
import { defaultPassword } from '../encryption/default-password.ts';
import { Rc4 } from '../encryption/rc4.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import { BiffRecords } from './biff-records.ts';

/** Gives the key of a block of 1,024 bytes. */
type BlockKey = (block: number) => Uint8Array;

const blockBytes = 1_024;
const rc4Type = 1;
const boundSheet = 0x85;
/** Records that are never encrypted ([MS-XLS] 2.2.10). */
const plainRecords = new Set([0x809, 0x2f, 0xe1, 0x194, 0x195, 0x196, 0x138]);

/**
 * Decrypts the stream of a workbook with the password that Excel opens unasked, as its FILEPASS
 * record says how; undefined when it takes another one, or is not encrypted with RC4.
 */
export function decryptWorkbook(
  stream: Uint8Array,
  { filePass, budget }: { filePass: Uint8Array; budget: ReadBudget },
): Uint8Array | undefined {
  const key = openKey(filePass);
  if (key === undefined) return undefined;
  budget.checkHeld(stream.length * 2);
  const decrypted = Uint8Array.from(stream);
  const keyStream = new KeyStream(key);
  const records = new BiffRecords(stream);
  for (let record = records.next(); record !== undefined; record = records.next()) {
    budget.checkTime();
    if (plainRecords.has(record.type)) continue;
    // Where a sheet begins stays readable.
    const from = record.offset + 4 + (record.type === boundSheet ? 4 : 0);
    const to = record.offset + 4 + record.data.length;
    for (let at = from; at < to; at++) {
      decrypted[at] = (decrypted[at] ?? 0) ^ keyStream.byteAt(at);
    }
  }
  return decrypted;
}

function openKey(filePass: Uint8Array): BlockKey | undefined {
  const cursor = new ByteCursor(filePass);
  try {
    if (cursor.uint16() !== rc4Type) return undefined;
    const isBasic = cursor.uint16() === 1;
    cursor.at += 2;
    return isBasic ? openBasic(cursor) : openCryptoApi(cursor);
  } catch (error) {
    // A record that is cut tells no key.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The key stream by offset, which only grows; each block begins one anew. */
class KeyStream {
  readonly #key: BlockKey;
  #block = -1;
  readonly #bytes = new Uint8Array(blockBytes);

  constructor(key: BlockKey) {
    this.#key = key;
  }

  byteAt(offset: number): number {
    const block = Math.floor(offset / blockBytes);
    if (block !== this.#block) {
      this.#block = block;
      const rc4 = new Rc4(this.#key(block));
      for (let n = 0; n < blockBytes; n++) this.#bytes[n] = rc4.nextByte();
    }
    return this.#bytes[offset % blockBytes] ?? 0;
  }
}

/** RC4 with a key of 40 bits ([MS-OFFCRYPTO] 2.3.6.2). */
function openBasic(cursor: ByteCursor): BlockKey | undefined {
  const salt = cursor.take(16);
  const verifier = cursor.take(16);
  const verifierHash = cursor.take(16);
  const first = digest('md5', Buffer.from(defaultPassword, 'utf16le')).subarray(0, 5);
  const salted = Buffer.concat(Array.from({ length: 16 }, () => Buffer.concat([first, salt])));
  const secret = digest('md5', salted).subarray(0, 5);
  const key: BlockKey = (block) => digest('md5', secret, uint32(block));
  return isRight(key, { verifier, verifierHash, algorithm: 'md5' }) ? key : undefined;
}

/** RC4 of the CryptoAPI ([MS-OFFCRYPTO] 2.3.5.2). */
function openCryptoApi(cursor: ByteCursor): BlockKey | undefined {
  cursor.at += 4;
  const header = new ByteCursor(cursor.take(cursor.uint32()), 16);
  const keyBits = header.uint32() || 40;
  if (keyBits % 8 !== 0 || keyBits < 40 || keyBits > 128) return undefined;
  const salt = cursor.take(cursor.uint32());
  const verifier = cursor.take(16);
  const verifierHash = cursor.take(cursor.uint32());
  const secret = digest('sha1', salt, Buffer.from(defaultPassword, 'utf16le'));
  const key: BlockKey = (block) => {
    const bytes = digest('sha1', secret, uint32(block)).subarray(0, keyBits / 8);
    return keyBits === 40 ? Buffer.concat([bytes, Buffer.alloc(11)]) : bytes;
  };
  return isRight(key, { verifier, verifierHash, algorithm: 'sha1' }) ? key : undefined;
}

function isRight(
  key: BlockKey,
  check: { verifier: Uint8Array; verifierHash: Uint8Array; algorithm: string },
): boolean {
  const rc4 = new Rc4(key(0));
  const actual = digest(check.algorithm, rc4.apply(check.verifier));
  return actual.equals(rc4.apply(check.verifierHash).subarray(0, actual.length));
}

function digest(algorithm: string, ...pieces: Uint8Array[]): Buffer {
  const hash = createHash(algorithm);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
