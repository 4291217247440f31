import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text: a refresh token, the code of an invite. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a secret: it is random, so one round of SHA-256 will do. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
