import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import type { ClientRow } from '../store/auth-store.ts';
import { listClients } from '../store/clients.ts';
import { type Page, toPage } from './to-page.ts';

const purpose = 'clients';

/**
 * Registered clients in the order they were made.
 *
 * @throws {AppError} `forbidden` unless an admin; `invalid_cursor`
 */
export async function listClientPage(
  auth: AuthContext,
  { caller, limit, cursor }: { caller: Principal; limit: number; cursor: string | undefined },
): Promise<Page<ClientRow>> {
  requireRole(caller, 'admin');
  const afterId = cursor === undefined ? undefined : auth.cursors.open(purpose, cursor)[0];
  const rows = await listClients(auth.store.db, {
    limit,
    afterId: afterId === undefined ? undefined : String(afterId),
  });
  return toPage(rows, limit, ({ id }) => auth.cursors.seal(purpose, [id]));
}
