import type { Policy } from './types.ts';

/** The policy a fresh installation starts with. */
export const defaultPolicy: Policy = {
  version: 'default-1',
  minConfidence: 0.5,
  types: {},
  labels: { internal: 10, confidential: 40, restricted: 75 },
  floors: {
    types: {},
    manyPeople: { count: 10, label: 'restricted' },
    healthWithIdentity: 'restricted',
  },
  countTestValues: false,
  detectors: [],
  allow: { values: [], patterns: [], paths: [], fingerprints: [] },
  images: { ocr: false },
};

/** Completes a policy that an older version kept: it leaves out what it did not know. */
export function completePolicy(kept: Partial<Policy>): Policy {
  return { ...defaultPolicy, ...kept };
}

/** What is in force for one type under a policy. */
export interface TypeSettings {
  weight: number;
  minConfidence: number;
  off: boolean;
}

/**
 * Gives a type's effective settings: the policy's where it says something, else the detector's
 * weight and the policy's general minimum. Weight and minimum are clamped to 0–1.
 */
export function typeSettings(
  policy: Policy,
  detector: { id: string; weight: number },
): TypeSettings {
  const own = Object.hasOwn(policy.types, detector.id) ? policy.types[detector.id] : undefined;
  return {
    weight: clampToUnit(own?.weight ?? detector.weight),
    minConfidence: clampToUnit(own?.minConfidence ?? policy.minConfidence),
    off: own?.off ?? false,
  };
}

/** Whether a scan under the policy looks for a type: not when it is off or can never count. */
export function isSought(
  policy: Policy,
  detector: { id: string; weight: number; maxConfidence?: number },
): boolean {
  const { off, minConfidence } = typeSettings(policy, detector);
  return !off && (detector.maxConfidence ?? 1) >= minConfidence;
}

function clampToUnit(value: number): number {
  return value >= 0 ? Math.min(1, value) : 0;
}
