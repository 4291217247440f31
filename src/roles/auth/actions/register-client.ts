import { AppError } from '../../../platform/app-error.ts';
import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { type GrantType, grantTypes, ownScopes, personScopes } from '../client.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import { redirectUriFault } from '../redirect-uri.ts';
import type { ClientRow } from '../store/auth-store.ts';
import { deleteClient, insertClient, replaceClientSecret } from '../store/clients.ts';
import { recordEvent } from './record-event.ts';

export interface NewClient {
  caller: Principal;
  name: string;
  isConfidential: boolean;
  grants: readonly GrantType[];
  redirectUris: readonly string[];
  scopes: readonly string[];
}

/**
 * Registers a client; its secret, where it keeps one, is known only now.
 *
 * @throws {AppError} `forbidden` unless an admin; `invalid_request`
 */
export async function registerClient(
  auth: AuthContext,
  { caller, name, isConfidential, grants, redirectUris, scopes }: NewClient,
): Promise<{ client: ClientRow; secret: string | undefined }> {
  requireRole(caller, 'admin');
  checkClient({ isConfidential, grants, redirectUris, scopes });
  const secret = isConfidential ? newSecret() : undefined;
  const client: ClientRow = {
    id: uuidv7(),
    name,
    secret_hash: secret === undefined ? null : hashSecret(secret),
    redirect_uris: JSON.stringify(redirectUris),
    grants: grants.join(' '),
    scopes: scopes.join(' '),
    created_by: caller.subject,
    created_at: Date.now(),
  };
  await auth.store.write(async (trx) => {
    await insertClient(trx, client);
    await recordEvent(trx, {
      event: 'client_registered',
      actor: caller.subject,
      subject: client.id,
    });
  });
  return { client, secret };
}

/** Gives a client another secret. @throws {AppError} `forbidden` unless an admin; `not_found` */
export async function renewClientSecret(
  auth: AuthContext,
  { caller, clientId }: { caller: Principal; clientId: string },
): Promise<{ client: ClientRow; secret: string }> {
  requireRole(caller, 'admin');
  const secret = newSecret();
  const client = await auth.store.write(async (trx) => {
    const row = await replaceClientSecret(trx, clientId, hashSecret(secret));
    await recordEvent(trx, {
      event: 'client_secret_replaced',
      actor: caller.subject,
      subject: clientId,
    });
    return row;
  });
  return { client, secret };
}

/**
 * Takes a client away: it gets no more tokens, and refreshes none.
 *
 * @throws {AppError} `forbidden` unless an admin; `not_found`
 */
export async function removeClient(
  auth: AuthContext,
  { caller, clientId }: { caller: Principal; clientId: string },
): Promise<void> {
  requireRole(caller, 'admin');
  await auth.store.write(async (trx) => {
    if (!(await deleteClient(trx, clientId))) {
      throw new AppError('not_found', 'there is no registered client with this id');
    }
    await recordEvent(trx, { event: 'client_deleted', actor: caller.subject, subject: clientId });
  });
}

function checkClient({
  isConfidential,
  grants,
  redirectUris,
  scopes,
}: Omit<NewClient, 'caller' | 'name'>): void {
  const refuse = (field: string, message: string): AppError =>
    new AppError('invalid_request', `the client cannot be registered: ${message}`, {
      fields: [{ field: `body.${field}`, message }],
    });
  const actsItself = grants.includes(grantTypes.clientCredentials);
  if (grants.includes(grantTypes.password) || grants.includes(grantTypes.exchange)) {
    throw refuse('grants', 'password and token exchange are for the installation’s own');
  }
  if (!grants.some((grant) => grant !== grantTypes.refresh)) {
    throw refuse('grants', 'a grant to begin with is needed');
  }
  if (actsItself && (!isConfidential || grants.length > 1)) {
    throw refuse('grants', 'client_credentials needs a secret and goes with no other grant');
  }
  const known: readonly string[] = actsItself ? ownScopes : Object.keys(personScopes);
  if (scopes.length === 0 || !scopes.every((scope) => known.includes(scope))) {
    throw refuse('scopes', `some of ${known.join(', ')} are needed, and no others`);
  }
  if (grants.includes(grantTypes.code) !== redirectUris.length > 0) {
    throw refuse('redirect_uris', 'they go with authorization_code, and it with them');
  }
  for (const [index, uri] of redirectUris.entries()) {
    const fault = redirectUriFault(uri);
    if (fault !== undefined) throw refuse(`redirect_uris.${index}`, `this is ${fault}`);
  }
}
