import { z } from '@hono/zod-openapi';
import { userRoles } from '../../../platform/http/principal.ts';
import type { InviteRow } from '../store/auth-store.ts';

const time = z.string().openapi({ format: 'date-time' });

export const InviteSchema = z
  .object({
    id: z.string().openapi({ description: 'UUID, version 7.' }),
    email: z.string().nullable().openapi({ description: 'Only this address may use it.' }),
    role: z.enum(userRoles),
    created_by: z.string().openapi({ description: 'User id.' }),
    created_at: time,
    expires_at: time,
    used_at: time.nullable(),
  })
  .openapi('Invite');

export type Invite = z.infer<typeof InviteSchema>;

/** What is shown of an invite: everything but its code. */
export function toInvite(row: InviteRow): Invite {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    created_by: row.created_by,
    created_at: toTime(row.created_at),
    expires_at: toTime(row.expires_at),
    used_at: row.used_at === null ? null : toTime(row.used_at),
  };
}

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
