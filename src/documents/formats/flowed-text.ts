/** A paragraph may be longer; then it is handed on in pieces. */
const mostParagraph = 65_536;

/** Puts lines together that were broken for sending only (RFC 3676, `format=flowed`). */
export class FlowedText {
  readonly #removesSpace: boolean;
  #open = '';
  #paragraph = '';
  #depth = -1;

  /** `removesSpace` for `DelSp=yes`: the space at a line's end was put there by the sender. */
  constructor({ removesSpace }: { removesSpace: boolean }) {
    this.#removesSpace = removesSpace;
  }

  push(text: string): string {
    const lines = (this.#open + text).split('\n');
    this.#open = lines.pop() ?? '';
    let flowed = lines.map((line) => this.#addLine(line.replace(/\r$/, ''))).join('');
    if (this.#open.length > mostParagraph) {
      flowed += this.#addLine(this.#open);
      this.#open = '';
    }
    return flowed;
  }

  finish(): string {
    const last = this.#open === '' ? '' : this.#addLine(this.#open);
    return last + this.#end();
  }

  /** Gives what is complete with this line. */
  #addLine(line: string): string {
    const quotes = /^>{0,100}/.exec(line)?.[0] ?? '';
    const content = line.slice(quotes.length).replace(/^ /, '');
    const isFlowed = content.endsWith(' ') && content !== '-- ';
    const isNext = this.#depth === quotes.length && this.#paragraph.length < mostParagraph;
    const before = isNext ? '' : this.#end();
    if (!isNext) this.#paragraph = quotes === '' ? '' : `${quotes} `;
    this.#paragraph += isFlowed && this.#removesSpace ? content.slice(0, -1) : content;
    this.#depth = quotes.length;
    return isFlowed ? before : before + this.#end();
  }

  #end(): string {
    if (this.#depth === -1) return '';
    const paragraph = `${this.#paragraph}\n`;
    this.#paragraph = '';
    this.#depth = -1;
    return paragraph;
  }
}
