import { createHash } from 'node:crypto';
import { detectors as engineDetectors } from '../engine/detector-list.ts';
import type { OwnDetector } from '../engine/own-detector.ts';
import { maxSetSize, PatternSet } from '../engine/patterns/pattern-set.ts';
import { PatternError } from '../engine/patterns/pattern-syntax.ts';
import { defaultPolicy } from '../engine/policy.ts';
import type { AllowEntry, Label, Policy, TypePolicy } from '../engine/types.ts';
import type { PolicyPath } from './policy-problem.ts';
import type { DetectorDocument, PolicyDocument } from './policy-schema.ts';
import type { Report } from './schema-issues.ts';
import { suggestName } from './suggest-name.ts';
import { readDictionary, toWords } from './word-list.ts';

const defaults = { weight: 0.3, wordConfidence: 0.8, patternConfidence: 0.6 };

export interface ToPolicyOptions {
  report: Report;
  readWords?: (file: string) => string[];
}

/**
 * Makes the engine's policy of a document that fits the schema, and reports what the schema cannot
 * know: names of types, patterns that do not run in linear time, words that are none. The version
 * is a hash of all of it.
 */
export function toPolicy(document: PolicyDocument, options: ToPolicyOptions): Policy {
  const { report } = options;
  const detectors = (document.detectors ?? []).map((own, n) =>
    toOwnDetector(own, ['detectors', n], options),
  );
  const typeNames = checkIds(detectors, report);
  const checkType = (type: string, path: PolicyPath, asKey: boolean): void => {
    if (typeNames.has(type)) return;
    const meant = suggestName(type, typeNames);
    const message = `is not a type${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    if (asKey) report(path, message, type);
    else report(path, `${type} ${message}`);
  };
  for (const type of Object.keys(document.types ?? {})) checkType(type, ['types'], true);
  for (const type of Object.keys(document.floors?.types ?? {})) {
    checkType(type, ['floors', 'types'], true);
  }
  const policy = {
    minConfidence: document.min_confidence ?? defaultPolicy.minConfidence,
    types: toTypes(document.types),
    labels: toLabels(document.labels, report),
    floors: toFloors(document.floors),
    countTestValues: document.count_test_values ?? false,
    detectors,
    allow: toAllow(document.allow, checkType),
    images: { ocr: document.images?.ocr ?? defaultPolicy.images.ocr },
  };
  policy.allow.patterns.forEach(({ match }, n) => {
    checkPattern(match, ['allow', 'patterns', n], report);
  });
  checkAllPatterns(policy.detectors, report);
  const hash = createHash('sha256').update(JSON.stringify(policy)).digest('hex');
  return { version: hash.slice(0, 12), ...policy };
}

function checkIds(detectors: readonly OwnDetector[], report: Report): ReadonlySet<string> {
  const names = new Set(engineDetectors.map(({ id }) => id));
  const engineNames = new Set(names);
  detectors.forEach(({ id }, n) => {
    const path = ['detectors', n, 'id'];
    if (engineNames.has(id)) report(path, `${id} is a type there is already: choose another name`);
    else if (names.has(id)) report(path, `${id} is here twice: choose another name`);
    names.add(id);
  });
  return names;
}

function toOwnDetector(
  own: DetectorDocument,
  path: PolicyPath,
  options: ToPolicyOptions,
): OwnDetector {
  const { report } = options;
  const keywords = toWords(own.keywords ?? [], [...path, 'keywords'], report);
  const dictionary = readDictionary(own.dictionary, [...path, 'dictionary'], options);
  const patterns = (own.patterns ?? []).map((given, n) => {
    const { regex, name, confidence } =
      typeof given === 'string' ? { regex: given, name: undefined, confidence: undefined } : given;
    const at = [...path, 'patterns', n, ...(typeof given === 'string' ? [] : ['regex'])];
    checkPattern(regex, at, report);
    return {
      name: name ?? `pattern ${n + 1}`,
      regex,
      ...(confidence === undefined ? {} : { confidence }),
    };
  });
  const words = [...new Set([...keywords, ...dictionary])];
  if (words.length === 0 && patterns.length === 0 && !own.keywords && !own.dictionary) {
    report(path, 'finds nothing: give it keywords, a dictionary or patterns');
  }
  const confidence = patterns.length > 0 ? defaults.patternConfidence : defaults.wordConfidence;
  return {
    id: own.id,
    category: own.category ?? 'custom',
    weight: own.weight ?? defaults.weight,
    label: own.label ?? null,
    confidence: own.confidence ?? confidence,
    ignoreCase: !(own.case_sensitive ?? false),
    words,
    patterns,
    context: own.context ?? [],
    validator: own.validator ?? null,
    normalise: own.normalise ?? 'case',
  };
}

function checkPattern(regex: string, path: PolicyPath, report: Report): void {
  try {
    new PatternSet([{ regex, ignoreCase: false }]);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    report(path, `is refused at its character ${error.at + 1}: ${error.message}`);
  }
}

function checkAllPatterns(detectors: readonly OwnDetector[], report: Report): void {
  const sources = detectors.flatMap(({ patterns }) =>
    patterns.map(({ regex }) => ({ regex, ignoreCase: false })),
  );
  try {
    const { size } = new PatternSet(sources);
    if (size <= maxSetSize) return;
    report(['detectors'], 'have patterns that are too much together: make repetitions shorter');
  } catch (error) {
    // Reported with its own place before.
    if (!(error instanceof PatternError)) throw error;
  }
}

function toTypes(types: PolicyDocument['types']): Record<string, TypePolicy> {
  const entries = Object.entries(types ?? {}).map(([type, { weight, min_confidence, off }]) => {
    const settings: TypePolicy = {};
    if (weight !== undefined) settings.weight = weight;
    if (min_confidence !== undefined) settings.minConfidence = min_confidence;
    if (off !== undefined) settings.off = off;
    return [type, settings] as const;
  });
  return Object.fromEntries(entries);
}

function toLabels(labels: PolicyDocument['labels'], report: Report): Policy['labels'] {
  const {
    internal = defaultPolicy.labels.internal,
    confidential = defaultPolicy.labels.confidential,
    restricted = defaultPolicy.labels.restricted,
  } = labels ?? {};
  if (internal > confidential || confidential > restricted) {
    report(['labels'], 'must not fall: internal, then confidential, then restricted');
  }
  return { internal, confidential, restricted };
}

function toFloors(floors: PolicyDocument['floors']): Policy['floors'] {
  const orNull = (label: Label | 'none'): Label | null => (label === 'none' ? null : label);
  const { many_people: people, health_with_identity: health } = floors ?? {};
  const types = Object.entries(floors?.types ?? {}).map(([type, label]) => [type, orNull(label)]);
  return {
    types: Object.fromEntries(types) as Record<string, Label | null>,
    manyPeople: people === 'none' ? null : (people ?? defaultPolicy.floors.manyPeople),
    healthWithIdentity:
      health === undefined ? defaultPolicy.floors.healthWithIdentity : orNull(health),
  };
}

function toAllow(
  allow: PolicyDocument['allow'],
  checkType: (type: string, path: PolicyPath, asKey: boolean) => void,
): Policy['allow'] {
  const toEntries = (list: keyof Policy['allow'], field: string): AllowEntry[] =>
    (allow?.[list] ?? []).map((given, n) => {
      if (typeof given === 'string') return { match: given, types: [] };
      const { [field]: match, types = [] } = given as Record<string, unknown>;
      (types as string[]).forEach((type, m) => {
        checkType(type, ['allow', list, n, 'types', m], false);
      });
      return { match: match as string, types: types as string[] };
    });
  return {
    values: toEntries('values', 'value'),
    patterns: toEntries('patterns', 'pattern'),
    paths: toEntries('paths', 'path'),
    fingerprints: toEntries('fingerprints', 'fingerprint'),
  };
}
