import { isLetterOrDigit } from './byte-classes.ts';
import { compactText, hasSmallLetter } from './compact-text.ts';
import type { ContextWords, Detector, Form, HitExample, Match, TextWindow } from './detector.ts';
import type { Category, Label } from './types.ts';
import { isInPath } from './value-bounds.ts';

/** One way to write a value; `form` is explained at `parseForm`, `base` is before context. */
export interface Shape extends Form {
  readonly name: string;
  readonly base: number;
}

/** What a check found out about a value that may be one. */
export interface Check {
  /** How it went, e.g. `mod11:passed`. */
  validator?: string;
  /** Confidence before context when it differs from the shape's; never more than that. */
  base?: number;
  /** The pattern's name when it differs from the shape's. */
  pattern?: string;
  published?: string;
  notes?: readonly string[];
}

/** All that is particular to a type of number or code. */
export interface ShapedDetectorSpec {
  id: string;
  category: Category;
  weight: number;
  /** 50 by default, so that among ids that look alike the confidence decides. */
  specificity?: number;
  floor?: { label: Label; reason: string };
  shapes: readonly Shape[];
  /**
   * Judges a value without its separators and in capitals; undefined says that it is none. Without
   * a check the shape is all there is.
   */
  check?(compact: string, shape: Shape): Check | undefined;
  sources: readonly string[];
  context: readonly ContextWords[];
  mask?(value: string): string;
  /** Texts with each value that must be found in brackets, which are left out. */
  hits: readonly string[];
  misses: readonly string[];
}

/** The floor of a number that a government gave a person or a company. */
export const governmentId = { label: 'confidential', reason: 'government id' } as const;

/** The floor of a number that money can be moved with. */
export const accountNumber = { label: 'confidential', reason: 'account or card number' } as const;

/** What a value loses that stands in a path, where numbers name files and records. */
const lossInPath = 0.2;
const leastBase = 0.01;
const unchecked: Check = {};

/**
 * Makes a detector from shapes and a check: boundaries, separators and anchoring are the same for
 * all. Codes are printed in capitals, so small letters halve the confidence.
 */
export function shapedDetector(spec: ShapedDetectorSpec): Detector {
  const { id, category, weight, shapes, check, context, sources, hits, misses } = spec;
  return {
    id,
    category,
    weight,
    specificity: spec.specificity ?? 50,
    ...(spec.floor === undefined ? {} : { floor: spec.floor }),
    anchors: { forms: shapes },
    find(window, start, end, form = 0) {
      const shape = shapes[form] as Shape;
      const checked: Check | undefined =
        check === undefined ? unchecked : check(compactText(window, start, end), shape);
      return checked === undefined ? undefined : toMatch(window, start, end, shape, checked);
    },
    normalise: compactValue,
    mask: spec.mask ?? maskValue,
    heedsExampleWords: true,
    context,
    sources,
    hits: hits.map(readMarkedText),
    misses,
  };
}

/** Reads a text with its values in brackets. */
export function readMarkedText(marked: string): HitExample {
  const values = [...marked.matchAll(/\[([^\]]*)\]/g)].map(([, value = '']) => value);
  return { text: marked.replace(/[[\]]/g, ''), values };
}

function toMatch(
  window: TextWindow,
  start: number,
  end: number,
  shape: Shape,
  checked: Check,
): Match {
  let base = Math.min(shape.base, checked.base ?? shape.base);
  if (isInPath(window, start)) base -= lossInPath;
  if (hasSmallLetter(window, start, end)) base /= 2;
  const match: Match = {
    start,
    end,
    pattern: checked.pattern ?? shape.name,
    validator: checked.validator ?? null,
    base: Math.max(leastBase, Math.round(base * 100) / 100),
  };
  if (checked.published !== undefined) match.published = checked.published;
  if (checked.notes !== undefined) match.notes = checked.notes;
  return match;
}

/** Gives the letters, as capitals, and digits of a value. */
export function compactValue(value: string): string {
  return value.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

/** Masks letters and digits but the last four, of a short value the last two. */
export function maskValue(value: string): string {
  const chars = [...value];
  const count = chars.filter(isShown).length;
  let left = count - (count >= 9 ? 4 : 2);
  return chars.map((char) => (isShown(char) && left-- > 0 ? '*' : char)).join('');
}

function isShown(char: string): boolean {
  return isLetterOrDigit(char.charCodeAt(0));
}
