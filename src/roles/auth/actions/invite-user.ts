import { type Principal, requireRole, type UserRole } from '../../../platform/http/principal.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import type { InviteRow } from '../store/auth-store.ts';
import { insertInvite } from '../store/invites.ts';
import { recordEvent } from './record-event.ts';

export interface NewInvite {
  caller: Principal;
  /** Normalised; when absent, anybody with the code may use it. */
  email: string | undefined;
  role: UserRole;
  expiresInSeconds: number;
}

/** Makes an invite; its code is known only now. @throws {AppError} `forbidden` unless an admin */
export async function inviteUser(
  auth: AuthContext,
  { caller, email, role, expiresInSeconds }: NewInvite,
): Promise<{ invite: InviteRow; code: string }> {
  requireRole(caller, 'admin');
  const code = newSecret();
  const now = Date.now();
  const invite: InviteRow = {
    id: uuidv7(),
    code_hash: hashSecret(code),
    email: email ?? null,
    role,
    created_by: caller.subject,
    created_at: now,
    expires_at: now + expiresInSeconds * 1_000,
    used_at: null,
  };
  await auth.store.write(async (trx) => {
    await insertInvite(trx, invite);
    await recordEvent(trx, { event: 'invite_made', actor: caller.subject, subject: invite.id });
  });
  auth.log.info({ invite_id: invite.id, by: caller.subject, user_role: role }, 'invite made');
  return { invite, code };
}
