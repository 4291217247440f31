import { createHash, timingSafeEqual } from 'node:crypto';

/** A challenge of the method S256: 32 bytes in base64url (RFC 7636, section 4.2). */
const challengeShape = /^[\w-]{43}$/;

/** RFC 7636, section 4.1. */
const verifierShape = /^[\w.~-]{43,128}$/;

export function isCodeChallenge(text: string): boolean {
  return challengeShape.test(text);
}

/** Whether the challenge was made from this verifier (RFC 7636, section 4.6). */
export function provesChallenge(verifier: string, challenge: string): boolean {
  if (!verifierShape.test(verifier)) return false;
  const made = createHash('sha256').update(verifier).digest('base64url');
  return timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}
