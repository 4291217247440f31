/**
 * The engine's entry: text in, findings and score out. Bytes go through a window with overlap;
 * one pass over them finds candidates (`kernel/`, by `anchor-index.ts`), only these pay for a detector, its
 * context (`context-words.ts`, `confidence.ts`) and the decision among overlaps
 * (`overlap-resolver.ts`). Reading files and other formats is not here: see `src/documents`.
 */
import type { AnchorIndex } from './anchor-index.ts';
import { ColumnCounter } from './column-counter.ts';
import { ColumnHeader } from './column-header.ts';
import type { ContextVerdict } from './confidence.ts';
import type { ContextTerms } from './context-terms.ts';
import type { ContextWordsNearby } from './context-words.ts';
import {
  type Detector,
  type Match,
  maxPassBytes,
  maxWindowBytes,
  type TextWindow,
  windowAheadBytes,
  windowBehindBytes,
} from './detector.ts';
import { detectors as allDetectors } from './detector-list.ts';
import type { DetectorPatterns } from './detector-patterns.ts';
import { FindingCollector } from './finding-collector.ts';
import type { FormCandidates, Surroundings } from './form-candidates.ts';
import { eventKind, eventSize, type Kernel } from './kernel/kernel.ts';
import { PatternScan } from './patterns/pattern-set.ts';
import { planScan, type ScanPlan, type ScanTools } from './scan-plan.ts';
import type { ContextHit, Place, Policy, ScanReport } from './types.ts';

/** A scan under way: push the text in pieces of any size, then finish once. */
export interface Scan {
  /** Takes the next bytes of the text (UTF-8); they are copied, the caller may reuse the array. */
  push(bytes: Uint8Array): void;
  /**
   * Ends a part of the text: it is no context of what follows, and places count from there as from
   * the start of a text. Findings of the part are mapped to their places before it returns.
   */
  startPart(): void;
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
  /** How much text one pass takes, `maxPassBytes` at most and by default. */
  windowBytes?: number;
}

const newline = 0x0a;
/** What is left of the confidence of a published test value. */
const publishedFactor = 0.2;
const noContext: ContextHit[] = [];
/** Confidences are rounded to three decimals. */
const slack = 0.001;

/** How many bytes of text a scan holds at most before it places what it found in them. */
export const maxPlaceDelayBytes = maxWindowBytes;

/** Starts a scan. Memory is constant, time linear in the text, whatever the text is. */
export function createScan(options: ScanOptions): Scan {
  return new TextScan(options);
}

class TextScan implements Scan {
  readonly #plan: ScanPlan;
  readonly #tools: ScanTools;
  readonly #detectors: readonly Detector[];
  readonly #anchors: AnchorIndex;
  readonly #kernel: Kernel;
  readonly #minConfidence: Float64Array;
  readonly #countTestValues: boolean;
  readonly #nearby: ContextWordsNearby;
  readonly #verdict: ContextVerdict;
  readonly #terms: ContextTerms;
  readonly #patterns: DetectorPatterns | null;
  #patternScan: PatternScan | null = null;
  readonly #forms: FormCandidates;
  readonly #findings: FindingCollector;
  readonly #columns = new ColumnCounter();
  readonly #capacity: number;
  /** Of this scan alone: detectors keep what they last read by its window. */
  #window: { -readonly [K in keyof TextWindow]: TextWindow[K] };
  readonly #around: Surroundings = { header: undefined, lineStart: 0 };
  #header: ColumnHeader | undefined;
  #headerRead = false;
  /** Index of the next byte of the pass. */
  #next = 0;
  #line = 1;
  #lineStart = 0;
  /** Of the parts that have ended. */
  #linesBefore = 0;
  #bytesBefore = 0;
  /** Of the match in hand. */
  #matchLine = 1;
  #matchLineStart = 0;
  #finished = false;

  constructor(options: ScanOptions) {
    const { policy, windowBytes = maxPassBytes } = options;
    const plan = planScan(options.detectors ?? allDetectors, policy);
    const { compiled } = plan;
    const tools = plan.takeTools();
    this.#plan = plan;
    this.#tools = tools;
    this.#detectors = compiled.detectors;
    this.#anchors = compiled.anchors;
    this.#terms = compiled.context;
    this.#kernel = tools.kernel;
    this.#nearby = tools.nearby;
    this.#verdict = tools.verdict;
    this.#patterns = compiled.patterns;
    this.#countTestValues = policy.countTestValues;
    this.#minConfidence = plan.minConfidence;
    this.#forms = tools.forms;
    this.#findings = new FindingCollector(plan, this.#columns, options);
    this.#capacity = windowBehindBytes + Math.min(windowBytes, maxPassBytes) + windowAheadBytes;
    this.#window = this.#openWindow();
  }

  #openWindow(): TextWindow {
    const { patterns } = this.#plan.compiled;
    this.#patternScan = patterns && new PatternScan(patterns.set);
    return { bytes: this.#kernel.text, start: 0, end: 0, offset: 0, endsText: false };
  }

  push(bytes: Uint8Array): void {
    if (this.#finished) throw new Error('a finished scan takes no more text: create a new one');
    const window = this.#window;
    let taken = 0;
    while (taken < bytes.length) {
      const size = Math.min(bytes.length - taken, this.#capacity - window.end);
      window.bytes.set(bytes.subarray(taken, taken + size), window.end);
      window.end += size;
      taken += size;
      if (window.end === this.#capacity) this.#advance();
    }
  }

  finish(): ScanReport {
    if (this.#finished) throw new Error('a scan finishes once: create a new one');
    this.#finished = true;
    this.#endPart();
    this.#plan.returnTools(this.#tools);
    return this.#findings.report(this.#bytesBefore, this.#linesBefore);
  }

  startPart(): void {
    // Of a document without text before its first part there is nothing to end.
    if (this.#window.end === 0) return;
    this.#endPart();
    this.#plan.clearTools(this.#tools);
    this.#findings.startPart();
    this.#columns.clear();
    this.#window = this.#openWindow();
    this.#next = 0;
    this.#line = 1;
    this.#lineStart = 0;
    this.#headerRead = false;
  }

  /** Scans what is left of the part. */
  #endPart(): void {
    const window = this.#window;
    window.endsText = true;
    this.#pass(window.end);
    this.#findings.settle(window, Number.POSITIVE_INFINITY);
    const bytes = window.offset + window.end;
    this.#bytesBefore += bytes;
    this.#linesBefore += this.#line - (bytes === this.#lineStart ? 1 : 0);
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
    const kernel = this.#kernel;
    kernel.setTextEnd(this.#window.end);
    this.#readHeader();
    this.#findPatterns(limit);
    while (this.#next < limit) {
      const next = kernel.findCandidates(this.#next, limit);
      this.#nearby.passed(this.#window, this.#next, next);
      this.#ask(kernel.events, kernel.eventCount);
      this.#next = next;
    }
  }

  /** Asks about the candidates in `events`, in the order of the text. */
  #ask(events: Int32Array, count: number): void {
    const window = this.#window;
    const { byCapitalised, signs } = this.#anchors;
    for (let n = 0; n < count; n++) {
      const at = n * eventSize;
      const start = events[at + 1] as number;
      const end = events[at + 2] as number;
      const detail = events[at + 3] as number;
      switch (events[at]) {
        case eventKind.line:
          this.#line += detail;
          this.#lineStart = window.offset + start;
          break;
        case eventKind.term:
          this.#askOne(detail, start, end);
          break;
        case eventKind.capitalised:
          for (const position of byCapitalised) this.#askOne(position, start, end);
          break;
        case eventKind.sign: {
          const asked = signs.byByte[
            window.bytes[start] as number
          ] as readonly (readonly number[])[];
          for (let bits = detail; bits !== 0; bits &= bits - 1) {
            for (const position of asked[31 - Math.clz32(bits & -bits)] ?? []) {
              this.#askOne(position, start, end);
            }
          }
          break;
        }
        case eventKind.run:
          this.#around.lineStart = this.#lineStart;
          this.#forms.visit(
            window,
            { events, first: n + 1, count: detail },
            this.#around,
            this.#judge,
          );
          n += detail;
          break;
      }
    }
  }

  #readHeader(): void {
    if (this.#headerRead) return;
    this.#headerRead = true;
    this.#header = ColumnHeader.read(this.#window, this.#terms);
    this.#around.header = this.#header;
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

  #askOne(position: number, start: number, end: number): void {
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
