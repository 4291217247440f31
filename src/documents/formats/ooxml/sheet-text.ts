import type { ReadBudget } from '../../read-budget.ts';
import { columnOf } from '../cell-names.ts';
import type { StoryWriter } from '../story-writer.ts';
import type { XmlAttributes, XmlHandler } from '../xml-walk.ts';
import { CellLines } from './cell-lines.ts';
import type { CellStyles } from './cell-styles.ts';
import { type SharedStrings, StringItem } from './shared-strings.ts';

const marginals: Readonly<Record<string, 'header' | 'footer'>> = {
  oddHeader: 'header',
  evenHeader: 'header',
  firstHeader: 'header',
  oddFooter: 'footer',
  evenFooter: 'footer',
  firstFooter: 'footer',
};
const formulas = new Set(['formula', 'formula1', 'formula2']);
const prompts = ['promptTitle', 'prompt', 'errorTitle', 'error'] as const;

export interface SheetOptions {
  strings: SharedStrings;
  styles: CellStyles;
  budget: ReadBudget;
}

/**
 * Cells of a worksheet (ISO/IEC 29500-1, 18.3), a row a line, as they are shown; then its headers
 * and footers, rules for what may be entered, and formulas with text in them.
 */
export class SheetText implements XmlHandler {
  readonly #stories: StoryWriter;
  readonly #options: SheetOptions;
  readonly #item: StringItem;
  readonly #lines: CellLines;
  /** The column of the last cell, from 1. */
  #column = 0;
  #type = '';
  #style = 0;
  #value = '';
  #formula = '';
  #gathered: string | undefined;
  #isInCell = false;

  constructor(stories: StoryWriter, options: SheetOptions) {
    this.#stories = stories;
    this.#options = options;
    this.#lines = new CellLines(stories);
    this.#item = new StringItem(options.budget);
  }

  open(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 'row':
        this.#startRow(attributes['r']);
        return;
      case 'c':
        this.#startCell(attributes);
        return;
      case 'v':
      case 'f':
        this.#gathered = '';
        return;
      case 'dataValidation':
        for (const prompt of prompts) this.#writeLine(attributes[prompt], 'form');
        return;
      case 'hyperlink':
        this.#writeLine(attributes['tooltip'], 'hidden');
        this.#writeLine(attributes['location'], 'hidden');
        return;
      default:
        if (this.#isInCell) this.#item.open(name);
        else if (Object.hasOwn(marginals, name) || formulas.has(name)) this.#gathered = '';
    }
  }

  close(name: string): void {
    const gathered = this.#gathered;
    switch (name) {
      case 'row':
        this.#stories.endLine();
        return;
      case 'c':
        this.#endCell();
        return;
      case 'v':
        this.#value = gathered ?? '';
        this.#gathered = undefined;
        return;
      case 'f':
        this.#formula = gathered ?? '';
        this.#gathered = undefined;
        return;
      default:
        if (this.#isInCell) this.#item.close(name);
        else if (gathered !== undefined) this.#endGathered(name, gathered);
    }
  }

  text(text: string): void {
    if (this.#gathered !== undefined) this.#gathered += text;
    else if (this.#isInCell) this.#item.add(text);
  }

  #startRow(name: string | undefined): void {
    const row = Number(name);
    this.#lines.startRow(Number.isSafeInteger(row) && row > 0 ? row : undefined);
    this.#column = 0;
  }

  #startCell(attributes: XmlAttributes): void {
    this.#isInCell = true;
    this.#type = attributes['t'] ?? 'n';
    this.#style = Number(attributes['s'] ?? 0);
    this.#value = '';
    this.#formula = '';
    this.#column = columnOf(attributes['r'] ?? '') ?? this.#column + 1;
  }

  #endCell(): void {
    this.#isInCell = false;
    const inline = this.#item.take();
    const text = inline === '' ? this.#shown() : inline;
    // Text in a formula may be anything: a password, a connection.
    if (this.#formula.includes('"')) this.#writeLine(this.#formula, 'hidden');
    this.#lines.write(this.#column, text);
  }

  #shown(): string {
    const { strings, styles } = this.#options;
    switch (this.#type) {
      case 's':
        return strings.find(Number(this.#value)) ?? '';
      case 'b':
        return this.#value.trim() === '1' ? 'TRUE' : 'FALSE';
      case 'n':
        return styles.show(this.#value, this.#style);
      default:
        return this.#value;
    }
  }

  #endGathered(name: string, text: string): void {
    this.#gathered = undefined;
    const section = Object.hasOwn(marginals, name) ? marginals[name] : undefined;
    if (section !== undefined) this.#writeLine(marginalText(text), section);
    else if (text.includes('"')) this.#writeLine(text, 'form');
  }

  #writeLine(text: string | undefined, section: 'header' | 'footer' | 'form' | 'hidden'): void {
    if (text) this.#stories.write(`${text}\n`, section);
  }
}

/** Text of a header or footer without its codes (ISO/IEC 29500-1, 18.3.1.46): `&L`, `&"Arial"`. */
export function marginalText(text: string): string {
  return text
    .replace(/&(?:&|"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d+|.)/gis, (code) => {
      if (code === '&&') return '&';
      return /^&[LCR]$/i.test(code) ? '\n' : '';
    })
    .trim();
}
