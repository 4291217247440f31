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

/** How much new text one pass takes at most; findings do not depend on it. */
export const maxPassBytes = 262_144;

/** Most text a scan holds at a time. */
export const maxWindowBytes = windowBehindBytes + maxPassBytes + windowAheadBytes;

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

/**
 * How a number or code is written, a character each (see `parseForm`). A form is found at the first
 * run of digits it has; letters may stand before that.
 */
export interface Form {
  readonly form: string;
  /** Most confidence a value of this form can have before context; 1 when it is not given. */
  readonly base?: number;
  /**
   * True when the form is only how a value starts: what follows is the detector's to check. The
   * value may begin `maxBeginningLeadBytes` before it and go on `maxBeginningTailBytes` behind it
   * when its base is one that needs a word.
   */
  readonly isStart?: boolean;
  /** What may stand before the digits a beginning starts with, `value` by default. */
  readonly behind?: Behind;
  /** True when more digits may follow a form in groups after a blank. */
  readonly mayGoOn?: boolean;
}

/**
 * What may stand before the first digit of a form (`standing`):
 * - `value`: what may stand before a value, see `mayStartValue`
 * - `break`: anything but letters, digits, underscores, and hyphens or dots behind digits
 * - `apart`: the same without colons and slashes behind digits
 * - `clear`: blanks, quotation marks, brackets, `=`, and signs that join it to nothing
 * - `open`: blanks, quotation marks, most brackets and colons
 * - `word`: a blank behind a letter, a dot, a comma or a hyphen
 * - `token`: anything but letters and digits, or an escape such as `\n`
 * - `any`: anything but a digit
 */
export type Behind = 'value' | 'break' | 'apart' | 'clear' | 'open' | 'word' | 'token' | 'any';

/** How far a value may begin before a form that needs a word, and go on behind it, in bytes. */
export const maxBeginningLeadBytes = 32;
export const maxBeginningTailBytes = 64;

/**
 * An ASCII character that is neither letter nor digit, and what must stand around it: classes of
 * bytes as a regular expression writes them, in which `\x80` is any byte beyond ASCII and `\0` the
 * text's beginning and end.
 */
export interface Sign {
  readonly sign: string;
  /** The byte right before it. */
  readonly before?: string;
  /** The byte right after it. */
  readonly after?: string;
  /** Bytes further on, by their distance. */
  readonly ahead?: Readonly<Partial<Record<2 | 3 | 5 | 6 | 7, string>>>;
  /**
   * Three or four small letters or signs each, as names of secrets have them: one must begin in the
   * 80 bytes before it, or a little further away.
   */
  readonly heads?: readonly string[];
}

/** Where in a text a detector is asked to look. */
export interface Anchors {
  /**
   * Forms of values. Where one is complete and stands alone (`wholenessOf`), `find` is called with
   * its range and its place in this list; when it fits in several lengths, once for each, and for a
   * beginning as soon as it is complete, within a first run of digits only at the run's end. A form
   * that cannot reach the minimum confidence by itself is asked for only near a word that supports
   * the detector.
   */
  forms?: readonly Form[];
  signs?: readonly Sign[];
  /**
   * Beginnings of words, any case; a space stands for one to three blanks, hyphens or underscores.
   * Detectors check what follows themselves.
   */
  words?: readonly string[];
  /** Whole words in a text that start with a capital letter; a few others are asked about as well. */
  capitalised?: readonly string[];
}

/** ISO 639-1 codes. */
export type Language =
  | 'ar'
  | 'bg'
  | 'cs'
  | 'da'
  | 'de'
  | 'el'
  | 'en'
  | 'es'
  | 'et'
  | 'fi'
  | 'fr'
  | 'he'
  | 'hi'
  | 'hr'
  | 'hu'
  | 'id'
  | 'is'
  | 'it'
  | 'ja'
  | 'ko'
  | 'lt'
  | 'lv'
  | 'ms'
  | 'nl'
  | 'no'
  | 'pl'
  | 'pt'
  | 'ro'
  | 'ru'
  | 'sk'
  | 'sl'
  | 'sv'
  | 'th'
  | 'tr'
  | 'uk'
  | 'zh';

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
  find(window: TextWindow, start: number, end: number, form?: number): Match | undefined;
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

/** The index after the digits at `index`; at most 64 are read. */
export function digitsEnd({ bytes }: TextWindow, index: number): number {
  let end = index;
  while (end - index < 64 && ((bytes[end] as number) ^ 0x30) < 10) end++;
  return end;
}
