import { createDecipheriv, createHash } from 'node:crypto';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { DecryptSegment } from './agile-encryption.ts';

const spins = 50_000;
const aesSizes: Readonly<Record<number, number>> = { 26126: 128, 26127: 192, 26128: 256 };

/**
 * Opens standard encryption ([MS-OFFCRYPTO] 2.3.4.5) with a password, from what follows the version;
 * undefined when the password is another one, or the cipher is not AES.
 *
 * @throws {RangeError} when it is cut.
 */
export function openStandard(
  information: Uint8Array,
  password: string,
): DecryptSegment | undefined {
  const cursor = new ByteCursor(information, 4);
  const header = new ByteCursor(cursor.take(cursor.uint32()), 8);
  const bits = aesSizes[header.uint32()];
  if (bits === undefined) return undefined;
  const salt = cursor.take(cursor.uint32());
  const verifier = cursor.take(16);
  cursor.at += 4;
  const verifierHash = cursor.take(32);
  const cipher = { bits, key: deriveKey(salt, password).subarray(0, bits / 8) };
  const expected = decrypt(verifierHash, cipher).subarray(0, 20);
  if (!expected.equals(sha1(decrypt(verifier, cipher)))) return undefined;
  return (_, encrypted) => decrypt(encrypted, cipher);
}

function deriveKey(salt: Uint8Array, password: string): Buffer {
  let hash = sha1(salt, Buffer.from(password, 'utf16le'));
  const count = Buffer.alloc(4);
  for (let n = 0; n < spins; n++) {
    count.writeUInt32LE(n);
    hash = sha1(count, hash);
  }
  count.writeUInt32LE(0);
  hash = sha1(hash, count);
  const halves = [0x36, 0x5c].map((fill) => {
    const mixed = Buffer.alloc(64, fill);
    for (const [n, byte] of hash.entries()) mixed[n] = fill ^ byte;
    return sha1(mixed);
  });
  return Buffer.concat(halves);
}

function sha1(...pieces: Uint8Array[]): Buffer {
  const hash = createHash('sha1');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function decrypt(encrypted: Uint8Array, { bits, key }: { bits: number; key: Buffer }): Buffer {
  const decipher = createDecipheriv(`aes-${bits}-ecb`, key, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}
