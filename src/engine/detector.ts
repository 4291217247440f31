import type { Category, Label } from './types.ts';

/**
 * The stretch of text a detector may look at. Indices are into `bytes`; `offset` is the place of
 * `bytes[0]` in the whole text. At least `windowAheadBytes` after the anchor and `windowBehindBytes`
 * before it are there unless the text starts or ends sooner. A detector must not look further,
 * else its findings would depend on how the text was cut into windows.
 */
export interface TextWindow {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  /** True when `end` is the end of the text. */
  readonly endsText: boolean;
}

/** The longest value a detector may report, in bytes. */
export const maxMatchBytes = 65_536;

/** How far before its anchor a match may start, in bytes. */
export const maxMatchLeadBytes = 512;

/** What a detector may read after an anchor's start. */
export const windowAheadBytes = maxMatchBytes + 2_048;

/** What a detector may read before an anchor's start. */
export const windowBehindBytes = maxMatchBytes + 4_096;

/**
 * A value that passed pattern and validator; `start` and `end` are indices of the window. It starts
 * on the line of its anchor, at most `maxMatchLeadBytes` before it, or after it on any line.
 */
export interface Match {
  start: number;
  end: number;
  pattern: string;
  /** How the check went, e.g. `luhn:passed`; null when the pattern has none. */
  validator: string | null;
  /** Confidence before context, 0–1. */
  base: number;
  /** Set when the value is a published test or example value: where it is known from. */
  published?: string;
  notes?: readonly string[];
  /** A label the file gets at least, when it depends on the value and not on the type. */
  floor?: Label;
}

/** Where in a text a detector is asked to look. */
export interface Anchors {
  /** Runs of digits of these lengths (longer runs than 63 are no anchor). */
  digitRuns?: { min: number; max: number };
  /** Single ASCII bytes that are neither letters nor digits. */
  bytes?: string;
  /**
   * Beginnings of words, any case; a space stands for one to three blanks, hyphens or underscores.
   * Detectors check what follows themselves.
   */
  words?: readonly string[];
  /** Whole words in a text that start with a capital letter; a few others are asked about as well. */
  capitalised?: readonly string[];
}

export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'pl';

/** Words that raise (`effect` > 0) or lower (`effect` < 0) the confidence of a value near them. */
export interface ContextWords {
  effect: number;
  words: Partial<Record<Language, readonly string[]>>;
}

/** A text with the raw values that must be found in it. */
export interface HitExample {
  text: string;
  values: readonly string[];
}

/** A regular expression looked for in all of the text; see patterns/parse-pattern.ts. */
export interface DetectorPattern {
  name: string;
  regex: string;
  ignoreCase: boolean;
  /** Confidence before context, 0–1. */
  base: number;
  validator: { name: string; passes: (value: string) => boolean } | null;
}

/**
 * Everything about one type of finding. `find` is called once for each anchor, with the anchor's
 * index range in the window; its cost must be bounded by the distance it may look.
 */
export interface Detector {
  id: string;
  category: Category;
  /** Weight in the score, 0–1. */
  weight: number;
  /** Where the format and its check are published: standards, issuers. */
  sources?: readonly string[];
  /** Of two overlapping findings the one with the higher specificity stays. */
  specificity: number;
  /**
   * Whether ten distinct values are ten people, see `labelFloor`; by default what is in the category
   * `identity` is.
   */
  identifiesPerson?: boolean;
  /** A label every file with a counted finding gets at least, and why. */
  floor?: { label: Label; reason: string };
  anchors: Anchors;
  find(window: TextWindow, start: number, end: number): Match | undefined;
  /** Looked for beside the anchors; a team's own detectors have them. */
  patterns?: readonly DetectorPattern[];
  /** The form under which two spellings of one value are the same value. */
  normalise(value: string): string;
  /** The value as it may be shown. */
  mask(value: string): string;
  context: readonly ContextWords[];
  /** Whether words such as "example" or "test" near a value lower its confidence. */
  heedsExampleWords: boolean;
  /**
   * The most its findings can reach, 0–1; a scan whose minimum for the type is higher leaves it out
   * and pays nothing for it.
   */
  maxConfidence?: number;
  /** Texts in which, at default confidence, exactly these values are found. */
  hits: readonly HitExample[];
  /** Texts in which nothing of this type is found at default confidence. */
  misses: readonly string[];
}

/** Reads a byte of the window; 0 outside it, which is no letter, digit or blank. */
export function byteAt(window: TextWindow, index: number): number {
  return index >= window.start && index < window.end ? (window.bytes[index] as number) : 0;
}
