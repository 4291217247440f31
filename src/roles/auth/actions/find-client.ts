import type { AuthContext } from '../auth-context.ts';
import type { Client } from '../client.ts';
import { findClientRow, toClient } from '../store/clients.ts';

/** A client of the installation or a registered one. */
export async function findClient(auth: AuthContext, id: string): Promise<Client | undefined> {
  const builtIn = auth.builtInClients.get(id);
  if (builtIn) return builtIn;
  const row = await findClientRow(auth.store.db, id);
  return row && toClient(row);
}
