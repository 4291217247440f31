import { createHmac, randomInt } from 'node:crypto';

/** Consonants that are not taken for each other, and make no words (RFC 8628, section 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** A code for a person to type, e.g. `WDJB-MJHT`: 34 bits, for minutes, behind a throttle. */
export function newUserCode(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a person typed, as codes are written; undefined when it cannot be one. */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const code = typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
  const isCode = code.length === length && [...code].every((letter) => letters.includes(letter));
  return isCode ? `${code.slice(0, 4)}-${code.slice(4)}` : undefined;
}

/** What the database keeps of a code: it is short, so a secret goes into it. */
export function hashUserCode(code: string, secret: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update(code).digest();
}
