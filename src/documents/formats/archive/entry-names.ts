import type { DocumentSink } from '../../reader.ts';

/** Names are gathered up to so many characters before they are written. */
const mostCharacters = 65_536;

/** Writes the names of an archive's entries, which are text too: a line each, in parts of their own. */
export class EntryNames {
  readonly #sink: DocumentSink;
  #lines = '';

  constructor(sink: DocumentSink) {
    this.#sink = sink;
  }

  add(...texts: readonly string[]): void {
    for (const text of texts) if (text !== '') this.#lines += `${text}\n`;
    if (this.#lines.length > mostCharacters) this.flush();
  }

  /** Writes what was not written yet. */
  flush(): void {
    if (this.#lines === '') return;
    this.#sink.startPart({ section: 'metadata' });
    this.#sink.write(this.#lines);
    this.#lines = '';
  }
}
