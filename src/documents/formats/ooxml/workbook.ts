import type { ReadBudget } from '../../read-budget.ts';
import {
  attributeOf,
  prefixedAttributeOf,
  type XmlAttributes,
  type XmlHandler,
} from '../xml-walk.ts';

const mostNames = 100_000;

export interface SheetEntry {
  name: string;
  relationship: string;
  isHidden: boolean;
}

/** Reads workbook.xml (ISO/IEC 29500-1, 18.2): sheets in order, and names with what they stand for. */
export class Workbook implements XmlHandler {
  readonly #budget: ReadBudget;
  readonly sheets: SheetEntry[] = [];
  readonly names: string[] = [];
  uses1904 = false;
  #name: string | undefined;
  #definition = '';

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'sheet') {
      const state = attributeOf(attributes, 'state');
      this.addSheet({
        name: attributeOf(attributes, 'name') ?? '',
        relationship: prefixedAttributeOf(attributes, 'id') ?? '',
        isHidden: state === 'hidden' || state === 'veryHidden',
      });
    } else if (name === 'workbookPr') {
      const date1904 = attributeOf(attributes, 'date1904');
      this.uses1904 = date1904 === '1' || date1904 === 'true';
    } else if (name === 'definedName' && this.names.length < mostNames) {
      this.#name = attributeOf(attributes, 'name') ?? '';
      this.#definition = '';
    }
  }

  addSheet(sheet: SheetEntry): void {
    this.sheets.push(sheet);
    this.#budget.checkPages(this.sheets.length);
  }

  close(name: string): void {
    if (name !== 'definedName' || this.#name === undefined) return;
    this.names.push(`${this.#name}: ${this.#definition}`);
    this.#name = undefined;
  }

  text(text: string): void {
    if (this.#name !== undefined) this.#definition += text;
  }
}
