import { AllowRules } from './allow-rules.ts';
import { type CompiledDetectors, compileDetectors } from './compile-detectors.ts';
import { ContextVerdict } from './confidence.ts';
import { ContextWordsNearby } from './context-words.ts';
import { type Detector, maxWindowBytes } from './detector.ts';
import { FormCandidates } from './form-candidates.ts';
import { Kernel } from './kernel/kernel.ts';
import { typeSettings } from './policy.ts';
import { TallyScorer } from './score-tallies.ts';
import type { Policy } from './types.ts';

/** What a scan works with and leaves as it was before; at most one open scan has it. */
export interface ScanTools {
  kernel: Kernel;
  nearby: ContextWordsNearby;
  /** Apart from the pass's own, for patterns run ahead of it; null when there are none. */
  nearbyPatterns: ContextWordsNearby | null;
  verdict: ContextVerdict;
  forms: FormCandidates;
}

const plans = new WeakMap<readonly Detector[], WeakMap<Policy, ScanPlan>>();
/** More scans than these are seldom open at once in a thread. */
const maxIdleTools = 4;

/** Gives the plan of scans with these detectors under this policy, which must not be changed. */
export function planScan(list: readonly Detector[], policy: Policy): ScanPlan {
  const byPolicy = plans.get(list) ?? new WeakMap<Policy, ScanPlan>();
  plans.set(list, byPolicy);
  const plan = byPolicy.get(policy) ?? new ScanPlan(compileDetectors(list, policy), policy);
  byPolicy.set(policy, plan);
  return plan;
}

/**
 * Everything about a scan that follows from detectors and policy, made once for all texts: small
 * texts would cost more to prepare for than to read.
 */
export class ScanPlan {
  readonly compiled: CompiledDetectors;
  /** By position of the detector. */
  readonly minConfidence: Float64Array;
  readonly allow: AllowRules | null;
  readonly scorer: TallyScorer;
  readonly #idle: ScanTools[] = [];

  constructor(compiled: CompiledDetectors, policy: Policy) {
    this.compiled = compiled;
    this.minConfidence = Float64Array.from(
      compiled.detectors,
      (detector) => typeSettings(policy, detector).minConfidence,
    );
    this.allow = AllowRules.of(policy.allow);
    this.scorer = new TallyScorer(policy);
  }

  /** Hands out tools for one text. */
  takeTools(): ScanTools {
    return this.#idle.pop() ?? this.#makeTools();
  }

  /** Takes tools back when a text has ended; a scan that is given up keeps its own. */
  returnTools(tools: ScanTools): void {
    if (this.#idle.length === maxIdleTools) return;
    this.clearTools(tools);
    this.#idle.push(tools);
  }

  /** Makes tools forget the text they were at. */
  clearTools(tools: ScanTools): void {
    tools.kernel.clear();
    tools.nearby.reset();
    tools.nearbyPatterns?.reset();
  }

  #makeTools(): ScanTools {
    const { anchors, context, patterns } = this.compiled;
    const kernel = new Kernel(anchors, context, maxWindowBytes);
    const nearby = new ContextWordsNearby(context, kernel);
    const { forms: automaton } = kernel;
    return {
      kernel,
      nearby,
      nearbyPatterns: patterns && new ContextWordsNearby(context, kernel),
      verdict: new ContextVerdict(context),
      forms: new FormCandidates(this.compiled, {
        nearby,
        automaton,
        minConfidence: this.minConfidence,
      }),
    };
  }
}
