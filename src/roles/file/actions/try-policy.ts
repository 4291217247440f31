import { createScan } from '../../../engine/scan-text.ts';
import type { ScanReport } from '../../../engine/types.ts';
import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { FileContext } from '../file-context.ts';
import { readPolicy } from './change-policy.ts';

/** So much text takes a few milliseconds, also while everybody else waits. */
export const maxTestBytes = 65_536;

/**
 * Scans a short text under the policy in force or another one; nothing of it is stored.
 *
 * @throws {AppError} `forbidden`, `invalid_policy`
 */
export function tryPolicy(
  context: FileContext,
  principal: Principal,
  { text, policy, path }: { text: string; policy?: string | undefined; path?: string | undefined },
): ScanReport {
  requireRole(principal, 'admin', 'auditor');
  const { fingerprintKey } = context;
  const used = policy === undefined ? context.policy : readPolicy(policy);
  const scan = createScan({ policy: used, fingerprintKey, path });
  scan.push(Buffer.from(text));
  return scan.finish();
}
