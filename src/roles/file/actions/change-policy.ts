import type { Policy } from '../../../engine/types.ts';
import { AppError } from '../../../platform/app-error.ts';
import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import { parsePolicy } from '../../../policy/parse-policy.ts';
import type { FileContext } from '../file-context.ts';
import { insertAudit } from '../store/audit.ts';
import { everyone } from '../store/counts.ts';
import { insertEvent } from '../store/events.ts';
import { findNewestPolicy, insertPolicy } from '../store/policies.ts';
import type { PolicyRow } from '../store/schema.ts';

export interface NewPolicy {
  format: 'yaml' | 'json';
  source: string;
  /** The `If-Match` header. */
  ifMatch: string | undefined;
  requestId: string;
}

/**
 * Puts a new policy in force and starts re-scoring what it changes. The version before is kept.
 *
 * @throws {AppError} `forbidden`, `precondition_required`, `precondition_failed`, `invalid_policy`
 */
export async function changePolicy(
  context: FileContext,
  principal: Principal,
  { format, source, ifMatch, requestId }: NewPolicy,
): Promise<void> {
  requireRole(principal, 'admin');
  if (ifMatch === undefined) {
    throw new AppError(
      'precondition_required',
      'send If-Match with the ETag of the policy this one replaces, so that no other change is lost',
    );
  }
  const policy = readPolicy(source);
  await context.store.write(async (trx) => {
    const newest = await findNewestPolicy(trx);
    if (!matchesPolicy(ifMatch, newest)) {
      throw new AppError(
        'precondition_failed',
        'somebody else has changed the policy since: read it again, then change that one',
        { headers: { ETag: policyTag(newest) } },
      );
    }
    const version = (newest?.version ?? 0) + 1;
    const stored = { ...policy, version: `${version}-${policy.version}` };
    const row = {
      version,
      format,
      source,
      policy: JSON.stringify(stored),
      actor: principal.subject,
      created_at: new Date().toISOString(),
    };
    await insertPolicy(trx, row);
    const { subject } = principal;
    const target = `policy/${version}`;
    await insertAudit(trx, { actor: subject, action: 'change_policy', target, requestId });
    const body = { version, policy_version: stored.version };
    await insertEvent(trx, { owner: everyone, kind: 'policy', body });
  });
  await context.policies.refresh();
  context.events.wake();
  context.rescorer.start(requestId);
}

/** @throws {AppError} `invalid_policy` with every problem and its place. */
export function readPolicy(source: string): Policy {
  const parsed = parsePolicy(source);
  if (parsed.ok) return parsed.policy;
  const [first] = parsed.problems;
  throw new AppError(
    'invalid_policy',
    `the policy was not taken: ${first?.message ?? 'it cannot be read'}`,
    {
      fields: parsed.problems.map(({ path, message, line, column }) => ({
        field: path === '' ? 'policy' : path,
        message,
        line,
        column,
      })),
    },
  );
}

/** The entity tag of a version; that of the engine's default is `"0"`. */
export function policyTag(row: Pick<PolicyRow, 'version'> | undefined): string {
  return `"${row?.version ?? 0}"`;
}

function matchesPolicy(header: string, row: PolicyRow | undefined): boolean {
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.includes('*') || tags.includes(policyTag(row));
}
