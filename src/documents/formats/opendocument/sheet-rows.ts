import { cellName } from '../cell-names.ts';
import { showWithNumber } from '../number-format.ts';
import type { StoryWriter } from '../story-writer.ts';
import { attributeOf, type XmlAttributes } from '../xml-walk.ts';

/** Empty cells before a cell that are written as tabs; more say nothing about its column. */
const mostGap = 256;
/** Characters that repeated cells and rows may add to a document. */
const mostRepeatedCharacters = 1_048_576;
const mostCellsHeld = 16_384;

interface Cell {
  column: number;
  text: string;
}

/** What a cell's element tells beside its text. */
export interface CellAttributes {
  repeated: number;
  value: string | undefined;
  formula: string | undefined;
}

/** How much repetition is left for a document. */
export class Repetition {
  #left = mostRepeatedCharacters;

  /** How many of `wanted` copies of a text may be written; at least one. */
  take(wanted: number, characters: number): number {
    const copies = Math.max(1, Math.min(wanted, 1 + Math.floor(this.#left / (characters + 1))));
    this.#left -= (copies - 1) * (characters + 1);
    return copies;
  }
}

export function readCellAttributes(attributes: XmlAttributes): CellAttributes {
  const type = attributeOf(attributes, 'value-type');
  const value = attributeOf(attributes, type === 'date' ? 'date-value' : 'value');
  return {
    repeated: countOf(attributes, 'number-columns-repeated'),
    value: type === undefined || type === 'string' ? undefined : value,
    formula: attributeOf(attributes, 'formula'),
  };
}

/**
 * Rows of a sheet (OpenDocument 1.3, part 3, 9.1): a row a line, its cells by name. Rows and cells
 * that are said to be repeated are, as long as the document's repetition lasts.
 */
export class SheetRows {
  readonly #stories: StoryWriter;
  readonly #repetition: Repetition;
  #row = 1;
  #rowCopies = 1;
  #column = 1;
  #cells: Cell[] = [];

  constructor(stories: StoryWriter, repetition: Repetition) {
    this.#stories = stories;
    this.#repetition = repetition;
  }

  /** The name of the cell that is added next. */
  get nextCell(): string {
    return cellName(this.#column, this.#row);
  }

  startRow(attributes: XmlAttributes): void {
    this.#rowCopies = countOf(attributes, 'number-rows-repeated');
    this.#column = 1;
    this.#cells = [];
  }

  addCell(shown: string, { repeated, value }: CellAttributes): void {
    const text = withValue(shown.replace(/[\t\r\n]+/g, ' ').trim(), value);
    if (text !== '') {
      const copies = this.#repetition.take(repeated, text.length);
      for (let n = 0; n < copies; n++) {
        this.#cells.push({ column: this.#column + n, text });
        if (this.#cells.length < mostCellsHeld) continue;
        this.#writeRow(this.#row);
        this.#cells = [];
      }
    }
    this.#column += repeated;
  }

  endRow(): void {
    if (this.#cells.length > 0) {
      const characters = this.#cells.reduce((sum, { text }) => sum + text.length + 1, 0);
      const copies = this.#repetition.take(this.#rowCopies, characters);
      for (let n = 0; n < copies; n++) this.#writeRow(this.#row + n);
    }
    this.#row += this.#rowCopies;
  }

  #writeRow(row: number): void {
    let column = 1;
    for (const cell of this.#cells) {
      const gap = cell.column - column;
      if (gap > 0) this.#stories.write('\t'.repeat(Math.min(gap, mostGap)));
      column = cell.column;
      this.#stories.writeCell(cell.text, cellName(column, row));
    }
    this.#stories.endLine();
  }
}

/** Adds the stored value where the shown one has lost digits of it, or is a date in some language. */
function withValue(shown: string, value: string | undefined): string {
  if (value === undefined || value === '' || shown.includes(value)) return shown;
  if (shown === '') return value;
  if (/^\d{4}-\d\d-\d\d/.test(value)) return `${shown} ${value}`;
  const number = Number(value);
  return Number.isFinite(number) ? showWithNumber(shown, number) : shown;
}

function countOf(attributes: XmlAttributes, name: string): number {
  const count = Number(attributeOf(attributes, name) ?? 1);
  return Number.isSafeInteger(count) && count >= 1 ? Math.min(count, 1_048_576) : 1;
}
