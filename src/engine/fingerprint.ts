import { hash } from 'node:crypto';

const blockBytes = 64;
const digestBytes = 32;
const encoder = new TextEncoder();

/**
 * Computes the fingerprint of a value: HMAC-SHA-256 (RFC 2104, FIPS 180-4) of type, NUL and
 * normalised value under the installation's key, cut to 128 bits, in hex. Equal values have equal
 * fingerprints; without the key nobody can try values.
 */
export function fingerprintOf(key: Uint8Array, type: string, normalisedValue: string): string {
  const { inner, outer } = padsOf(key);
  const text = `${type}\0${normalisedValue}`;
  // Made of two plain hashes, which cost half of what the runtime's object for an HMAC does.
  const message = new Uint8Array(blockBytes + text.length * 3);
  message.set(inner);
  const { written } = encoder.encodeInto(text, message.subarray(blockBytes));
  const digest = hash('sha256', message.subarray(0, blockBytes + written), 'latin1');
  for (let n = 0; n < digestBytes; n++) outer[blockBytes + n] = digest.charCodeAt(n);
  return hash('sha256', outer, 'hex').slice(0, 32);
}

let lastKey = new Uint8Array(0);
let lastPads = makePads(lastKey);

/** The pads of a key, of the last one at hand; `outer` has room for the digest behind it. */
function padsOf(key: Uint8Array): { inner: Uint8Array; outer: Uint8Array } {
  if (!isSame(key, lastKey)) {
    lastKey = Uint8Array.from(key);
    lastPads = makePads(key);
  }
  return lastPads;
}

function makePads(key: Uint8Array): { inner: Uint8Array; outer: Uint8Array } {
  const block = key.length > blockBytes ? Buffer.from(hash('sha256', key, 'hex'), 'hex') : key;
  const inner = new Uint8Array(blockBytes).fill(0x36);
  const outer = new Uint8Array(blockBytes + digestBytes).fill(0x5c, 0, blockBytes);
  block.forEach((byte, n) => {
    inner[n] = 0x36 ^ byte;
    outer[n] = 0x5c ^ byte;
  });
  return { inner, outer };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false;
  return true;
}
