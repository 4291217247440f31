import { isAsciiLetter, isLetterOrDigit } from './byte-classes.ts';
import type { ContextWords, Detector, HitExample, Match, TextWindow } from './detector.ts';
import { byteAt } from './detector.ts';
import { compactValue, maskValue, readMarkedText } from './shaped-detector.ts';
import { endsWord } from './term-index.ts';
import type { Category, Label } from './types.ts';
import { mayEndValue, mayStartValue } from './value-bounds.ts';

/** All that is particular to a type of value that only its name tells from any other. */
export interface NamedDetectorSpec {
  id: string;
  category: Category;
  weight: number;
  specificity: number;
  floor?: { label: Label; reason: string };
  /** What the value is called, and the confidence that gives before context. */
  names: readonly { words: readonly string[]; base: number }[];
  /** The value itself; it must not match across more than 64 characters. */
  value: RegExp;
  /** Judges a value without separators, in capitals; gives how the check went or `undefined`. */
  check?(compact: string): { validator: string | null } | undefined;
  sources: readonly string[];
  context: readonly ContextWords[];
  /** Texts with each value that must be found in brackets, which are left out. */
  hits: readonly string[];
  misses: readonly string[];
}

const reachBytes = 96;
const unchecked = { validator: null };
/** What may stand between a name and its value. */
const link =
  /^\.?(?:[ \t]?(?:number|num|no|nr|code|id|is|was|of|value|nummer|num[^ ]{1,2}ro)\b\.?){0,3}["'\])]{0,2}[ \t]{0,4}[:=#>-]{0,2}[ \t]{0,4}["'([]{0,2}/i;

/**
 * Makes a detector of values that have no form of their own, like three digits: they are looked for
 * right behind their name. Nothing is found where a name is followed by anything else.
 */
export function namedDetector(spec: NamedDetectorSpec): Detector {
  const { id, category, weight, specificity, context, sources, hits, misses } = spec;
  const pattern = new RegExp(`^(?:${spec.value.source})`, spec.value.flags);
  const words = spec.names.flatMap((name) => name.words);
  const leastBase = Math.min(...spec.names.map((name) => name.base));
  const bases = spec.names.map((name) => ({ base: name.base, words: new Set(name.words) }));
  return {
    id,
    category,
    weight,
    specificity,
    ...(spec.floor === undefined ? {} : { floor: spec.floor }),
    anchors: { words },
    find(window, start, end) {
      if (!isWholeWord(window, start, end)) return undefined;
      const text = readText(window, end, reachBytes);
      const gap = link.exec(text)?.[0].length ?? 0;
      const value = pattern.exec(text.slice(gap))?.[0];
      if (value === undefined || gap === 0) return undefined;
      const from = end + gap;
      if (!mayEndValue(window, from + value.length) || followsOn(window, from + value.length)) {
        return undefined;
      }
      if (!mayStartValue(window, from)) return undefined;
      const checked = spec.check === undefined ? unchecked : spec.check(compactValue(value));
      if (checked === undefined) return undefined;
      const name = readText(window, start, end - start)
        .toLowerCase()
        .replace(/[-_\s]+/g, ' ');
      const base = bases.find((entry) => entry.words.has(name))?.base ?? leastBase;
      return toMatch(from, from + value.length, { base, validator: checked.validator });
    },
    normalise: compactValue,
    mask: maskValue,
    heedsExampleWords: true,
    context,
    sources,
    hits: hits.map((text): HitExample => readMarkedText(text)),
    misses,
  };
}

function toMatch(
  start: number,
  end: number,
  rest: { base: number; validator: string | null },
): Match {
  return { start, end, pattern: 'behind its name', ...rest };
}

function isWholeWord(window: TextWindow, start: number, end: number): boolean {
  const before = byteAt(window, start - 1);
  if (before < 0x80 && isAsciiLetter(before)) return false;
  return endsWord(window.bytes, start, end, window.end);
}

/** Whether a date or fraction goes on after the value. */
function followsOn(window: TextWindow, end: number): boolean {
  const after = byteAt(window, end);
  return (after === 0x2f || after === 0x3a) && isLetterOrDigit(byteAt(window, end + 1));
}

/** Reads bytes as Latin-1, one character each, so that indices stay those of the bytes. */
function readText(window: TextWindow, from: number, bytes: number): string {
  let text = '';
  for (let i = from; i < Math.min(from + bytes, window.end); i++) {
    text += String.fromCharCode(window.bytes[i] as number);
  }
  return text;
}
