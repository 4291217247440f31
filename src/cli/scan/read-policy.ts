import { defaultPolicy } from '../../engine/policy.ts';
import type { Policy } from '../../engine/types.ts';

/**
 * The one place where the policy of a scan comes from. `minConfidence` (0–1) is the least that
 * counts: it takes the place of the policy's general minimum, and a type's own is raised to it.
 */
export function readPolicy({ minConfidence }: { minConfidence: number | undefined }): Policy {
  const policy = defaultPolicy;
  if (minConfidence === undefined) return policy;
  const types = Object.entries(policy.types).map(([type, own]) => {
    const least = own.minConfidence;
    return [
      type,
      least === undefined ? own : { ...own, minConfidence: Math.max(least, minConfidence) },
    ];
  });
  return { ...policy, minConfidence, types: Object.fromEntries(types) };
}
