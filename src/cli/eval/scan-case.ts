import type { Detector } from '../../engine/detector.ts';
import { defaultPolicy } from '../../engine/policy.ts';
import { createScan } from '../../engine/scan-text.ts';
import type { Policy } from '../../engine/types.ts';
import { codeUnitsByByte } from './code-unit-offsets.ts';

/** A finding at UTF-16 code units of the case's text. */
export interface CaseFinding {
  type: string;
  confidence: number;
  start: number;
  end: number;
}

export interface CaseScanOptions {
  detectors: readonly Detector[];
  /** Null for the default policy as it is. */
  minConfidence: number | null;
  /** The name the text would have as a file; the engine takes none yet. */
  path?: string;
}

/** Fingerprints of cases are shown to nobody. */
const fingerprintKey = new Uint8Array(32).fill(1);
const encoder = new TextEncoder();

/** By minimum: the engine prepares once for a policy. */
const policies = new Map<number, Policy>();

/** Scans the text of a case in one piece. */
export function scanCase(text: string, options: CaseScanOptions): CaseFinding[] {
  const { detectors, minConfidence } = options;
  const policy = minConfidence === null ? defaultPolicy : policyOf(minConfidence);
  const bytes = encoder.encode(text);
  const scan = createScan({ policy, fingerprintKey, detectors });
  scan.push(bytes);
  const { findings } = scan.finish();
  if (findings.length === 0) return [];
  const unitAt = codeUnitsByByte(text, bytes);
  return findings.map(({ type, confidence, place: { offset, length } }) => {
    return { type, confidence, start: unitAt(offset), end: unitAt(offset + length) };
  });
}

function policyOf(minConfidence: number): Policy {
  const known = policies.get(minConfidence);
  if (known !== undefined) return known;
  const policy: Policy = { ...defaultPolicy, minConfidence, types: {} };
  policies.set(minConfidence, policy);
  return policy;
}
