import type { PartLocation, PartOutput } from '../../src/documents/part-output.ts';
import type { ReadLimits } from '../../src/documents/read-budget.ts';
import { type ReadOutcome, readDocument } from '../../src/documents/read-document.ts';

export interface CollectedPart {
  location: PartLocation;
  text: string;
  /** What was written as a cell's, by its name. */
  cells: Record<string, string>;
}

export interface CollectedDocument extends ReadOutcome {
  parts: CollectedPart[];
  /** Of all parts, one after the other. */
  text: string;
}

/** Reads a document as the scanner does and keeps its text. */
export async function collectParts(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  limits?: ReadLimits,
  { ocr = false }: { ocr?: boolean } = {},
): Promise<CollectedDocument> {
  const output = new PartCollector();
  const source = content instanceof Uint8Array ? once(content) : content;
  const outcome = await readDocument(source, output, { limits, ocr });
  const { parts } = output;
  return { ...outcome, parts, text: parts.map(({ text }) => text).join('\n') };
}

class PartCollector implements PartOutput {
  readonly parts: CollectedPart[] = [];
  #decoder = new TextDecoder();
  #cell: string | undefined;

  startPart(location: PartLocation): void {
    this.#decoder = new TextDecoder();
    this.#cell = undefined;
    this.parts.push({ location, text: '', cells: {} });
  }

  push(utf8: Uint8Array): void {
    this.write(this.#decoder.decode(utf8, { stream: true }), undefined);
  }

  write(text: string, cell: string | undefined): void {
    const part = this.parts.at(-1);
    if (part === undefined) throw new Error('text before the first part');
    part.text += text;
    if (cell !== undefined) this.#cell = cell;
    if (this.#cell === undefined) return;
    part.cells[this.#cell] = (part.cells[this.#cell] ?? '') + text;
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
