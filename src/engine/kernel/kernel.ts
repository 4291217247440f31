import type { AnchorIndex } from '../anchor-index.ts';
import { plainLetters } from '../capitalised-words.ts';
import type { ContextTerms } from '../context-terms.ts';
import { FormAutomaton, maxClasses, maxRunDigits, maxStates } from '../form-automaton.ts';
import { beforeKinds, standingCount, standings } from '../standing.ts';
import { TermIndex } from '../term-index.ts';
import { kernelCode } from './kernel-code.ts';
import { writeTermSieve, writeTermTable } from './term-table.ts';

/** Kinds of events, as in `assembly/events.ts`. */
export const eventKind = {
  line: 1,
  term: 2,
  capitalised: 3,
  sign: 4,
  run: 5,
  reading: 6,
} as const;

/** Numbers an event takes up: kind, two places, and what the kind explains. */
export const eventSize = 4;

/** Numbers a context word takes up: two places, and which word it is. */
export const wordSize = 3;

const pageBytes = 65_536;
/** What the compiler of the kernel leaves to it. */
const reservedBytes = 1_024;
/** Zeros around the text: a block of 64 bytes may be read beyond it. */
const marginBytes = 64;
/** Events, and words, that one call may find. */
const room = 8_192;
/** In the table of terms, the number of the first context word. */
const firstContextWord = 0x8000;

interface KernelExports {
  readonly eventCount: { readonly value: number };
  readonly wordCount: { readonly value: number };
  place(...places: number[]): void;
  placeForms(...places: number[]): void;
  setTextEnd(index: number): void;
  findCandidates(from: number, limit: number, events: number, words: number, room: number): number;
  findContext(from: number, to: number, words: number, room: number): number;
  lastBeyondAscii(from: number, to: number): number;
  charactersBack(index: number, count: number): number;
  countCharacters(from: number, to: number): number;
}

let compiledModule: WebAssembly.Module | undefined;

/**
 * The part of the engine that looks at every byte, compiled to WebAssembly from `assembly/`. It has
 * the text and its tables in a memory of its own; what it finds are events in the order of the
 * text. One scan uses it at a time.
 */
export class Kernel {
  /** Where the text goes. */
  readonly text: Uint8Array;
  readonly forms: FormAutomaton;
  /** The candidates that `findCandidates` found, `eventSize` numbers each. */
  readonly events: Int32Array;
  /** The context words that `findCandidates` passed, `wordSize` numbers each. */
  readonly passedWords: Int32Array;
  /** The context words that `findContext` found. */
  readonly foundWords: Int32Array;
  readonly #exports: KernelExports;
  readonly #eventsAt: number;
  #textEnd = 0;
  readonly #passedAt: number;
  readonly #foundAt: number;

  /** Throws a RangeError when the tables do not fit. */
  constructor(anchors: AnchorIndex, context: ContextTerms, textBytes: number) {
    const { terms, sieve } = termTableOf(anchors, context);
    const { bitmap } = anchors.capitalised;
    const { samples, classOf, maxLetters, maxLeads, maxLeadLetters } = anchors.forms;
    const classBits = 32 - Math.clz32(samples.length - 1);
    const layout = new Layout(reservedBytes);
    const textAt = layout.add(marginBytes + textBytes + marginBytes) + marginBytes;
    this.#eventsAt = layout.add(room * eventSize * 4);
    this.#passedAt = layout.add(room * wordSize * 4);
    this.#foundAt = layout.add(room * wordSize * 4);
    const termsAt = layout.add(terms.length);
    const sieveAt = layout.add(sieve.length);
    const bitmapAt = layout.add(bitmap.byteLength);
    const lettersAt = layout.add(plainLetters.length);
    const signsAt = layout.add(anchors.signs.table.length);
    const classesAt = layout.add(classOf.length);
    const startStatesAt = layout.add(2 * standingCount);
    const digitStates = standingCount * (maxRunDigits + 1);
    const digitStatesAt = layout.add(2 * digitStates);
    const beforeKindsAt = layout.add(beforeKinds.length);
    const standingsAt = layout.add(standings.length);
    const runEnds = standingCount * (maxRunDigits + 2) * maxClasses;
    const runEndsAt = layout.add(runEnds);
    const flagsAt = layout.add(maxStates);
    const transitionsAt = layout.add((maxStates << classBits) * 2);
    const pages = Math.ceil(layout.end / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { buffer } = memory;
    const bytes = new Uint8Array(buffer);
    bytes.set(terms, termsAt);
    bytes.set(sieve, sieveAt);
    new Int32Array(buffer, bitmapAt).set(bitmap);
    bytes.set(plainLetters, lettersAt);
    bytes.set(anchors.signs.table, signsAt);
    bytes.set(classOf, classesAt);
    bytes.set(beforeKinds, beforeKindsAt);
    bytes.set(standings, standingsAt);
    this.text = bytes.subarray(textAt, textAt + textBytes + marginBytes);
    this.events = new Int32Array(buffer, this.#eventsAt, room * eventSize);
    this.passedWords = new Int32Array(buffer, this.#passedAt, room * wordSize);
    this.foundWords = new Int32Array(buffer, this.#foundAt, room * wordSize);
    this.forms = new FormAutomaton(anchors.forms, {
      flags: bytes.subarray(flagsAt, flagsAt + maxStates),
      transitions: new Uint16Array(buffer, transitionsAt, maxStates << classBits),
      startStates: new Uint16Array(buffer, startStatesAt, standingCount),
      digitStates: new Uint16Array(buffer, digitStatesAt, digitStates),
      runEnds: bytes.subarray(runEndsAt, runEndsAt + runEnds),
      classBits,
    });
    compiledModule ??= new WebAssembly.Module(Buffer.from(kernelCode, 'base64'));
    const { exports } = new WebAssembly.Instance(compiledModule, {
      env: { memory },
      forms: { step: this.forms.step },
    });
    this.#exports = exports as unknown as KernelExports;
    const namesAt = anchors.byCapitalised.length === 0 ? 0 : bitmapAt;
    this.#exports.place(textAt, termsAt, sieveAt, namesAt, lettersAt, signsAt);
    this.#exports.placeForms(
      ...[classesAt, startStatesAt, digitStatesAt, flagsAt],
      ...[beforeKindsAt, standingsAt, runEndsAt, transitionsAt],
      ...[classBits, maxLetters, maxLeads, maxLeadLetters],
    );
  }

  /** Events that the last call of `findCandidates` found. */
  get eventCount(): number {
    return this.#exports.eventCount.value;
  }

  /** Words that the last call found. */
  get wordCount(): number {
    return this.#exports.wordCount.value;
  }

  /** Tells how many bytes of `text` are text. */
  setTextEnd(index: number): void {
    this.#textEnd = Math.max(this.#textEnd, index);
    this.text.fill(0, index, index + marginBytes);
    this.#exports.setTextEnd(index);
  }

  /** Forgets the text. */
  clear(): void {
    this.text.fill(0, 0, this.#textEnd);
    this.#textEnd = 0;
  }

  /**
   * Looks for candidates between two indices of the text, and for the context words that start
   * there; gives how far it came.
   */
  findCandidates(from: number, limit: number): number {
    this.forms.trim();
    return this.#exports.findCandidates(from, limit, this.#eventsAt, this.#passedAt, room);
  }

  /** Looks for context words that start between two indices; gives how far it came. */
  findContext(from: number, to: number): number {
    return this.#exports.findContext(from, to, this.#foundAt, room);
  }

  /** Index at which the last `count` characters before an index start; 0 when there are fewer. */
  charactersBack(index: number, count: number): number {
    return this.#exports.charactersBack(index, count);
  }

  /** Characters that start between two indices. */
  countCharacters(from: number, to: number): number {
    return this.#exports.countCharacters(from, to);
  }

  /** Index of the last byte beyond ASCII between two indices; -1 when there is none. */
  lastBeyondAscii(from: number, to: number): number {
    return this.#exports.lastBeyondAscii(from, to);
  }
}

/** Hands out places in memory, one after the other. */
class Layout {
  end: number;

  constructor(start: number) {
    this.end = start;
  }

  add(bytes: number): number {
    const at = this.end;
    this.end = (at + bytes + 15) & ~15;
    return at;
  }
}

interface TermTables {
  terms: Uint8Array;
  sieve: Uint8Array;
}

const termTables = new WeakMap<AnchorIndex, TermTables>();

function termTableOf(anchors: AnchorIndex, context: ContextTerms): TermTables {
  const known = termTables.get(anchors);
  if (known !== undefined) return known;
  const asked = anchors.words.length;
  const index = new TermIndex([...anchors.words, ...context.words]);
  const numberOf = (id: number): number =>
    id < asked ? (anchors.detectorByTerm[id] as number) : firstContextWord + id - asked;
  const tables = {
    terms: writeTermTable(index, numberOf),
    sieve: writeTermSieve(index, (id) => id < asked),
  };
  termTables.set(anchors, tables);
  return tables;
}
