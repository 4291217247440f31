import type { Detector } from './detector.ts';
import { fingerprintOf } from './fingerprint.ts';
import { matchesGlob } from './path-glob.ts';
import { PatternSet } from './patterns/pattern-set.ts';
import type { AllowEntry, AllowPolicy } from './types.ts';

const encoder = new TextEncoder();
const compiled = new WeakMap<AllowPolicy, PatternSet>();

/** The allow lists of a policy, asked once for each finding. */
export class AllowRules {
  readonly #allow: AllowPolicy;
  readonly #patterns: PatternSet;
  readonly #valuesByType = new Map<string, ReadonlySet<string>>();

  private constructor(allow: AllowPolicy) {
    this.#allow = allow;
    this.#patterns = compiled.get(allow) ?? new PatternSet(allow.patterns.map(toSource));
    compiled.set(allow, this.#patterns);
  }

  /** Null when the lists say nothing of values. */
  static of(allow: AllowPolicy): AllowRules | null {
    const { values, patterns, fingerprints } = allow;
    const isEmpty = values.length + patterns.length + fingerprints.length === 0;
    return isEmpty ? null : new AllowRules(allow);
  }

  /** Whether a value is none that counts; `fingerprint` is called only when a list needs it. */
  allows(
    detector: Detector,
    { value, normalised }: { value: string; normalised: string },
    fingerprint: () => string,
  ): boolean {
    const { patterns, fingerprints } = this.#allow;
    if (this.#valuesOf(detector).has(normalised)) return true;
    const listed = fingerprints.filter((entry) => covers(entry, detector.id));
    if (listed.length > 0) {
      const own = fingerprint();
      if (listed.some(({ match }) => match === own)) return true;
    }
    if (patterns.length === 0) return false;
    const bytes = encoder.encode(value);
    return patterns.some(
      (entry, n) => covers(entry, detector.id) && this.#patterns.matchesWhole(n, bytes),
    );
  }

  #valuesOf(detector: Detector): ReadonlySet<string> {
    const known = this.#valuesByType.get(detector.id);
    if (known !== undefined) return known;
    const entries = this.#allow.values.filter((entry) => covers(entry, detector.id));
    const values = new Set(entries.map(({ match }) => detector.normalise(match)));
    this.#valuesByType.set(detector.id, values);
    return values;
  }
}

/** Whether the entry is about this type. */
export function covers(entry: AllowEntry, type: string): boolean {
  return entry.types.length === 0 || entry.types.includes(type);
}

/** The lists of paths that a file's path fits; its findings of their types do not count. */
export function findPathEntries(allow: AllowPolicy, path: string | undefined): AllowEntry[] {
  if (path === undefined) return [];
  return allow.paths.filter(({ match }) => matchesGlob(match, path));
}

/** The fingerprints under which the entries' values would be found, of the detectors they cover. */
export function fingerprintsOf(
  entries: { values: readonly AllowEntry[]; fingerprints: readonly AllowEntry[] },
  detectors: readonly Detector[],
  key: Uint8Array,
): ReadonlySet<string> {
  const listed = entries.fingerprints.map(({ match }) => match);
  const computed = entries.values.flatMap((entry) =>
    detectors
      .filter(({ id }) => covers(entry, id))
      .map(({ id, normalise }) => fingerprintOf(key, id, normalise(entry.match))),
  );
  return new Set([...listed, ...computed]);
}

function toSource({ match }: AllowEntry): { regex: string; ignoreCase: boolean } {
  return { regex: match, ignoreCase: false };
}
