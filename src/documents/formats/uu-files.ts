import type { ReadBudget } from '../read-budget.ts';
import { decodeUuLine } from './transfer-decoding.ts';

export interface UuFile {
  name: string;
  pieces: Uint8Array[];
}

/** A longer line is text, and is handed on in pieces. */
const mostLine = 4_096;
const start = /^begin [0-7]{3,4} ([^\r\n]{1,255})$/;

/** Takes the files out of a text that were put in by uuencode, as mail had them before MIME. */
export class UuFiles {
  readonly #budget: ReadBudget;
  readonly files: UuFile[] = [];
  #open = '';
  /** The line that began the file that is read, until one of its own came. */
  #begin = '';
  #isInFile = false;
  #held = 0;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  /** Gives what of the text is no file. */
  push(text: string): string {
    const all = this.#open + text;
    const end =
      all.length > mostLine && !all.includes('\n') ? all.length : all.lastIndexOf('\n') + 1;
    this.#open = all.slice(end);
    const whole = all.slice(0, end);
    if (!this.#isInFile && !whole.includes('begin ')) return whole;
    return whole
      .split(/(?<=\n)/)
      .map((line) => this.#takeLine(line))
      .join('');
  }

  finish(): string {
    const rest = this.#open === '' ? '' : this.#takeLine(this.#open);
    if (this.#begin === '') return rest;
    this.files.pop();
    return this.#begin + rest;
  }

  #takeLine(line: string): string {
    const content = line.replace(/\r?\n$/, '');
    if (!this.#isInFile) {
      const name = start.exec(content)?.[1];
      if (name === undefined) return line;
      this.#isInFile = true;
      this.#begin = line;
      this.files.push({ name: name.trim(), pieces: [] });
      return '';
    }
    if (isUuLine(content)) {
      this.#begin = '';
      this.#keep(decodeUuLine(Buffer.from(content, 'latin1')));
      return '';
    }
    this.#isInFile = false;
    const begin = this.#begin;
    this.#begin = '';
    if (begin !== '') this.files.pop();
    return content === 'end' && begin === '' ? '' : begin + line;
  }

  #keep(bytes: Uint8Array): void {
    this.#held += bytes.length + 64;
    this.#budget.checkHeld(this.#held);
    if (bytes.length > 0) this.files.at(-1)?.pieces.push(bytes);
  }
}

/** A length, then as many characters as it asks for; some leave out blanks at the end. */
function isUuLine(line: string): boolean {
  if (!/^[ -`]{1,90}$/.test(line)) return false;
  const size = (line.charCodeAt(0) - 0x20) & 63;
  const characters = Math.ceil(size / 3) * 4;
  if (size === 0) return line.length === 1 || line.length === 5;
  return line.length >= characters - 2 && line.length <= characters + 2;
}
