import { builtInFormat, NumberFormat, plainNumber, showWithNumber } from '../number-format.ts';
import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';

const mostFormats = 100_000;
/** Digits that a number as spreadsheets hold it is sure of. */
const sureDigits = 15;

/** Reads from styles.xml (ISO/IEC 29500-1, 18.8) how cells show their numbers. */
export class CellStyles implements XmlHandler {
  readonly #codes = new Map<number, string>();
  readonly #formatIds: number[] = [];
  readonly #formats = new Map<number, NumberFormat | undefined>();
  #isInCells = false;
  uses1904 = false;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'cellXfs') {
      this.#isInCells = true;
      return;
    }
    const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
    if (name === 'numFmt') this.addFormat(id, attributeOf(attributes, 'formatCode') ?? '');
    else if (name === 'xf' && this.#isInCells) this.addCellFormat(id);
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#isInCells = false;
  }

  text(): void {}

  addFormat(id: number, code: string): void {
    if (this.#codes.size < mostFormats) this.#codes.set(id, code);
  }

  /** Adds a style of cells by its format; cells name it by its index. */
  addCellFormat(id: number): void {
    if (this.#formatIds.length < mostFormats) this.#formatIds.push(id);
  }

  /** The text a cell shows for a number as it is stored. */
  show(stored: string, style: number): string {
    const text = stored.trim();
    const number = Number(text);
    if (text === '' || !Number.isFinite(number)) return stored;
    const format = this.#formatOf(style);
    if (format !== undefined) return showWithNumber(format.format(number, this.uses1904), number);
    if (/^-?\d+$/.test(text)) return text;
    // Whole numbers are exact; a fraction's last digits are not.
    if (Number.isInteger(number)) return plainNumber(number);
    return plainNumber(Number(number.toPrecision(sureDigits)));
  }

  #formatOf(style: number): NumberFormat | undefined {
    const id = this.#formatIds[style] ?? 0;
    if (this.#formats.has(id)) return this.#formats.get(id);
    const code = this.#codes.get(id) ?? builtInFormat(id);
    const format =
      code === undefined || /^general$/i.test(code) ? undefined : new NumberFormat(code);
    this.#formats.set(id, format);
    return format;
  }
}
