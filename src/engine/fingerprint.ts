import { hash } from 'node:crypto';

const blockBytes = 64;
const digestBytes = 32;
/** Longer values, which are few, get memory of their own. */
const shortBytes = 512;
const encoder = new TextEncoder();

/**
 * Computes the fingerprint of a value: HMAC-SHA-256 (RFC 2104, FIPS 180-4) of type, NUL and
 * normalised value under the installation's key, cut to 128 bits, in hex. Equal values have equal
 * fingerprints; without the key nobody can try values.
 */
export function fingerprintOf(key: Uint8Array, type: string, normalisedValue: string): string {
  // Made of two plain hashes, which cost half of what the runtime's object for an HMAC does.
  if (!isSame(key, padded.key)) padded = padKey(key);
  const { inner, outer } = padded;
  const text = `${type}\0${normalisedValue}`;
  const most = blockBytes + text.length * 3;
  const message = most <= inner.length ? inner : new Uint8Array(most);
  if (message !== inner) message.set(inner.subarray(0, blockBytes));
  const { written } = encoder.encodeInto(text, message.subarray(blockBytes));
  const digest = hash('sha256', message.subarray(0, blockBytes + written), 'latin1');
  for (let n = 0; n < digestBytes; n++) outer[blockBytes + n] = digest.charCodeAt(n);
  return hash('sha256', outer, 'hex').slice(0, 32);
}

/** A key with its two pads, with room for what is hashed behind them. */
interface PaddedKey {
  key: Uint8Array;
  inner: Uint8Array;
  outer: Uint8Array;
}

/** The key used last: a thread has one. */
let padded = padKey(new Uint8Array(0));

function padKey(key: Uint8Array): PaddedKey {
  const block = key.length > blockBytes ? Buffer.from(hash('sha256', key, 'hex'), 'hex') : key;
  const inner = new Uint8Array(blockBytes + shortBytes).fill(0x36, 0, blockBytes);
  const outer = new Uint8Array(blockBytes + digestBytes).fill(0x5c, 0, blockBytes);
  block.forEach((byte, n) => {
    inner[n] = 0x36 ^ byte;
    outer[n] = 0x5c ^ byte;
  });
  return { key: Uint8Array.from(key), inner, outer };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false;
  return true;
}
