import { type AnchorIndex, compileAnchors } from '../../anchor-index.ts';
import { isLetterOrDigit } from '../../byte-classes.ts';
import type { Detector, Match, TextWindow } from '../../detector.ts';
import { matchTerm } from '../../term-index.ts';

const minBase = 0.5;

/** A credential inside a decoded value. */
export interface InnerFinding {
  detector: Detector;
  match: Match;
}

/**
 * Looks for the first credential in a text by itself, without the words around it. Only the word
 * and byte anchors of the detectors are tried. The index is compiled once, when it is needed.
 */
export class InnerSearch {
  readonly #list: () => readonly Detector[];
  #compiled: { detectors: readonly Detector[]; anchors: AnchorIndex } | undefined;

  constructor(list: () => readonly Detector[]) {
    this.#list = list;
  }

  find(bytes: Uint8Array): InnerFinding | undefined {
    const window: TextWindow = { bytes, start: 0, end: bytes.length, offset: 0, endsText: true };
    let previous = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      const startsWord = isLetterOrDigit(byte) && !isLetterOrDigit(previous);
      const found = startsWord ? this.#tryWords(window, i) : this.#tryByte(window, i, byte);
      if (found !== undefined) return found;
      previous = byte;
    }
    return undefined;
  }

  #compile(): { detectors: readonly Detector[]; anchors: AnchorIndex } {
    const detectors = this.#list();
    this.#compiled = { detectors, anchors: compileAnchors(detectors) };
    return this.#compiled;
  }

  #tryByte(window: TextWindow, at: number, byte: number): InnerFinding | undefined {
    const { anchors } = this.#compiled ?? this.#compile();
    for (const position of anchors.signs.byByte[byte]?.flat() ?? []) {
      const found = this.#ask(position, window, { start: at, end: at + 1 });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #tryWords(window: TextWindow, at: number): InnerFinding | undefined {
    const { anchors } = this.#compiled ?? this.#compile();
    const { bytes } = window;
    const { terms, detectorByTerm } = anchors;
    const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
    for (const term of terms.lists[terms.listOf(first, second, third, fourth)] ?? []) {
      const end = matchTerm(term, bytes, at, window.end);
      const found =
        end < 0 ? undefined : this.#ask(detectorByTerm[term.id] ?? -1, window, { start: at, end });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #ask(
    position: number,
    window: TextWindow,
    anchor: { start: number; end: number },
  ): InnerFinding | undefined {
    const detector = this.#compiled?.detectors[position];
    const match = detector?.find(window, anchor.start, anchor.end);
    if (detector === undefined || match === undefined) return undefined;
    return match.base >= minBase && match.published === undefined ? { detector, match } : undefined;
  }
}
