import type { Principal } from '../../../platform/http/principal.ts';
import { newPersonalToken } from '../../../platform/personal-token.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { personalTokenClientId } from '../builtin-clients.ts';
import { hashSecret } from '../opaque-secret.ts';
import { insertPersonalToken } from '../store/personal-tokens.ts';
import { insertSession } from '../store/sessions.ts';
import { recordEvent } from './record-event.ts';
import { requireOwnToken } from './require-own-token.ts';

export interface NewPersonalToken {
  caller: Principal;
  name: string;
  scopes: readonly string[];
  expiresInSeconds: number;
}

/**
 * Makes a personal access token, which is known only now. It is a session of its own, so it is listed and
 * ended as one.
 *
 * @throws {AppError} `forbidden` for services and tokens that are limited themselves
 */
export async function createPersonalToken(
  auth: AuthContext,
  { caller, name, scopes, expiresInSeconds }: NewPersonalToken,
): Promise<{ id: string; token: string; expiresAt: number }> {
  const { subject: userId } = requireOwnToken(caller);
  const token = newPersonalToken();
  const id = uuidv7();
  const now = Date.now();
  const expiresAt = now + expiresInSeconds * 1_000;
  await auth.store.write(async (trx) => {
    await insertSession(trx, {
      id,
      user_id: userId,
      created_at: now,
      idle_expires_at: expiresAt,
      expires_at: expiresAt,
      ended_at: null,
      client_id: personalTokenClientId,
      scope: scopes.join(' '),
      browser_session_id: null,
    });
    await insertPersonalToken(trx, { hash: hashSecret(token), session_id: id, name });
    await recordEvent(trx, { event: 'personal_token_made', actor: userId, subject: id });
  });
  return { id, token, expiresAt };
}
