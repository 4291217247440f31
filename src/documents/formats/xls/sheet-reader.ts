import type { DocumentSink, Location } from '../../reader.ts';
import { cellName } from '../cell-names.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import { PartWriter } from '../ole/part-writer.ts';
import type { BiffRecord, BiffRecords } from './biff-records.ts';
import { ContinuedStrings, readString } from './biff-strings.ts';
import { headerText } from './header-footer.ts';
import { readHyperlink } from './hyperlink.ts';
import { SheetCells } from './sheet-cells.ts';
import type { SheetInformation, WorkbookGlobals } from './workbook-globals.ts';

/** Type of the object that is a comment's box ([MS-XLS] 2.5.143). */
const noteObject = 0x19;

interface Note {
  cell: string;
  author: string;
  /** Of the object that has the text; undefined when the text is known. */
  object: number | undefined;
  text: string;
}

export interface SheetReaderOptions {
  globals: WorkbookGlobals;
  sheet: SheetInformation;
  /** Called with the number of characters before each is written. */
  take: (characters: number) => void;
}

/**
 * Reads a sheet: its cells as they come, row by row, then what lies over them – text boxes, titles
 * of charts, targets of links, comments – and its headers and footers.
 */
export class SheetReader {
  readonly #sink: DocumentSink;
  readonly #globals: WorkbookGlobals;
  readonly #take: (characters: number) => void;
  readonly #location: Location;
  readonly #sheetName: string;
  readonly #part: PartWriter;
  readonly #cells: SheetCells;
  #row = -1;
  #drawn: string[] = [];
  #links: { cell: string; target: string }[] = [];
  #notes: Note[] = [];
  #noteTexts = new Map<number, string>();
  #headers: string[] = [];
  #footers: string[] = [];
  #object = { id: 0, type: 0 };

  constructor(sink: DocumentSink, { globals, sheet, take }: SheetReaderOptions) {
    this.#sink = sink;
    this.#globals = globals;
    this.#take = take;
    this.#sheetName = sheet.name;
    this.#location = { sheet: sheet.name, ...(sheet.isHidden && { section: 'hidden' }) };
    this.#part = new PartWriter(sink, this.#location);
    this.#cells = new SheetCells(globals);
    this.#part.writeLine(sheet.name);
  }

  /** Takes a record of the sheet, or of a chart in it. */
  read(record: BiffRecord, records: BiffRecords, isChart: boolean): void {
    const { type, data } = record;
    switch (type) {
      case 0x14:
        this.#headers.push(this.#pageText(data));
        break;
      case 0x15:
        this.#footers.push(this.#pageText(data));
        break;
      case 0x89c:
        this.#readOtherPages(data);
        break;
      case 0x1c:
        this.#readNote(data);
        break;
      case 0x5d:
        this.#readObject(data);
        break;
      case 0x1b6:
        this.#readObjectText(data, records.takeContinued());
        break;
      case 0x1b8:
        this.#readLink(data);
        break;
      case 0x1be:
        this.#readPrompts(data);
        break;
      case 0x100d:
        this.#drawn.push(this.#globals.readText(new ByteCursor(data, 2), 1));
        break;
      default:
        this.#readCells(record, records, isChart);
    }
  }

  finish(): void {
    if (this.#row >= 0) this.#part.write('\n');
    // Places in the sheet that are no cell's would else be the last cell's.
    const drawn = new PartWriter(this.#sink, this.#location);
    for (const text of this.#drawn) this.#writeLine(drawn, text);
    for (const { cell, target } of this.#links) this.#writeLine(drawn, target, cell);
    const comments = this.#section('comment');
    for (const { cell, author, object, text } of this.#notes) {
      const said = object === undefined ? text : (this.#noteTexts.get(object) ?? '');
      if (object !== undefined) this.#noteTexts.delete(object);
      const lead = author === '' || said.startsWith(author) ? '' : `${author}: `;
      this.#writeLine(comments, lead + said, cell);
    }
    for (const text of this.#noteTexts.values()) this.#writeLine(comments, text);
    const headers = this.#section('header');
    for (const text of this.#headers) this.#writeLine(headers, text);
    const footers = this.#section('footer');
    for (const text of this.#footers) this.#writeLine(footers, text);
  }

  #section(section: 'comment' | 'header' | 'footer'): PartWriter {
    return new PartWriter(this.#sink, { sheet: this.#sheetName, section });
  }

  #writeLine(part: PartWriter, text: string, cell?: string): void {
    this.#take(text.length);
    part.writeLine(text, cell);
  }

  #readCells(record: BiffRecord, records: BiffRecords, isChart: boolean): void {
    for (const { row, column, text } of this.#cells.read(record, records)) {
      if (text === '') continue;
      // A chart keeps the values it shows once more; only its labels say something.
      if (isChart && record.type !== 0x204) continue;
      this.#take(text.length);
      if (isChart) {
        this.#drawn.push(text);
        continue;
      }
      if (row !== this.#row && this.#row >= 0) this.#part.write('\n');
      else if (row === this.#row) this.#part.write('\t');
      this.#row = row;
      this.#part.write(text, cellName(column + 1, row + 1));
    }
  }

  #pageText(data: Uint8Array): string {
    return headerText(
      this.#globals.readText(new ByteCursor(data), this.#globals.isUnicode ? 2 : 1),
    );
  }

  /** Headers and footers of even and first pages ([MS-XLS] 2.4.137). */
  #readOtherPages(data: Uint8Array): void {
    const cursor = new ByteCursor(data, 30);
    const lengths = [cursor.uint16(), cursor.uint16(), cursor.uint16(), cursor.uint16()];
    for (const [n, length] of lengths.entries()) {
      if (length === 0) continue;
      const text = readString(cursor, { isUnicode: true, codePage: 1252, lengthBytes: 2 });
      (n % 2 === 0 ? this.#headers : this.#footers).push(headerText(text));
    }
  }

  #readNote(data: Uint8Array): void {
    const cursor = new ByteCursor(data);
    const row = cursor.uint16();
    const column = cursor.uint16();
    if (this.#globals.isUnicode) {
      cursor.at += 2;
      const object = cursor.uint16();
      const author = this.#globals.readText(cursor, 2);
      this.#notes.push({ cell: cellName(column + 1, row + 1), author, object, text: '' });
      return;
    }
    const text = this.#globals.readText(cursor, 2);
    const last = this.#notes.at(-1);
    // What is too long for a record goes on in others, of no row.
    if (row === 0xffff && last !== undefined) last.text += text;
    else
      this.#notes.push({
        cell: cellName(column + 1, row + 1),
        author: '',
        object: undefined,
        text,
      });
  }

  #readObject(data: Uint8Array): void {
    if (!this.#globals.isUnicode) return;
    const cursor = new ByteCursor(data, 4);
    const type = cursor.uint16();
    this.#object = { type, id: cursor.uint16() };
  }

  #readObjectText(data: Uint8Array, continued: readonly Uint8Array[]): void {
    const units = new ByteCursor(data, 10).uint16();
    if (units === 0) return;
    const text = new ContinuedStrings(continued).flaggedCharacters(units);
    const { id, type } = this.#object;
    if (type === noteObject && !this.#noteTexts.has(id)) this.#noteTexts.set(id, text);
    else this.#drawn.push(text);
  }

  /** What a cell tells those who fill it in ([MS-XLS] 2.4.98): titles first, `\0` for none. */
  #readPrompts(data: Uint8Array): void {
    const cursor = new ByteCursor(data, 4);
    for (let n = 0; n < 4; n++) {
      const text = readString(cursor, { isUnicode: true, codePage: 1252, lengthBytes: 2 });
      if (text !== '\0') this.#drawn.push(text);
    }
  }

  #readLink(data: Uint8Array): void {
    const { row, column, target } = readHyperlink(data);
    if (target !== '') this.#links.push({ cell: cellName(column + 1, row + 1), target });
  }
}
