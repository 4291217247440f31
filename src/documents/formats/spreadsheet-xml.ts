import type { ReadBudget } from '../read-budget.ts';
import type { DocumentSink } from '../reader.ts';
import { OfficeAsides, type OfficeXml } from './office-asides.ts';

const mostColumns = 16_384;
/** A longer text of a cell comes in pieces. */
const mostCellCharacters = 262_144;
const properties = new Set(['DocumentProperties', 'CustomDocumentProperties']);

/** XML Spreadsheet 2003: a part a sheet, cells by their names, comments with their cells. */
export class SpreadsheetXml implements OfficeXml {
  readonly asides: OfficeAsides;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  #sheet = '';
  #sheets = 0;
  #row = 0;
  #column = 0;
  #isRowStarted = false;
  #isCell = false;
  #cellText = '';
  #isProperties = false;
  #element = '';

  constructor(sink: DocumentSink, budget: ReadBudget) {
    this.#sink = sink;
    this.asides = new OfficeAsides(budget);
    this.#budget = budget;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#element = name;
    if (name === 'Worksheet') this.#startSheet(attributes.get('Name') ?? '');
    else if (name === 'Row') this.#startRow(attributes.get('Index'));
    else if (name === 'Cell') this.#startCell(attributes);
    else if (properties.has(name)) this.#isProperties = true;
    else if (name === 'Header' || name === 'Footer') {
      this.#hold(attributes.get('Data'), name.toLowerCase());
    }
  }

  text(text: string): void {
    if (this.#isCell) this.#addCellText(text);
    else if (this.#isProperties && text.trim() !== '') {
      this.asides.addLine('metadata', `${this.#element}: ${text.trim()}`);
    }
  }

  close(name: string): void {
    if (name === 'Cell') this.#endCell();
    else if (name === 'Row' && this.#isRowStarted) this.#sink.write('\n');
    else if (name === 'Data' || name === 'Comment') this.#cellText += ' ';
    else if (properties.has(name)) this.#isProperties = false;
  }

  finish(): void {
    this.#endCell();
  }

  #startSheet(name: string): void {
    this.#sheets += 1;
    this.#budget.checkPages(this.#sheets);
    this.#sheet = name;
    this.#sink.startPart({ sheet: name });
    this.#row = 0;
    this.#isRowStarted = false;
  }

  #startRow(index: string | undefined): void {
    this.#row = readIndex(index) ?? this.#row + 1;
    this.#column = 0;
    this.#isRowStarted = false;
  }

  #startCell(attributes: ReadonlyMap<string, string>): void {
    this.#column = readIndex(attributes.get('Index')) ?? this.#column + 1;
    this.#isCell = true;
    this.#cellText = '';
    this.#hold(attributes.get('HRef'), 'link');
  }

  #endCell(): void {
    const text = this.#cellText.replace(/\s+/g, ' ').trim();
    this.#isCell = false;
    this.#cellText = '';
    if (text === '' || this.#sheets === 0) return;
    if (this.#isRowStarted) this.#sink.write('\t');
    this.#isRowStarted = true;
    this.#sink.write(text, `${columnName(Math.min(this.#column, mostColumns))}${this.#row}`);
  }

  #addCellText(text: string): void {
    this.#cellText += text;
    if (this.#cellText.length < mostCellCharacters) return;
    this.#endCell();
    this.#isCell = true;
  }

  #hold(value: string | undefined, label: string): void {
    if (value === undefined || value === '') return;
    const sheet = this.#sheet === '' ? '' : `${this.#sheet} `;
    this.asides.addLine('annotation', `${sheet}${label}: ${value}`);
  }
}

function readIndex(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}

/** `A` for 1, `AA` for 27. */
function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}
