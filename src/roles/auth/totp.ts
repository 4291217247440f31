import { createHmac, timingSafeEqual } from 'node:crypto';

/** What authenticator apps take for granted (RFC 6238, section 4). */
const stepMilliseconds = 30_000;
const digits = 6;

/** Clocks may differ by so many steps (section 5.2). */
const leewaySteps = 1;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Length of a key in bytes: that of the hash (RFC 4226, section 4). */
export const totpKeyBytes = 20;

/** The code of a time step (RFC 4226, section 5.3). */
export function totpCode(key: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

export function totpStep(now: number): number {
  return Math.floor(now / stepMilliseconds);
}

/** The step whose code this is, later than `after`; undefined for any other code. */
export function findTotpStep(
  key: Uint8Array,
  code: string,
  { now, after }: { now: number; after: number },
): number | undefined {
  const typed = Buffer.from(code.replaceAll(/\s/g, ''));
  const current = totpStep(now);
  let found: number | undefined;
  // All are compared, so that time tells nothing.
  for (let step = current - leewaySteps; step <= current + leewaySteps; step += 1) {
    const expected = Buffer.from(totpCode(key, step));
    const isEqual = typed.length === expected.length && timingSafeEqual(typed, expected);
    if (isEqual && step > after) found = step;
  }
  return found;
}

/** Base32 as apps take it, without padding (RFC 4648, section 6). */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

/** The bytes of a Base32 text; undefined on what is none. */
export function fromBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
    held &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}

/** What an authenticator app is set up with. */
export function totpUri(key: Uint8Array, email: string): string {
  const label = encodeURIComponent(`Sensitivity:${email}`);
  return `otpauth://totp/${label}?secret=${toBase32(key)}&issuer=Sensitivity`;
}
