import { detectMediaType } from '../../detect-media-type.ts';
import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Location } from '../../reader.ts';

export interface TableOptions {
  location: Location;
  columns: readonly string[];
  budget: ReadBudget;
}

/** A document in a cell, until the rows before it are written. */
interface HeldDocument {
  name: string;
  bytes: Uint8Array;
}

/** Fewer bytes than this are no document. */
const leastDocumentBytes = 16;
/** Digests, keys and other numbers are not longer, and nothing to read. */
const mostNumberBytes = 64;
const mostHeldBytes = 8_388_608;
/** What is told by its bytes alone is no document of a known format. */
const unknownTypes: readonly string[] = ['application/octet-stream', 'text/plain'];

/**
 * Writes a table as a part: the names of its columns, then its rows, cells divided by tabs. Bytes
 * are text where they are UTF-8; of a known format they are read as a document inside, after which
 * a new part goes on with the rows.
 */
export class TableWriter {
  readonly #sink: DocumentSink;
  readonly #options: TableOptions;
  #documents: HeldDocument[] = [];
  #heldBytes = 0;
  #row = 0;
  #isOpen = false;
  /** Whether there were bytes that are neither text nor a document, and no mere number. */
  hasBinary = false;
  /** Characters written so far, names of columns included. */
  characters = 0;

  constructor(sink: DocumentSink, options: TableOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  async writeRow(values: readonly unknown[]): Promise<void> {
    this.#options.budget.checkTime();
    this.#open();
    this.#row += 1;
    this.#writeLine(values.map((value, index) => this.#textOf(value, index)));
    if (this.#heldBytes > mostHeldBytes) await this.#readDocuments();
  }

  async finish(): Promise<void> {
    this.#open();
    await this.#readDocuments();
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#sink.startPart(this.#options.location);
    this.#writeLine(this.#options.columns);
  }

  #writeLine(cells: readonly string[]): void {
    const line = `${cells.join('\t')}\n`;
    this.characters += line.length;
    this.#sink.write(line);
  }

  async #readDocuments(): Promise<void> {
    const documents = this.#documents;
    this.#documents = [];
    this.#heldBytes = 0;
    if (documents.length > 0) this.#isOpen = false;
    for (const { name, bytes } of documents) await this.#sink.readInner(name, bytes);
  }

  /** A value as a person would read it; of nested ones JSON. */
  #textOf(value: unknown, column: number): string {
    if (value === null || value === undefined) return '';
    if (typeof value === 'string') return value;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
    if (typeof value !== 'object') return String(value);
    if (value instanceof Uint8Array) return this.#bytesText(value, column);
    return JSON.stringify(value, (_key, inner) => this.#jsonValue(inner)) ?? '';
  }

  /** What JSON has no values for; documents are read only where they are a cell. */
  #jsonValue(value: unknown): unknown {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? this.#plainText(value) : value;
  }

  #bytesText(value: Uint8Array, column: number): string {
    if (value.length >= leastDocumentBytes && !unknownTypes.includes(detectMediaType(value))) {
      const name = this.#options.columns[column] ?? String(column + 1);
      this.#documents.push({ name: `${name} ${this.#row}`, bytes: value });
      this.#heldBytes += value.length;
      return '';
    }
    return this.#plainText(value);
  }

  #plainText(bytes: Uint8Array): string {
    const text = bytesText(bytes);
    if (text === undefined && bytes.length > mostNumberBytes) this.hasBinary = true;
    return text ?? '';
  }
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true });

/** Undefined for bytes that are no text. */
function bytesText(bytes: Uint8Array): string | undefined {
  try {
    const text = strictDecoder.decode(bytes);
    return bytes.some(isControl) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Bytes that text has none of; white space and escape sequences are text. */
function isControl(byte: number): boolean {
  return byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b;
}
