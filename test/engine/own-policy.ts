import type { OwnDetector } from '../../src/engine/own-detector.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import type { AllowEntry, AllowPolicy, Policy } from '../../src/engine/types.ts';

/** A team's own detector with everything that is not said left at its least. */
export function ownDetector(id: string, over: Partial<OwnDetector> = {}): OwnDetector {
  return {
    id,
    category: 'custom',
    weight: 0.3,
    label: null,
    confidence: 0.8,
    ignoreCase: true,
    words: [],
    patterns: [],
    context: [],
    validator: null,
    normalise: 'case',
    ...over,
  };
}

export function policyWith(over: Partial<Policy>): Policy {
  return { ...defaultPolicy, ...over };
}

export function allowing(over: Partial<Record<keyof AllowPolicy, string[]>>): AllowPolicy {
  const entries = (list: string[] = []): AllowEntry[] =>
    list.map((match) => ({ match, types: [] }));
  const { values, patterns, paths, fingerprints } = over;
  return {
    values: entries(values),
    patterns: entries(patterns),
    paths: entries(paths),
    fingerprints: entries(fingerprints),
  };
}
