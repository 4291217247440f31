import type { ReadBudget } from '../../read-budget.ts';
import type { XmlHandler } from '../xml-walk.ts';

/** What a string takes in memory beside its characters. */
const stringOverheadBytes = 32;

/** Gathers the text of one string item (ISO/IEC 29500-1, 18.4.8): runs, then how it is read out. */
export class StringItem {
  readonly #budget: ReadBudget;
  #text = '';
  #phonetic = '';
  #isTextOpen = false;
  #isPhonetic = false;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  open(name: string): void {
    if (name === 't') this.#isTextOpen = true;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#isTextOpen = false;
    else if (name === 'rPh') this.#isPhonetic = false;
  }

  add(text: string): void {
    if (!this.#isTextOpen) return;
    if (this.#isPhonetic) this.#phonetic += text;
    else this.#text += text;
    this.#budget.checkHeld(2 * (this.#text.length + this.#phonetic.length));
  }

  take(): string {
    const whole = this.#phonetic === '' ? this.#text : `${this.#text} ${this.#phonetic}`;
    this.#text = '';
    this.#phonetic = '';
    return decodeEscapes(whole);
  }
}

/** Reads sharedStrings.xml (ISO/IEC 29500-1, 18.4) and remembers which strings cells show. */
export class SharedStrings implements XmlHandler {
  readonly #budget: ReadBudget;
  readonly #strings: string[] = [];
  readonly #item: StringItem;
  #used = new Uint8Array(0);
  #heldBytes = 0;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
    this.#item = new StringItem(budget);
  }

  open(name: string): void {
    this.#item.open(name);
  }

  close(name: string): void {
    this.#item.close(name);
    if (name !== 'si') return;
    this.add(this.#item.take());
  }

  add(text: string): void {
    this.#heldBytes += 2 * text.length + stringOverheadBytes;
    this.#budget.checkHeld(this.#heldBytes);
    this.#strings.push(text);
  }

  text(text: string): void {
    this.#item.add(text);
  }

  /** The string a cell names; undefined when there is none. */
  find(index: number): string | undefined {
    if (this.#used.length < this.#strings.length) {
      this.#used = new Uint8Array(this.#strings.length);
    }
    if (index >= 0 && index < this.#used.length) this.#used[index] = 1;
    return this.#strings[index];
  }

  /** Strings that no cell shows: of what was deleted. */
  *unused(): Iterable<string> {
    for (const [index, text] of this.#strings.entries()) {
      if (this.#used[index] !== 1 && text !== '') yield text;
    }
  }
}

/** Control characters are written as `_x000D_` (ST_Xstring, ISO/IEC 29500-1, 22.9.2.19). */
function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
