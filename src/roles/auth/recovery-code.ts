import { randomBytes } from 'node:crypto';
import { toBase32 } from './totp.ts';

const codeCount = 10;
/** 120 bits, 24 letters: with fewer than 112 they would have to be hashed as passwords are. */
const codeBytes = 15;
const codeLetters = 24;

/** Codes for when an authenticator app is lost; each works once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codeCount }, () => {
    const text = toBase32(randomBytes(codeBytes));
    return text.match(/.{4}/g)?.join('-') ?? text;
  });
}

/** A code as it is kept, however it was typed; undefined for what cannot be one. */
export function readRecoveryCode(typed: string): string | undefined {
  const letters = typed
    .slice(0, 100)
    .toUpperCase()
    .replaceAll(/[^A-Z2-7]/g, '');
  return letters.length === codeLetters
    ? (letters.match(/.{4}/g)?.join('-') ?? undefined)
    : undefined;
}
