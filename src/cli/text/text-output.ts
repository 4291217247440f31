import type { PartLocation, PartOutput } from '../../documents/part-output.ts';
import type { TextFormat } from './show-text.ts';

/** A line of the JSON Lines holds about so much text at most; a longer part is several lines. */
const mostCharacters = 65_536;

/** Writes parts one after the other, as text or as an object a part. */
export class TextOutput implements PartOutput {
  readonly #format: TextFormat;
  readonly #write: (text: string) => void;
  #decoder = new TextDecoder();
  #location: PartLocation = {};
  #cell: string | undefined;
  #pending = '';
  #endsLine = true;

  constructor(format: TextFormat, write: (text: string) => void) {
    this.#format = format;
    this.#write = write;
  }

  startPart(location: PartLocation): void {
    this.finish();
    this.#location = location;
    this.#cell = undefined;
    this.#decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  }

  push(utf8: Uint8Array): void {
    this.write(this.#decoder.decode(utf8, { stream: true }), undefined);
  }

  write(text: string, cell: string | undefined): void {
    if (this.#format === 'plain') {
      this.#write(text);
      if (text !== '') this.#endsLine = text.endsWith('\n');
      return;
    }
    if (cell !== undefined && cell !== this.#cell) {
      this.#flush();
      this.#cell = cell;
    }
    this.#pending += text;
    if (this.#pending.length >= mostCharacters) this.#flush();
  }

  /** Ends the part at hand. */
  finish(): void {
    this.#flush();
    if (!this.#endsLine) this.#write('\n');
    this.#endsLine = true;
  }

  #flush(): void {
    if (this.#pending === '') return;
    const cell = this.#cell === undefined ? {} : { cell: this.#cell };
    this.#write(`${JSON.stringify({ ...this.#location, ...cell, text: this.#pending })}\n`);
    this.#pending = '';
  }
}
