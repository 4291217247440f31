import { createDecipheriv, createHash } from 'node:crypto';
import type { ReadBudget } from '../../read-budget.ts';

/** Decrypts a stretch of a package, `segment` counted from 0. */
export type DecryptSegment = (segment: number, encrypted: Uint8Array) => Uint8Array;

/** Keys are for these uses ([MS-OFFCRYPTO] 2.3.4.13). */
const verifierInputKey = Buffer.from('fea7d2763b4b9e79', 'hex');
const verifierHashKey = Buffer.from('d7aa0f6d3061344e', 'hex');
const packageKey = Buffer.from('146e0be7abacd0d6', 'hex');

/** Writers take 100,000; more is only to keep readers busy. */
const mostSpins = 1_000_000;
const hashes = new Set(['sha1', 'sha256', 'sha384', 'sha512', 'md5']);

interface Cipher {
  salt: Buffer;
  blockBytes: number;
  keyBytes: number;
  hash: string;
}

/**
 * Opens agile encryption ([MS-OFFCRYPTO] 2.3.4.10) with a password; undefined when it is another
 * one, or a cipher that Office does not write.
 */
export function openAgile(
  description: string,
  { password, budget }: { password: string; budget: ReadBudget },
): DecryptSegment | undefined {
  const data = readCipher(findElement(description, 'keyData'));
  const keyElement = findElement(description, '(?:\\w+:)?encryptedKey');
  const key = readCipher(keyElement);
  const spins = Number(attribute(keyElement, 'spinCount'));
  const isSane = Number.isInteger(spins) && spins >= 0 && spins <= mostSpins;
  if (data === undefined || key === undefined || !isSane) return undefined;
  let hash = digest(key.hash, key.salt, Buffer.from(password, 'utf16le'));
  for (let n = 0; n < spins; n++) {
    if ((n & 4_095) === 0) budget.checkTime();
    hash = digest(key.hash, uint32(n), hash);
  }
  const decryptWith = (use: Buffer, name: string): Buffer =>
    decrypt(Buffer.from(attribute(keyElement, name), 'base64'), {
      key: fit(digest(key.hash, hash, use), key.keyBytes),
      iv: fit(key.salt, key.blockBytes),
    });
  const input = decryptWith(verifierInputKey, 'encryptedVerifierHashInput');
  const expected = decryptWith(verifierHashKey, 'encryptedVerifierHashValue');
  const actual = digest(key.hash, input.subarray(0, key.salt.length));
  if (!expected.subarray(0, actual.length).equals(actual)) return undefined;
  const secret = decryptWith(packageKey, 'encryptedKeyValue').subarray(0, data.keyBytes);
  return (segment, encrypted) =>
    decrypt(encrypted, {
      key: secret,
      iv: fit(digest(data.hash, data.salt, uint32(segment)), data.blockBytes),
    });
}

function readCipher(element: string): Cipher | undefined {
  const hash = attribute(element, 'hashAlgorithm').toLowerCase().replace('-', '');
  const keyBytes = Number(attribute(element, 'keyBits')) / 8;
  const blockBytes = Number(attribute(element, 'blockSize'));
  const isAes = attribute(element, 'cipherAlgorithm') === 'AES';
  const isChained = attribute(element, 'cipherChaining') === 'ChainingModeCBC';
  const isSane = [16, 24, 32].includes(keyBytes) && blockBytes === 16;
  if (!isAes || !isChained || !isSane || !hashes.has(hash)) return undefined;
  return {
    salt: Buffer.from(attribute(element, 'saltValue'), 'base64'),
    blockBytes,
    keyBytes,
    hash,
  };
}

function findElement(xml: string, name: string): string {
  return new RegExp(`<${name}\\s[^>]*>`).exec(xml)?.[0] ?? '';
}

function attribute(element: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1] ?? '';
}

function digest(algorithm: string, ...pieces: Uint8Array[]): Buffer {
  const hash = createHash(algorithm);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** Cuts or fills up what is not as long as it must be ([MS-OFFCRYPTO] 2.3.4.11). */
function fit(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(Math.max(length - bytes.length, 0), 0x36)], length);
}

function decrypt(encrypted: Uint8Array, { key, iv }: { key: Buffer; iv: Buffer }): Buffer {
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
