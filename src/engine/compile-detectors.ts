import { type AnchorIndex, compileAnchors } from './anchor-index.ts';
import { type ContextTerms, compileContext } from './context-terms.ts';
import type { Detector } from './detector.ts';
import { DetectorPatterns } from './detector-patterns.ts';
import { type OwnDetector, toDetector } from './own-detector.ts';
import { isSought } from './policy.ts';
import type { Policy } from './types.ts';

/** The detectors of a scan with the tables made of what they declare. */
export interface CompiledDetectors {
  detectors: readonly Detector[];
  anchors: AnchorIndex;
  context: ContextTerms;
  patterns: DetectorPatterns | null;
}

const compiledByIds = new WeakMap<readonly Detector[], Map<string, CompiledDetectors>>();
const joinedByList = new WeakMap<
  readonly Detector[],
  WeakMap<readonly OwnDetector[], readonly Detector[]>
>();
const maxCompiledSets = 16;

/**
 * Compiles the detectors that can find something under the policy, and its own; a set is compiled
 * once and kept as long as the policy's list of its own detectors is.
 */
export function compileDetectors(list: readonly Detector[], policy: Policy): CompiledDetectors {
  const all = joinOwn(list, policy.detectors);
  const detectors = all.filter((detector) => isSought(policy, detector));
  const ids = detectors.map((detector) => detector.id).join();
  const sets = compiledByIds.get(all) ?? new Map<string, CompiledDetectors>();
  compiledByIds.set(all, sets);
  const known = sets.get(ids);
  if (known !== undefined) return known;
  const compiled = {
    detectors,
    anchors: compileAnchors(detectors),
    context: compileContext(detectors),
    patterns: DetectorPatterns.of(detectors),
  };
  if (sets.size >= maxCompiledSets) sets.clear();
  sets.set(ids, compiled);
  return compiled;
}

function joinOwn(list: readonly Detector[], own: readonly OwnDetector[]): readonly Detector[] {
  if (own.length === 0) return list;
  const byOwn = joinedByList.get(list) ?? new WeakMap<readonly OwnDetector[], Detector[]>();
  joinedByList.set(list, byOwn);
  const joined = byOwn.get(own) ?? [...list, ...own.map(toDetector)];
  byOwn.set(own, joined);
  return joined;
}
