import type { DocumentSink, Location } from '../../reader.ts';

/** Writes a part that begins only when there is something to see in it. */
export class PartWriter {
  readonly #sink: DocumentSink;
  readonly #location: Location;
  #isStarted = false;

  constructor(sink: DocumentSink, location: Location) {
    this.#sink = sink;
    this.#location = location;
  }

  write(text: string, cell?: string): void {
    if (!this.#isStarted) {
      if (text.trim() === '') return;
      this.#sink.startPart(this.#location);
      this.#isStarted = true;
    }
    this.#sink.write(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, cell);
  }

  writeLine(text: string, cell?: string): void {
    if (text.trim() !== '') this.write(`${text}\n`, cell);
  }
}
