import { isContinuation } from './byte-classes.ts';
import type { TextWindow } from './detector.ts';

const newline = 0x0a;

/**
 * Counts columns in UTF-16 code units. It remembers how far it counted in a line, so all findings
 * of a line together cost one reading of it, also when the line is longer than the window.
 */
export class ColumnCounter {
  #lineStart = 0;
  #countedTo = 0;
  #units = 0;

  /** Forgets the text, for another one. */
  clear(): void {
    this.#lineStart = 0;
    this.#countedTo = 0;
    this.#units = 0;
  }

  /** Gives the 1-based column of `position` (byte of the text) in the line at `lineStart`. */
  columnAt(window: TextWindow, lineStart: number, position: number): number {
    if (lineStart !== this.#lineStart || position < this.#countedTo) {
      this.#lineStart = lineStart;
      this.#countedTo = lineStart;
      this.#units = 0;
    }
    this.#countTo(window, position);
    return this.#units + 1;
  }

  /**
   * Counts up to `position` before the window lets go of the bytes before it: findings may still
   * come in the line that goes on there, also when the pass is lines ahead.
   */
  keepUpTo(window: TextWindow, position: number): void {
    const { bytes, offset } = window;
    // Findings come in order, so no line before the one in hand is asked for again.
    if (position === offset || this.#lineStart > position) return;
    const newlineAt = bytes.lastIndexOf(newline, position - offset - 1);
    const lineStart = newlineAt < 0 ? this.#lineStart : offset + newlineAt + 1;
    const isCounted = lineStart === this.#lineStart && this.#countedTo >= position;
    if (!isCounted) this.columnAt(window, lineStart, position);
  }

  #countTo(window: TextWindow, position: number): void {
    const { bytes, offset } = window;
    const to = position - offset;
    let units = 0;
    for (let i = this.#countedTo - offset; i < to; i++) {
      const byte = bytes[i] as number;
      if (!isContinuation(byte)) units += byte >= 0xf0 ? 2 : 1;
    }
    this.#units += units;
    this.#countedTo = Math.max(position, this.#countedTo);
  }
}
