/**
 * The engine's entry: text in, findings and score out. Bytes go through a window with overlap;
 * one pass over them finds candidates (`anchor-index.ts`), only these pay for a detector, its
 * context (`context-words.ts`, `confidence.ts`) and the decision among overlaps
 * (`overlap-resolver.ts`). Reading files and other formats is not here: see `src/documents`.
 */
import { type AnchorIndex, byteKind, longRunDigits } from './anchor-index.ts';
import { isDigit, isLetter } from './byte-classes.ts';
import { mayBeCapital } from './capitalised-words.ts';
import { ColumnCounter } from './column-counter.ts';
import { ColumnHeader } from './column-header.ts';
import type { ContextVerdict } from './confidence.ts';
import type { ContextTerms } from './context-terms.ts';
import type { ContextWordsNearby } from './context-words.ts';
import {
  type Detector,
  type Match,
  type TextWindow,
  windowAheadBytes,
  windowBehindBytes,
} from './detector.ts';
import { detectors as allDetectors } from './detector-list.ts';
import type { DetectorPatterns } from './detector-patterns.ts';
import { FindingCollector } from './finding-collector.ts';
import type { FormCandidates, Surroundings } from './form-candidates.ts';
import { PatternScan } from './patterns/pattern-set.ts';
import { planScan, type ScanPlan, type ScanTools } from './scan-plan.ts';
import { matchTerm, type Term } from './term-index.ts';
import type { ContextHit, Place, Policy, ScanReport } from './types.ts';

/** A scan under way: push the text in pieces of any size, then finish once. */
export interface Scan {
  /** Takes the next bytes of the text (UTF-8); they are copied, the caller may reuse the array. */
  push(bytes: Uint8Array): void;
  /** Ends the text and gives the report; the scan cannot be used afterwards. */
  finish(): ScanReport;
}

export interface ScanOptions {
  policy: Policy;
  /** The installation's secret key for fingerprints. */
  fingerprintKey: Uint8Array;
  /** The file's path, for the policy's lists of allowed paths. */
  path?: string | undefined;
  /**
   * Turns a place in the scanned text into one in the file. It is called in order of offsets, for
   * stored findings only, at most `maxPlaceDelayBytes` of text after the finding was pushed.
   */
  mapPlace?: (place: Place) => Place;
  /** The detectors to run; all of the engine's by default. */
  detectors?: readonly Detector[];
  /** How much text one pass takes; findings do not depend on it. */
  windowBytes?: number;
}

const defaultWindowBytes = 262_144;
/** So that the pass may look at the three bytes after the last one. */
const paddingBytes = 8;
const newline = 0x0a;
const backslash = 0x5c;
/** What is left of the confidence of a published test value. */
const publishedFactor = 0.2;
const noContext: ContextHit[] = [];
/** Confidences are rounded to three decimals. */
const slack = 0.001;

/** How many bytes of text a scan holds at most before it places what it found in them. */
export const maxPlaceDelayBytes =
  windowBehindBytes + defaultWindowBytes + windowAheadBytes + paddingBytes;

/** Starts a scan. Memory is constant, time linear in the text, whatever the text is. */
export function createScan(options: ScanOptions): Scan {
  return new TextScan(options);
}

class TextScan implements Scan {
  readonly #plan: ScanPlan;
  readonly #tools: ScanTools;
  readonly #detectors: readonly Detector[];
  readonly #anchors: AnchorIndex;
  readonly #minConfidence: Float64Array;
  readonly #countTestValues: boolean;
  readonly #nearby: ContextWordsNearby;
  readonly #verdict: ContextVerdict;
  readonly #terms: ContextTerms;
  readonly #patterns: DetectorPatterns | null;
  readonly #patternScan: PatternScan | null;
  readonly #forms: FormCandidates;
  readonly #findings: FindingCollector;
  readonly #columns = new ColumnCounter();
  readonly #capacity: number;
  /** Of this scan alone: detectors keep what they last read by its window. */
  readonly #window: { -readonly [K in keyof TextWindow]: TextWindow[K] };
  readonly #around: Surroundings = { header: undefined, lineStart: 0 };
  #header: ColumnHeader | undefined;
  #headerRead = false;
  /** Index of the next byte of the pass. */
  #next = 0;
  #line = 1;
  #lineStart = 0;
  /** Of the match in hand. */
  #matchLine = 1;
  #matchLineStart = 0;
  #finished = false;

  constructor(options: ScanOptions) {
    const { policy, windowBytes = defaultWindowBytes } = options;
    const plan = planScan(options.detectors ?? allDetectors, policy);
    const { compiled } = plan;
    const tools = plan.takeTools();
    this.#plan = plan;
    this.#tools = tools;
    this.#detectors = compiled.detectors;
    this.#anchors = compiled.anchors;
    this.#terms = compiled.context;
    this.#nearby = tools.nearby;
    this.#verdict = tools.verdict;
    this.#patterns = compiled.patterns;
    this.#patternScan = compiled.patterns && new PatternScan(compiled.patterns.set);
    this.#countTestValues = policy.countTestValues;
    this.#minConfidence = plan.minConfidence;
    this.#forms = tools.forms;
    this.#findings = new FindingCollector(plan, this.#columns, options);
    this.#capacity = windowBehindBytes + windowBytes + windowAheadBytes;
    this.#window = {
      bytes: new Uint8Array(paddingBytes),
      start: 0,
      end: 0,
      offset: 0,
      endsText: false,
    };
  }

  push(bytes: Uint8Array): void {
    if (this.#finished) throw new Error('a finished scan takes no more text: create a new one');
    const window = this.#window;
    let taken = 0;
    while (taken < bytes.length) {
      const size = Math.min(bytes.length - taken, this.#capacity - window.end);
      this.#makeRoom(window.end + size + paddingBytes);
      window.bytes.set(bytes.subarray(taken, taken + size), window.end);
      window.end += size;
      taken += size;
      if (window.end === this.#capacity) this.#advance();
    }
  }

  /** Grows the window's array up to its capacity, so a small text needs little memory. */
  #makeRoom(size: number): void {
    const { bytes } = this.#window;
    if (size <= bytes.length) return;
    const most = this.#capacity + paddingBytes;
    const larger = new Uint8Array(Math.min(most, Math.max(size, bytes.length * 2)));
    larger.set(bytes);
    this.#window.bytes = larger;
  }

  finish(): ScanReport {
    if (this.#finished) throw new Error('a scan finishes once: create a new one');
    this.#finished = true;
    const window = this.#window;
    window.endsText = true;
    this.#pass(window.end);
    this.#findings.settle(window, Number.POSITIVE_INFINITY);
    this.#plan.returnTools(this.#tools);
    const bytes = window.offset + window.end;
    return this.#findings.report(bytes, this.#line - (bytes === this.#lineStart ? 1 : 0));
  }

  /** Scans what the window has room to look ahead of, then drops what no one will ask for. */
  #advance(): void {
    const window = this.#window;
    const limit = window.end - windowAheadBytes;
    this.#pass(limit);
    this.#findings.settle(window, window.offset + this.#next);
    const dropped = Math.max(0, Math.min(limit, this.#next) - windowBehindBytes);
    this.#columns.keepUpTo(window, window.offset + dropped);
    window.bytes.copyWithin(0, dropped, window.end);
    window.offset += dropped;
    window.end -= dropped;
    this.#next -= dropped;
  }

  /** The pass over the bytes from where it stopped up to `limit`. */
  #pass(limit: number): void {
    const window = this.#window;
    const { bytes } = window;
    const { kind, byDigitRun, byByte } = this.#anchors;
    bytes.fill(0, window.end, window.end + paddingBytes);
    this.#readHeader();
    this.#findPatterns(limit);
    let i = this.#next;
    if (window.offset + i === 0 && i < limit && isLetter(bytes[0] as number)) {
      this.#tryWords(0);
      if (mayBeCapital(bytes[0] as number)) this.#tryCapitalised(0);
    }
    for (;;) {
      // The padding after the text is not inert, so this ends.
      let k = kind[bytes[i] as number] as number;
      while (k === byteKind.inert) k = kind[bytes[++i] as number] as number;
      if (i >= limit) break;
      if (k === byteKind.digit) {
        let end = i + 1;
        while (isDigit(bytes[end] as number)) end++;
        // A run that the last window began is not a new one.
        if (i === 0 || !isDigit(bytes[i - 1] as number)) {
          const asked = byDigitRun[Math.min(end - i, longRunDigits)] as readonly number[];
          for (let n = 0; n < asked.length; n++) this.#ask(asked[n] as number, i, end);
          this.#around.lineStart = this.#lineStart;
          this.#forms.visit(window, i, end, this.#around, this.#judge);
        }
        i = end;
        continue;
      }
      if (k === byteKind.newline) {
        this.#line++;
        this.#lineStart = window.offset + i + 1;
      } else if (k === byteKind.anchor) {
        const asked = byByte[bytes[i] as number] as readonly number[];
        for (let n = 0; n < asked.length; n++) this.#ask(asked[n] as number, i, i + 1);
      } else if (k === byteKind.wide) {
        this.#tryWords(i);
        const after = afterSign(bytes, i);
        if (after > i && kind[bytes[after] as number] === byteKind.inert) this.#tryWords(after);
      }
      i++;
      if (kind[bytes[i] as number] !== byteKind.inert || k === byteKind.wide) continue;
      this.#tryWords(i);
      if (mayBeCapital(bytes[i] as number)) this.#tryCapitalised(i);
      // In a string literal a word may follow an escape such as `\n`.
      if (bytes[i - 1] !== backslash || !isEscape(bytes[i] as number)) continue;
      this.#tryWords(i + 1);
      if (mayBeCapital(bytes[i + 1] as number)) this.#tryCapitalised(i + 1);
    }
    this.#next = i;
  }

  #tryCapitalised(at: number): void {
    const { capitalised, byCapitalised } = this.#anchors;
    const after = capitalised.match(this.#window.bytes, at);
    if (after < 0) return;
    for (let n = 0; n < byCapitalised.length; n++) this.#ask(byCapitalised[n] as number, at, after);
  }

  #readHeader(): void {
    if (this.#headerRead) return;
    this.#headerRead = true;
    this.#header = ColumnHeader.read(this.#window, this.#terms);
    this.#around.header = this.#header;
  }

  #tryWords(at: number): void {
    const { bytes, end } = this.#window;
    const { terms, detectorByTerm } = this.#anchors;
    const number = terms.listOf(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
    );
    if (number === 0) return;
    let asked = -1;
    const list = terms.lists[number] as readonly Term[];
    for (let n = 0; n < list.length; n++) {
      const term = list[n] as Term;
      const detector = detectorByTerm[term.id] as number;
      if (detector === asked) continue;
      const after = matchTerm(term, bytes, at, end);
      if (after < 0) continue;
      asked = detector;
      this.#ask(detector, at, after);
    }
  }

  /** Finds the patterns that start before `limit`, with their lines counted from the pass's. */
  #findPatterns(limit: number): void {
    const patterns = this.#patterns;
    const nearby = this.#tools.nearbyPatterns;
    if (patterns === null || this.#patternScan === null || nearby === null) return;
    const window = this.#window;
    const matches = patterns.find(this.#patternScan, window, limit);
    let line = this.#line;
    let lineStart = this.#lineStart;
    let at = this.#next;
    for (const { position, match } of matches) {
      for (; at < match.start; at++) {
        if (window.bytes[at] !== 0x0a) continue;
        line++;
        lineStart = window.offset + at + 1;
      }
      this.#matchLine = line;
      this.#matchLineStart = lineStart;
      this.#consider(position, match, this.#next, nearby);
    }
  }

  #ask(position: number, start: number, end: number): void {
    const match = (this.#detectors[position] as Detector).find(this.#window, start, end);
    if (match === undefined) return;
    this.#moveLineTo(match.start, start);
    this.#consider(position, match, start, this.#nearby);
  }

  /** Sets the line of a match, which may start some lines after its anchor at `from`. */
  #moveLineTo(start: number, from: number): void {
    const { bytes, offset } = this.#window;
    this.#matchLine = this.#line;
    this.#matchLineStart = this.#lineStart;
    for (let i = from; i < start; i++) {
      if (bytes[i] !== newline) continue;
      this.#matchLine++;
      this.#matchLineStart = offset + i + 1;
    }
  }

  /** Takes a match of the digit run at `anchor`, on the line in hand. */
  readonly #judge = (position: number, match: Match, anchor: number): void => {
    this.#matchLine = this.#line;
    this.#matchLineStart = this.#lineStart;
    this.#consider(position, match, anchor, this.#nearby);
  };

  /** Weighs the context of a match that starts on the match's line; keeps it from the minimum on. */
  #consider(position: number, match: Match, anchor: number, nearby: ContextWordsNearby): void {
    const minimum = this.#minConfidence[position] as number;
    const { base, published } = match;
    const most = base + (1 - base) * (this.#terms.mostSupport[position] as number);
    const findings = this.#findings;
    if (published !== undefined) findings.counterOf(position).notePublished();
    // What the best of contexts could not lift over the minimum need not be weighed.
    if (most < minimum - slack) {
      findings.counterOf(position).reject(most);
      return;
    }
    const verdict = this.#verdict;
    verdict.reset(position);
    if (this.#terms.heedsWords[position] === 1) this.#weighContext(match, nearby);
    let confidence = verdict.confidence(base);
    if (published !== undefined && !this.#countTestValues) {
      confidence = Math.round(confidence * publishedFactor * 1_000) / 1_000;
    }
    if (confidence < minimum) {
      findings.counterOf(position).reject(confidence);
      return;
    }
    const { offset } = this.#window;
    findings.add({
      detector: position,
      start: offset + match.start,
      end: offset + match.end,
      line: this.#matchLine,
      lineStart: this.#matchLineStart,
      confidence,
      context: findings.stores(position) ? verdict.hits() : noContext,
      match,
      text: undefined,
    });
    if (findings.isDue) findings.settle(this.#window, offset + anchor);
  }

  /** Lets the words around a match speak: its column's name, and what stands near it. */
  #weighContext(match: Match, nearby: ContextWordsNearby): void {
    const window = this.#window;
    const header = this.#header;
    const rowsStart = header === undefined ? 0 : header.endOffset - window.offset;
    if (header === undefined || match.start <= rowsStart) {
      this.#verdict.weighNearby(nearby.wordsAround(window, match, 0));
      return;
    }
    this.#verdict.weighNames(header.wordsAt(window, this.#matchLineStart, match.start));
    this.#verdict.weighNearby(nearby.wordsAround(window, match, Math.max(0, rowsStart)));
  }
}

/** The letters of the escapes for line breaks and tabs. */
function isEscape(byte: number): boolean {
  return byte === 0x6e || byte === 0x72 || byte === 0x74;
}

/** The index after a sign such as a quotation mark or a wide blank; `at` when none is there. */
function afterSign(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  if (byte === 0xc2) return at + 2;
  return (byte === 0xe2 || byte === 0xe3) && bytes[at + 1] === 0x80 ? at + 3 : at;
}
