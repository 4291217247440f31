import type { ReadBudget } from '../read-budget.ts';
import type { DocumentSink } from '../reader.ts';
import type { XmlHandler } from './xml-events.ts';

/** A format of Office 2003 in one XML file: writes its text and keeps what comes after it. */
export interface OfficeXml extends XmlHandler {
  /** Ends the text. */
  finish(): void;
  /** Properties, links and the like, and files inside; held until now. */
  readonly asides: OfficeAsides;
}

const bytesALine = 64;

/** What is beside the text of a document, as far as it may be held. */
export class OfficeAsides {
  readonly #budget: ReadBudget;
  readonly #lines = { metadata: [] as string[], annotation: [] as string[] };
  readonly #files: { name: string; bytes: Uint8Array }[] = [];
  #held = 0;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  addLine(section: 'metadata' | 'annotation', line: string): void {
    this.#hold(line.length + bytesALine);
    this.#lines[section].push(line);
  }

  addFile(name: string, bytes: Uint8Array): void {
    this.#hold(bytes.length + bytesALine);
    this.#files.push({ name, bytes });
  }

  async write(sink: DocumentSink): Promise<void> {
    for (const section of ['metadata', 'annotation'] as const) {
      const lines = this.#lines[section];
      if (lines.length > 0) sink.startPart({ section });
      for (const line of lines) sink.write(`${line}\n`);
    }
    for (const { name, bytes } of this.#files) await sink.readInner(name, bytes);
  }

  #hold(bytes: number): void {
    this.#held += bytes;
    this.#budget.checkHeld(this.#held);
  }
}
