import { type AnchorIndex, compileAnchors } from './anchor-index.ts';
import { type ContextTerms, compileContext } from './context-terms.ts';
import type { Detector } from './detector.ts';
import { typeSettings } from './policy.ts';
import type { Policy } from './types.ts';

/** The detectors of a scan with the tables made of what they declare. */
export interface CompiledDetectors {
  detectors: readonly Detector[];
  anchors: AnchorIndex;
  context: ContextTerms;
}

const compiledByIds = new WeakMap<readonly Detector[], Map<string, CompiledDetectors>>();
const maxCompiledSets = 16;

/** Compiles the detectors that can find something under the policy; a set is compiled once and kept. */
export function compileDetectors(list: readonly Detector[], policy: Policy): CompiledDetectors {
  const detectors = list.filter((detector) => {
    const { off, minConfidence } = typeSettings(policy, detector);
    return !off && (detector.maxConfidence ?? 1) >= minConfidence;
  });
  const ids = detectors.map((detector) => detector.id).join();
  const sets = compiledByIds.get(list) ?? new Map<string, CompiledDetectors>();
  compiledByIds.set(list, sets);
  const known = sets.get(ids);
  if (known !== undefined) return known;
  const context = compileContext(detectors);
  const compiled = { detectors, anchors: compileAnchors(detectors), context };
  if (sets.size >= maxCompiledSets) sets.clear();
  sets.set(ids, compiled);
  return compiled;
}
