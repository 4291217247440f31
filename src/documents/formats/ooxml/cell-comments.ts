import type { ReadBudget } from '../../read-budget.ts';
import type { StoryWriter } from '../story-writer.ts';
import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';

const comments = new Set(['comment', 'threadedComment']);
const texts = new Set(['t', 'text', 'author']);

/** Comments of cells, plain (ISO/IEC 29500-1, 18.7) and threaded ([MS-XLSX] 2.1.19): a line each. */
export class CellComments implements XmlHandler {
  readonly #stories: StoryWriter;
  readonly #budget: ReadBudget;
  #cell = '';
  #text = '';
  #openTexts = 0;

  constructor(stories: StoryWriter, budget: ReadBudget) {
    this.#budget = budget;
    this.#stories = stories;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (texts.has(name)) this.#openTexts += 1;
    if (!comments.has(name)) return;
    this.#cell = attributeOf(attributes, 'ref') ?? '';
    this.#text = '';
  }

  close(name: string): void {
    if (texts.has(name)) this.#openTexts -= 1;
    if (name === 'author') {
      this.#stories.write(`${this.#text}\n`);
      this.#text = '';
    } else if (comments.has(name)) {
      const text = `${this.#text.replace(/[\r\n]+/g, ' ')}\n`;
      if (/^[A-Z]{1,3}\d{1,7}$/.test(this.#cell)) this.#stories.writeCell(text, this.#cell);
      else this.#stories.write(text);
      this.#text = '';
    }
  }

  text(text: string): void {
    if (this.#openTexts === 0) return;
    this.#text += text;
    this.#budget.checkHeld(2 * this.#text.length);
  }
}
