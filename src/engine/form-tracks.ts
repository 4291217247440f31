import { isAsciiLetter, isDigit, isUpper } from './byte-classes.ts';
import type { Behind, Form } from './detector.ts';
import { type FormPosition, joints, parseForm } from './form.ts';
import { wholeness } from './value-bounds.ts';

/** One form of one detector: its place in the lists it came from. */
export interface FormEntry {
  readonly detector: number;
  readonly form: number;
  /** How whole a value must be: a value of `wholeness`. */
  readonly needs: number;
  /** Most confidence a value of this form can have before context. */
  readonly base: number;
}

/** A way to read one form, shared by all entries with the same one. */
export interface Track {
  readonly id: number;
  readonly positions: readonly FormPosition[];
  readonly behind: Behind;
  /** Places in the list of entries. */
  readonly entries: readonly number[];
}

/** A word with more letters before its first digit is no code. */
const mostLetters = 8;

/** The class of digits. */
export const digitClass = 1;
const smallClass = 2;
const capitalClass = 3;
/** The class of bytes beyond ASCII. */
const wideClass = 4;

/** Forms that are written the same and may stand behind the same. */
interface SameForm {
  form: string;
  behind: Behind;
  entries: number[];
}

/** All forms of all detectors, taken apart, with the classes of bytes that tell them apart. */
export class FormTracks {
  readonly entries: readonly FormEntry[];
  readonly tracks: readonly Track[];
  /** By byte; 0 for bytes no form has. */
  readonly classOf = new Uint8Array(256);
  /** A byte of each class. */
  readonly samples: readonly number[];
  /** Most ASCII letters directly before the first digit of any form, at most eight. */
  readonly maxLetters: number;
  /** Most groups of letters with a separator after each before the first digit of any form. */
  readonly maxLeads: number;
  /** Most letters in such a group. */
  readonly maxLeadLetters: number;

  constructor(detectors: readonly (readonly Form[])[]) {
    const { entries: all, byForm } = collectEntries(detectors);
    this.entries = all;
    const tracks: Track[] = [];
    for (const { form, behind, entries } of byForm.values()) {
      for (const positions of parseForm(form)) {
        tracks.push({ id: tracks.length, positions, behind, entries });
      }
    }
    this.tracks = tracks;
    const literals = new Set(tracks.flatMap((track) => track.positions.flatMap(literalsOf)));
    this.samples = [0, 0x30, 0x61, 0x41, 0xff, ...literals];
    for (let byte = 0; byte < 256; byte++) {
      if (isDigit(byte)) this.classOf[byte] = digitClass;
      else if (isAsciiLetter(byte)) this.classOf[byte] = isUpper(byte) ? capitalClass : smallClass;
      else if (byte >= 0x80) this.classOf[byte] = wideClass;
    }
    [...literals].forEach((byte, n) => {
      this.classOf[byte] = n + wideClass + 1;
    });
    const letters = tracks.map((track) => lettersBefore(track.positions));
    this.maxLetters = Math.min(mostLetters, Math.max(0, ...letters));
    this.maxLeads = Math.max(0, ...tracks.map((track) => leadsBefore(track.positions)));
    this.maxLeadLetters = Math.max(0, ...tracks.map((track) => leadLetters(track.positions)));
  }
}

function collectEntries(detectors: readonly (readonly Form[])[]): {
  entries: FormEntry[];
  byForm: Map<string, SameForm>;
} {
  const entries: FormEntry[] = [];
  const byForm = new Map<string, SameForm>();
  detectors.forEach((forms, detector) => {
    forms.forEach((declared, form) => {
      const { form: text, base = 1, behind = 'value' } = declared;
      const key = `${behind} ${text}`;
      const same = byForm.get(key) ?? { form: text, behind, entries: [] };
      byForm.set(key, same);
      same.entries.push(entries.length);
      entries.push({ detector, form, needs: neededWholeness(declared), base });
    });
  });
  return { entries, byForm };
}

function neededWholeness({ form, isStart, mayGoOn }: Form): number {
  if (isStart) return wholeness.part;
  const isGrouped = /[^9AN{},\da-rt-z]/.test(form);
  return isGrouped && !mayGoOn ? wholeness.whole : wholeness.wholeUnlessGrouped;
}

function literalsOf({ accepts }: FormPosition): readonly number[] {
  if (accepts === 'joint') return joints;
  if (typeof accepts !== 'number') return [];
  return isAsciiLetter(accepts) ? [accepts, accepts & 0xdf] : [accepts];
}

function lettersBefore(positions: readonly FormPosition[]): number {
  let letters = 0;
  let most = 0;
  for (const { accepts } of positions) {
    if (accepts === 'digit') break;
    letters = isSeparator(accepts) ? 0 : letters + 1;
    most = Math.max(most, letters);
  }
  return most;
}

function leadsBefore(positions: readonly FormPosition[]): number {
  const digit = positions.findIndex((position) => position.accepts === 'digit');
  const before = digit < 0 ? positions : positions.slice(0, digit);
  return before.filter(
    (position, n) =>
      isSeparator(position.accepts) && !isSeparator(before[n - 1]?.accepts ?? 'digit'),
  ).length;
}

function leadLetters(positions: readonly FormPosition[]): number {
  return leadsBefore(positions) === 0 ? 0 : lettersBefore(positions);
}

function isSeparator(accepts: FormPosition['accepts']): boolean {
  return typeof accepts === 'number' && !isAsciiLetter(accepts);
}
