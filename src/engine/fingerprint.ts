import { createHmac } from 'node:crypto';

/**
 * Computes the fingerprint of a value: HMAC-SHA-256 (RFC 2104, FIPS 180-4) of type, NUL and
 * normalised value under the installation's key, cut to 128 bits, in hex. Equal values have equal
 * fingerprints; without the key nobody can try values.
 */
export function fingerprintOf(key: Uint8Array, type: string, normalisedValue: string): string {
  return createHmac('sha256', key).update(`${type}\0${normalisedValue}`).digest('hex').slice(0, 32);
}
