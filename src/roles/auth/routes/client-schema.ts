import { z } from '@hono/zod-openapi';
import { grantTypes } from '../client.ts';
import type { ClientRow } from '../store/auth-store.ts';
import { toClient } from '../store/clients.ts';

export const ClientSchema = z
  .object({
    id: z.string().openapi({ description: 'The `client_id` of requests.' }),
    name: z.string().openapi({ example: 'Reports' }),
    type: z.enum(['public', 'confidential']),
    grants: z.array(z.enum(Object.values(grantTypes))),
    redirect_uris: z.array(z.string()),
    scopes: z.array(z.string()),
    created_by: z.string(),
    created_at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('Client');

export const ClientWithSecretSchema = ClientSchema.extend({
  secret: z.string().optional().openapi({ description: 'Shown this once.' }),
}).openapi('ClientWithSecret');

export const ClientIdSchema = z.object({ id: z.string().max(64) });

/** What is shown of a client. */
export function toClientJson(row: ClientRow): z.infer<typeof ClientSchema> {
  const { name, grants, redirectUris, scopes, secretHash } = toClient(row);
  return {
    id: row.id,
    name,
    type: secretHash ? 'confidential' : 'public',
    grants: [...grants],
    redirect_uris: [...redirectUris],
    scopes: [...scopes],
    created_by: row.created_by,
    created_at: new Date(row.created_at).toISOString(),
  };
}
