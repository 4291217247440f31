import { completePolicy } from '../../engine/policy.ts';
import type { Policy } from '../../engine/types.ts';

/**
 * A policy on its way to the scanning threads: one copy in shared memory, however many scans it is
 * handed over with, for a policy may hold a dictionary of megabytes.
 */
export interface SharedPolicy {
  /** Equal keys are equal policies. */
  key: string;
  json: SharedArrayBuffer;
}

const maxKept = 2;
const known = new Map<string, Policy>();

export function sharePolicy(policy: Policy, revision: number): SharedPolicy {
  const bytes = new TextEncoder().encode(JSON.stringify(policy));
  const json = new SharedArrayBuffer(bytes.length);
  new Uint8Array(json).set(bytes);
  return { key: `${revision}:${policy.version}`, json };
}

/** Reads a policy once a thread, so that what the engine compiles of it is made once as well. */
export function readSharedPolicy({ key, json }: SharedPolicy): Policy {
  const before = known.get(key);
  if (before !== undefined) return before;
  const text = Buffer.from(new Uint8Array(json)).toString();
  const policy = completePolicy(JSON.parse(text));
  if (known.size >= maxKept) known.clear();
  known.set(key, policy);
  return policy;
}
