import { type ChecksumName, checksums } from './checksums.ts';
import type { Detector, DetectorPattern, Match, TextWindow } from './detector.ts';
import { OwnWords } from './own-words.ts';
import type { Category, Label } from './types.ts';

/** What counts as the same value in two spellings. */
export const normalisations = ['exact', 'case', 'letters_and_digits', 'digits'] as const;
export type Normalisation = (typeof normalisations)[number];

/** A regular expression of a team's own detector; see patterns/parse-pattern.ts for the subset. */
export interface OwnPattern {
  name: string;
  regex: string;
  /** Instead of the detector's. */
  confidence?: number;
}

/** A type of finding that a team defines in its policy; plain data. */
export interface OwnDetector {
  id: string;
  category: Category;
  /** Weight in the score, 0–1. */
  weight: number;
  /** A label every file with a counted finding gets at least. */
  label: Label | null;
  /** Confidence of a value before its context, 0–1. */
  confidence: number;
  /** Whether the words are found in capitals and small letters alike. */
  ignoreCase: boolean;
  /** Exact words and phrases; a space also stands for a hyphen or an underscore. */
  words: readonly string[];
  patterns: readonly OwnPattern[];
  /** Words near a value that raise its confidence. */
  context: readonly string[];
  validator: ChecksumName | null;
  normalise: Normalisation;
}

const contextEffect = 0.6;
/** Numbers that a check digit was made for are rarer than the form alone. */
const checkedEffect = 0.5;
const fullMaskChars = 12;
const specificity = { patterns: 90, words: 30 };
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Makes the detector that the engine runs. Words are found at their anchors as those of the
 * engine's own types are; patterns are handed on as they are (`Detector.patterns`).
 */
export function toDetector(own: OwnDetector): Detector {
  const words = new OwnWords(own.words, own.ignoreCase);
  const check = own.validator === null ? null : checksums[own.validator];
  return {
    id: own.id,
    category: own.category,
    weight: own.weight,
    specificity: own.patterns.length > 0 ? specificity.patterns : specificity.words,
    ...(own.label === null
      ? {}
      : { floor: { label: own.label, reason: `${own.id} of the policy` } }),
    anchors: words.anchors,
    find: (window, start) => findWords(own, words, window, start),
    patterns: own.patterns.map((pattern) => toPattern(own, pattern)),
    normalise: (value) => normaliseBy(own.normalise, value),
    mask,
    heedsExampleWords: false,
    context: own.context.length > 0 ? [{ effect: contextEffect, words: { en: own.context } }] : [],
    hits: [],
    misses: [],
  };

  function findWords(
    { validator, confidence }: OwnDetector,
    list: OwnWords,
    window: TextWindow,
    start: number,
  ): Match | undefined {
    const end = list.findEnd(window, start);
    if (end < 0) return undefined;
    const match = { start, end, pattern: 'word', validator: null, base: confidence };
    if (check === null || validator === null) return match;
    if (!check(decoder.decode(window.bytes.subarray(start, end)))) return undefined;
    return { ...match, validator: `${validator}:passed`, base: raised(confidence) };
  }
}

function toPattern(own: OwnDetector, pattern: OwnPattern): DetectorPattern {
  const base = pattern.confidence ?? own.confidence;
  const { name, regex } = pattern;
  const { validator } = own;
  const ignoreCase = false;
  if (validator === null) return { name, regex, ignoreCase, base, validator: null };
  return {
    name,
    regex,
    ignoreCase,
    base: raised(base),
    validator: { name: validator, passes: checksums[validator] },
  };
}

function raised(base: number): number {
  return Math.round((base + (1 - base) * checkedEffect) * 1_000) / 1_000;
}

function normaliseBy(form: Normalisation, value: string): string {
  const text = value.normalize('NFC');
  if (form === 'exact') return text;
  if (form === 'digits') return text.replace(/\D/g, '') || text;
  const folded = text.toLowerCase().replace(/[\s_-]+/g, ' ');
  if (form === 'case') return folded;
  return folded.replace(/[^\p{L}\p{N}]/gu, '') || folded;
}

/** Shows the last three characters of long values, the first one of others, and their length. */
function mask(value: string): string {
  const chars = [...value];
  if (chars.length >= fullMaskChars) return `***${chars.slice(-3).join('')}`;
  return chars.length > 3 ? `${chars[0]}***` : '***';
}
