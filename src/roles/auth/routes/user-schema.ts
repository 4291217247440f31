import { z } from '@hono/zod-openapi';
import { userRoles } from '../../../platform/http/principal.ts';
import { type UserRow, userStatuses } from '../store/auth-store.ts';

export const UserSchema = z
  .object({
    id: z.string().openapi({ description: 'UUID, version 7.' }),
    email: z.string().openapi({ example: 'ada@example.org' }),
    role: z.enum(userRoles),
    status: z.enum(userStatuses),
    created_at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('User');

export type User = z.infer<typeof UserSchema>;

export const UserIdSchema = z.object({ id: z.string().max(64) });

/** What is shown of a user. */
export function toUser({ id, email, role, status, created_at }: UserRow): User {
  return { id, email, role, status, created_at: new Date(created_at).toISOString() };
}
