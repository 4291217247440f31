import { defaultPolicy } from '../../engine/policy.ts';
import type { Policy } from '../../engine/types.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { SettingError } from '../setting.ts';
import type { ScanOptions } from './scan-options.ts';

/**
 * The one place where the policy of a scan comes from. `minConfidence` (0–1) is the least that
 * counts: it takes the place of the policy's general minimum, and a type's own is raised to it.
 *
 * @throws {SettingError} with the first problem of the policy's file and its place.
 */
export function readPolicy({
  policy: file,
  minConfidence,
}: Pick<ScanOptions, 'policy' | 'minConfidence'>): Policy {
  const policy = file === undefined ? defaultPolicy : readFile(file);
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

function readFile(file: string): Policy {
  try {
    return readPolicyFile(file);
  } catch (error) {
    throw new SettingError(`--policy: ${error instanceof Error ? error.message : file}`);
  }
}
