import { randomBytes } from 'node:crypto';
import { toBase32 } from './totp.ts';

const codeCount = 10;
/** 80 bits, 16 letters. */
const codeBytes = 10;

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
  return letters.length === 16 ? (letters.match(/.{4}/g)?.join('-') ?? undefined) : undefined;
}
