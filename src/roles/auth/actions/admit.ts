import type { Kysely } from 'kysely';
import { AppError } from '../../../platform/app-error.ts';
import type { UserRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashSecret } from '../opaque-secret.ts';
import type { AuthSchema } from '../store/auth-store.ts';
import { findOpenInvite } from '../store/invites.ts';
import { findUserByEmail, hasUsers } from '../store/users.ts';

export interface Admission {
  role: UserRole;
  /** The invite that is used up by it. */
  inviteId?: string;
}

/**
 * Decides whether somebody may register, and as what: the first user ever is the admin, an invite
 * gives its role, everybody else is a `user`.
 *
 * @throws {AppError} `registration_closed`, `email_taken`
 */
export async function admit(
  auth: AuthContext,
  db: Kysely<AuthSchema>,
  { email, invite }: { email: string; invite: string | undefined },
): Promise<Admission> {
  if (!(await hasUsers(db))) return { role: 'admin' };
  const { registration } = auth.settings;
  if (registration === 'closed') throw closed('registration is closed: ask an administrator');
  if (registration === 'invite' && invite === undefined) {
    throw closed('registration needs an invite: ask an administrator for one');
  }
  const admission: Admission = { role: 'user' };
  if (invite !== undefined) {
    const found = await findOpenInvite(db, hashSecret(invite), Date.now());
    if (!found || (found.email !== null && found.email !== email)) {
      throw closed('the invite is used, expired or for another address: ask for a new one');
    }
    admission.role = found.role;
    admission.inviteId = found.id;
  }
  if (await findUserByEmail(db, email)) {
    throw new AppError('email_taken', 'there is a user with this e-mail address: sign in instead');
  }
  return admission;
}

function closed(message: string): AppError {
  return new AppError('registration_closed', message);
}
