import type { OutputSink } from './output-sink.ts';

/** A report is written in pieces of about so many characters. */
const pieceChars = 65_536;

/** Gathers text and writes it in pieces. */
export class PieceWriter {
  readonly #sink: OutputSink;
  readonly #beforeWrite: () => void;
  #text = '';

  constructor(sink: OutputSink, beforeWrite: () => void) {
    this.#sink = sink;
    this.#beforeWrite = beforeWrite;
  }

  get isFull(): boolean {
    return this.#text.length >= pieceChars;
  }

  add(text: string): void {
    this.#text += text;
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text === '') return;
    this.#beforeWrite();
    await this.#sink.write(text);
  }
}
