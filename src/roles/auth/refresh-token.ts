import { createHmac } from 'node:crypto';

/** How long a rotated token still gets an answer: the first one may have been lost on the way. */
export const rotationGraceMilliseconds = 30_000;

/**
 * The token that follows on a token. Being derived, it can be given a second time without being
 * kept, and a session never has more than one token in use: two holders cannot both go on
 * unnoticed. Neither the database (it keeps hashes) nor an old token (it lacks the secret) is
 * enough to derive one.
 */
export function successorOf(token: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(token).digest('base64url');
}
