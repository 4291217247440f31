import { createHash } from 'node:crypto';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const checkBytes = 4;

/**
 * Decodes Base58Check (Bitcoin wiki, "Base58Check encoding"): the last four bytes are the first of
 * the double SHA-256 of the rest. Gives version and payload; undefined when the check fails.
 */
export function decodeBase58Check(text: string, bytes: number): Uint8Array | undefined {
  const value = new Uint8Array(bytes);
  for (const char of text) {
    let carry = alphabet.indexOf(char);
    if (carry < 0) return undefined;
    for (let i = bytes - 1; i >= 0; i--) {
      carry += (value[i] as number) * 58;
      value[i] = carry & 255;
      carry >>= 8;
    }
    if (carry !== 0) return undefined;
  }
  // One leading `1` stands for one leading zero byte, no more and no fewer.
  const ones = /^1*/.exec(text)?.[0].length ?? 0;
  const zeros = value.findIndex((byte) => byte !== 0);
  if (ones !== (zeros < 0 ? bytes : zeros)) return undefined;
  const payload = value.subarray(0, bytes - checkBytes);
  const check = sha256(sha256(payload)).subarray(0, checkBytes);
  return check.every((byte, n) => byte === value[bytes - checkBytes + n]) ? payload : undefined;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
