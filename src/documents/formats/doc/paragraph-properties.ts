import { bytesIn, type FileInformation } from './file-information-block.ts';
import { FormattedPages } from './formatted-pages.ts';
import { type ParagraphModifiers, readModifiers } from './property-modifiers.ts';
import { StyleModifiers } from './style-modifiers.ts';

const entryBytes = 13;

/** Properties of paragraphs by where their text is ([MS-DOC] 2.4.6.1). */
export class ParagraphProperties {
  readonly #bytes: Uint8Array;
  readonly #pages: FormattedPages;
  readonly #styles: StyleModifiers;

  constructor(stream: Uint8Array, table: Uint8Array, information: FileInformation) {
    this.#bytes = stream;
    const range = information.paragraphPages;
    this.#pages = new FormattedPages(stream, table, { range, entryBytes });
    this.#styles = new StyleModifiers(bytesIn(table, information.styles));
  }

  /** What the paragraph says whose text is at an offset of the stream; undefined when it is unknown. */
  findAt(offset: number): ParagraphModifiers | undefined {
    const run = this.#pages.findAt(offset);
    if (run === undefined) return undefined;
    const at = (this.#bytes[run.entryAt] ?? 0) * 2;
    return at === 0 ? this.#styles.of(0) : this.#readAt(run.pageStart + at, run.pageEnd);
  }

  /** The length in two-byte words, the style, then modifiers. */
  #readAt(at: number, end: number): ParagraphModifiers {
    const words = this.#bytes[at] ?? 0;
    const start = words === 0 ? at + 2 : at + 1;
    const length = words === 0 ? (this.#bytes[at + 1] ?? 0) * 2 : words * 2 - 1;
    const bytes = this.#bytes.subarray(start, Math.min(start + length, end));
    if (bytes.length < 2) return {};
    const style = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
    return { ...this.#styles.of(style), ...readModifiers(bytes.subarray(2)) };
  }
}
