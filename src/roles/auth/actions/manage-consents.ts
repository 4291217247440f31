import { AppError } from '../../../platform/app-error.ts';
import type { AuthContext } from '../auth-context.ts';
import { deleteConsent, listConsents } from '../store/consents.ts';
import { endSessionsAtClient } from '../store/sessions.ts';
import { findClient } from './find-client.ts';
import { recordEvent } from './record-event.ts';

const mostShown = 100;

/** What a person allowed a client. */
export interface GivenConsent {
  clientId: string;
  clientName: string;
  scopes: string[];
  grantedAt: number;
}

/** What a person allowed and has not withdrawn, the newest first. */
export async function listConsentsOf(auth: AuthContext, userId: string): Promise<GivenConsent[]> {
  const rows = await listConsents(auth.store.db, userId, mostShown);
  const consents = await Promise.all(
    rows.map(async ({ client_id, scope, granted_at }) => ({
      client: await findClient(auth, client_id),
      scopes: scope.split(' '),
      grantedAt: granted_at,
    })),
  );
  // A client that was taken away can do nothing more.
  return consents.flatMap(({ client, scopes, grantedAt }) =>
    client ? [{ clientId: client.id, clientName: client.name, scopes, grantedAt }] : [],
  );
}

/** Withdraws a consent; what the client was signed in to ends. @throws {AppError} `not_found` */
export async function withdrawConsent(
  auth: AuthContext,
  { userId, clientId }: { userId: string; clientId: string },
): Promise<void> {
  await auth.store.write(async (trx) => {
    if (!(await deleteConsent(trx, { userId, clientId }))) {
      throw new AppError('not_found', 'you allowed no client with this id anything');
    }
    await endSessionsAtClient(trx, { userId, clientId, now: Date.now() });
    await recordEvent(trx, { event: 'consent_withdrawn', actor: userId, clientId });
  });
}
