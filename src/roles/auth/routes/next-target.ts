import { findClient } from '../actions/find-client.ts';
import type { AuthContext } from '../auth-context.ts';
import { readAuthorizationRequest } from '../authorization-request.ts';
import { policySourceOf } from '../redirect-uri.ts';

/**
 * Where the chain of redirects after a form may end outside: browsers hold all of it to the page's
 * `form-action` (Content Security Policy Level 3, section 4.2.4).
 */
export async function targetOfNext(auth: AuthContext, next: string): Promise<string | undefined> {
  if (!next.startsWith('/authorize?')) return undefined;
  try {
    const query = next.slice(next.indexOf('?') + 1);
    const { redirectUri } = await readAuthorizationRequest(query, (id) => findClient(auth, id));
    return policySourceOf(redirectUri);
  } catch {
    // It is refused where it leads to.
    return undefined;
  }
}
