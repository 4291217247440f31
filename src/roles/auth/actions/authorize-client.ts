import type { AuthContext } from '../auth-context.ts';
import {
  AuthorizationError,
  type AuthorizationRequest,
  answerUrl,
} from '../authorization-request.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import { isSharedRedirect } from '../redirect-uri.ts';
import { insertAuthorizationCode } from '../store/authorization-codes.ts';
import { findBrowserSessionById, type LiveBrowserSession } from '../store/browser-sessions.ts';
import { findConsent, saveConsent } from '../store/consents.ts';
import { recordEvent } from './record-event.ts';

/** A code is traded at once, by a program. */
export const codeLifeMilliseconds = 60_000;

/** How long a code that comes again is known for one. */
const codeMemoryMilliseconds = 86_400_000;

/**
 * Whether the person has to be asked: clients of the installation are trusted, others are asked for
 * once – each time where the answer goes to an address that another program could listen at (RFC
 * 8252, section 8.6).
 */
export async function needsConsent(
  auth: AuthContext,
  { client, redirectUri, scopes }: AuthorizationRequest,
  userId: string,
): Promise<boolean> {
  if (client.isFirstParty) return false;
  if (client.secretHash === undefined && isSharedRedirect(redirectUri)) return true;
  const consent = await findConsent(auth.store.db, { userId, clientId: client.id });
  const agreed = consent?.scope.split(' ') ?? [];
  return !scopes.every((scope) => agreed.includes(scope));
}

/**
 * Gives the client a code for the person.
 *
 * @param options.agreed the person was asked just now.
 * @returns where the browser goes with it.
 */
export async function authorizeClient(
  auth: AuthContext,
  request: AuthorizationRequest,
  { session: browser, agreed }: { session: LiveBrowserSession['session']; agreed: boolean },
): Promise<string> {
  const { client, scopes, codeChallenge, redirectUri } = request;
  const code = newSecret();
  const userId = browser.user_id;
  const scope = scopes.join(' ');
  await auth.store.write(async (trx) => {
    const now = Date.now();
    if (!(await findBrowserSessionById(trx, browser.id, now))) {
      throw new AuthorizationError('access_denied', 'the person has signed out', request);
    }
    if (agreed) {
      await saveConsent(trx, { user_id: userId, client_id: client.id, scope, granted_at: now });
      await recordEvent(trx, { event: 'consent_given', actor: userId, clientId: client.id });
    }
    await insertAuthorizationCode(trx, {
      hash: hashSecret(code),
      client_id: client.id,
      user_id: userId,
      browser_session_id: browser.id,
      redirect_uri: redirectUri,
      code_challenge: codeChallenge,
      scope,
      expires_at: now + codeLifeMilliseconds,
      used_at: null,
      session_id: null,
      stale_at: now + codeMemoryMilliseconds,
    });
  });
  return answerUrl(request, { code }, auth.settings.issuer);
}

/** Tells the client that the person does not want it. */
export async function denyClient(
  auth: AuthContext,
  request: AuthorizationRequest,
  userId: string,
): Promise<never> {
  const clientId = request.client.id;
  await auth.store.write((trx) =>
    recordEvent(trx, { event: 'consent_denied', actor: userId, clientId }),
  );
  throw new AuthorizationError('access_denied', 'the person does not agree', request);
}
