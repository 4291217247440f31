import { appendAuditEvent } from '../store/audit-events.ts';
import type { AuthTransaction } from '../store/auth-store.ts';

/** What is written to the audit log. */
export type AuditEventName =
  | 'user_registered'
  | 'user_changed'
  | 'password_changed'
  | 'sign_in'
  | 'sign_in_failed'
  | 'sign_out'
  | 'consent_given'
  | 'consent_denied'
  | 'consent_withdrawn'
  | 'code_redeemed'
  | 'code_replayed'
  | 'token_granted'
  | 'refresh_token_reused'
  | 'token_revoked'
  | 'session_ended'
  | 'device_approved'
  | 'device_denied'
  | 'personal_token_made'
  | 'client_registered'
  | 'client_secret_replaced'
  | 'client_deleted'
  | 'client_refused'
  | 'invite_made'
  | 'invite_revoked'
  | 'keys_rotated'
  | 'second_factor_added'
  | 'second_factor_removed'
  | 'recovery_code_used';

export interface AuditedEvent {
  event: AuditEventName;
  /** Who did it: the id of a user or a client. */
  actor?: string | undefined;
  /** To whom or what. */
  subject?: string | undefined;
  clientId?: string | undefined;
  /** The client's IP address. */
  address?: string | undefined;
}

/** Writes an event to the audit log, in the transaction that it happens in. */
export async function recordEvent(trx: AuthTransaction, audited: AuditedEvent): Promise<void> {
  const { event, actor, subject, clientId, address } = audited;
  await appendAuditEvent(trx, {
    at: Date.now(),
    event,
    actor: actor ?? null,
    subject: subject ?? null,
    client_id: clientId ?? null,
    address: address ?? null,
  });
}
