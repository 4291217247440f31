import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Reader, type ReadOptions, UnreadableError } from '../../reader.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { PartWriter } from '../ole/part-writer.ts';
import { readObjects } from '../ole/read-object.ts';
import { type BiffRecord, BiffRecords } from './biff-records.ts';
import { decryptWorkbook } from './decrypt-workbook.ts';
import { SheetReader } from './sheet-reader.ts';
import { WorkbookGlobals } from './workbook-globals.ts';

/** BOF records of Excel 2, 3, 4, and 5 to 2003, with the version they mean. */
const bofVersions: ReadonlyMap<number, number> = new Map([
  [0x009, 2],
  [0x209, 3],
  [0x409, 4],
  [0x809, 5],
]);
const eof = 0x0a;
const filePass = 0x2f;
/** Modules of Visual Basic, sheets, charts, macros. */
const sheetKinds = new Set([0x06, 0x10, 0x20, 0x40]);
const chartKind = 0x20;
/** Substreams inside each other; two in a sane workbook. */
const mostOpen = 16;

/** Excel 5 to 2003 ([MS-XLS]): a part a sheet, then objects in it. */
export async function readWorkbook(
  root: OleStorage,
  sink: DocumentSink,
  { budget }: ReadOptions,
): Promise<void> {
  const stream = root.findBytes('Workbook') ?? root.findBytes('Book');
  new WorkbookReader(stream ?? new Uint8Array(0), { sink, budget }).read();
  await readObjects(root, sink, (name) => /^(?:MBD|LNK)[0-9A-F]+$/i.test(name));
}

/** Excel 2 to 4, whose files are the stream alone. */
export const readWorkbookStream: Reader = async (source, sink, { budget }) => {
  new WorkbookReader(await source.readAll(), { sink, budget }).read();
};

class WorkbookReader {
  readonly #stream: Uint8Array;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  #records: BiffRecords;
  readonly #globals: WorkbookGlobals;
  /** Kinds of the substreams that are open, from the outermost in. */
  readonly #open: number[] = [];
  #sheet: SheetReader | undefined;
  /** How many substreams were open when the sheet began, it included. */
  #sheetDepth = 0;
  #sheetsRead = 0;
  #written = 0;
  #isDamaged = false;
  #isDecrypted = false;

  constructor(stream: Uint8Array, { sink, budget }: { sink: DocumentSink; budget: ReadBudget }) {
    this.#stream = stream;
    this.#sink = sink;
    this.#budget = budget;
    this.#records = new BiffRecords(stream);
    this.#globals = new WorkbookGlobals(budget);
  }

  read(): void {
    let count = 0;
    for (let record = this.#records.next(); record; record = this.#records.next()) {
      count += 1;
      if ((count & 1023) === 0) this.#budget.checkTime();
      // Zeros fill up what a writer left free.
      if (this.#open.length === 0 && !bofVersions.has(record.type)) continue;
      try {
        this.#take(record);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.#isDamaged = true;
      }
    }
    const isEmpty = count === 0 || (this.#sheetsRead === 0 && this.#globals.sheets.length === 0);
    this.#endSheet();
    const part = new PartWriter(this.#sink, { section: 'metadata' });
    const writer = this.#globals.writer.trim();
    if (writer !== '') part.writeLine(`Last user: ${writer}`);
    const isLost = this.#sheetsRead < this.#globals.sheets.length;
    const isDamaged = this.#isDamaged || this.#records.isCut || this.#globals.isDamaged;
    if (isEmpty || isLost || isDamaged || this.#open.length > 0) this.#sink.miss('corrupt');
  }

  #take(record: BiffRecord): void {
    const version = bofVersions.get(record.type);
    if (version !== undefined) this.#begin(record, version);
    else if (record.type === eof) this.#end();
    else if (record.type === filePass) this.#decrypt(record);
    else if (this.#sheet === undefined) this.#globals.take(record, this.#records);
    else {
      if (this.#globals.version < 5) this.#globals.take(record, this.#records);
      const isChart = this.#open.slice(this.#sheetDepth - 1).includes(chartKind);
      this.#sheet.read(record, this.#records, isChart);
    }
  }

  #begin(record: BiffRecord, version: number): void {
    const cursor = new ByteCursor(record.data);
    const told = cursor.uint16();
    const kind = cursor.uint16();
    const globals = this.#globals;
    if (this.#open.length === 0) globals.version = version === 5 && told === 0x600 ? 8 : version;
    if (this.#open.push(kind) > mostOpen) throw new UnreadableError('corrupt');
    if (!sheetKinds.has(kind)) return;
    // A chart within a sheet is part of it.
    if (this.#sheet !== undefined && this.#open.length > this.#sheetDepth && kind === chartKind) {
      return;
    }
    this.#endSheet();
    const number = globals.findSheetAt(record.offset) ?? this.#sheetsRead;
    this.#sheetsRead += 1;
    this.#budget.checkPages(this.#sheetsRead);
    const sheet = globals.sheets[number] ?? { name: `Sheet${number + 1}`, isHidden: false };
    this.#sheetDepth = this.#open.length;
    const take = (characters: number): void => this.#count(characters);
    this.#sheet = new SheetReader(this.#sink, { globals, sheet, take });
  }

  #decrypt({ data: filePass }: BiffRecord): void {
    const options = { filePass, budget: this.#budget };
    const decrypted = this.#isDecrypted ? undefined : decryptWorkbook(this.#stream, options);
    if (decrypted === undefined) throw new UnreadableError('encrypted');
    this.#isDecrypted = true;
    this.#records = new BiffRecords(decrypted, this.#records.at);
  }

  #end(): void {
    if (this.#sheet !== undefined && this.#open.length === this.#sheetDepth) this.#endSheet();
    this.#open.pop();
  }

  #endSheet(): void {
    this.#sheet?.finish();
    this.#sheet = undefined;
  }

  /** Many cells may share one long text. */
  #count(characters: number): void {
    this.#written += characters;
    this.#budget.checkRatio(this.#stream.length, this.#written);
  }
}
