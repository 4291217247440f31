import { type QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { ReadBudget } from '../read-budget.ts';
import { type DocumentSink, type Location, UnreadableError } from '../reader.ts';
import { dataUrlBytes } from './data-url.ts';
import { type Aside, type Attribute, describeTag } from './html-attributes.ts';
import { isBlock, isCell } from './html-elements.ts';
import { VisibleText } from './visible-text.ts';

export interface HtmlOptions {
  budget: ReadBudget;
  /** Where the document is; its comments and scripts are there too, in their sections. */
  location?: Location;
  /** XHTML: `<script/>` has no content. */
  isXml?: boolean;
  /** How many documents of `srcdoc` attributes this one is inside of. */
  depth?: number;
}

/** Of documents in attributes: inside each other, and in one. More are read as attributes. */
const mostDepth = 5;
const mostNested = 10_000;
/** Tokens and values longer than this are no document any more, or handed on in pieces. */
const mostTokenCharacters = 16_777_216;
const mostValueCharacters = 262_144;
/** So much beside the text is held before it is handed on. */
const mostAsideCharacters = 1_048_576;
const pushCharacters = 65_536;
const asides: readonly Aside[] = ['metadata', 'form', 'annotation', 'comment', 'script'];

/**
 * The text of an HTML document (HTML Living Standard, section 13): what can be seen first, a block
 * a line and a cell a tab, hidden or not; then title and meta data, fields of forms, attributes
 * such as links, comments, and scripts with styles, each in a part of its own. Elements are not
 * kept, so no nesting is too deep. Documents of `srcdoc` and `data:` are read as inner ones.
 */
export class HtmlText {
  readonly #sink: DocumentSink;
  readonly #options: HtmlOptions;
  readonly #visible: VisibleText;
  /** What is beside the text: of the piece that is read, and of those before it. */
  readonly #fresh = new Map<Aside, string[]>(asides.map((aside) => [aside, []]));
  readonly #kept = new Map<Aside, string[]>(asides.map((aside) => [aside, []]));
  readonly #tokenizer: Tokenizer;
  #asideCharacters = 0;
  #nested: string[] = [];
  #nestings = 0;
  #embedded: Uint8Array[] = [];
  #embeddings = 0;
  /** What the tokenizer may still refer to, and the index of its first character. */
  #buffer = '';
  #bufferStart = 0;
  #consumed = 0;
  #tag = '';
  #attributes: Attribute[] = [];
  #name = '';
  #value = '';
  #title = '';
  /** Where text goes that is not seen. */
  #aside: 'script' | 'metadata' | null = null;

  constructor(sink: DocumentSink, options: HtmlOptions) {
    this.#sink = sink;
    this.#options = options;
    this.#visible = new VisibleText(sink, options.location ?? {});
    this.#tokenizer = new Tokenizer({ recognizeSelfClosing: options.isXml === true }, this.#events);
  }

  async push(html: string): Promise<void> {
    for (let at = 0; at < html.length; at += pushCharacters) {
      this.#options.budget.checkTime();
      const piece = html.slice(at, at + pushCharacters);
      this.#buffer += piece;
      this.#tokenizer.write(piece);
      this.#forget();
      this.#keepAsides();
      if (this.#asideCharacters > mostAsideCharacters) await this.#writeAsides();
    }
  }

  async finish(): Promise<void> {
    this.#tokenizer.end();
    // A tag that never ends is none, but it is there.
    if (this.#value !== '') this.#attributes.push({ name: this.#name, value: this.#value });
    this.#describeTag();
    this.#endTitle();
    const rest = this.#buffer.slice(this.#consumed - this.#bufferStart);
    if (/[^\s<>/]/.test(rest)) this.#visible.add(rest);
    this.#visible.finish();
    await this.#writeAsides();
  }

  readonly #events: TokenizerCallbacks = {
    ontext: (start, end) => this.#addText(this.#take(start, end)),
    ontextentity: (code, end) => {
      this.#consumed = end;
      this.#addText(String.fromCodePoint(code));
    },
    onopentagname: (start, end) => this.#startTag(this.#take(start, end)),
    onattribname: (start, end) => {
      this.#name = this.#take(start, end).toLowerCase();
    },
    onattribdata: (start, end) => this.#addValue(this.#take(start, end)),
    onattribentity: (code) => this.#addValue(String.fromCodePoint(code)),
    onattribend: (_quote: QuoteType, end) => {
      this.#consumed = Math.max(this.#consumed, end);
      this.#endAttribute();
    },
    onopentagend: (end) => {
      this.#consumed = end + 1;
      this.#endTag();
    },
    onselfclosingtag: (end) => {
      this.#consumed = end + 1;
      this.#endTag();
      if (this.#options.isXml === true) this.#closeTag(this.#tag);
    },
    onclosetag: (start, end) => this.#closeTag(this.#take(start, end).toLowerCase()),
    oncomment: (start, end, trailing) => {
      const comment = this.#take(start, end, trailing);
      // The declaration of XHTML is a comment to HTML.
      if (!comment.startsWith('?xml ')) this.#addAside('comment', comment);
    },
    oncdata: (start, end, trailing) => this.#addText(this.#take(start, end, trailing)),
    ondeclaration: (start, end) => {
      const declaration = this.#take(start, end);
      if (!/^doctype\s+html\s*$/i.test(declaration)) this.#addAside('metadata', declaration);
    },
    onprocessinginstruction: (start, end) => this.#addAside('comment', this.#take(start, end)),
    onend: () => undefined,
  };

  #take(start: number, end: number, trailing = 0): string {
    this.#consumed = Math.max(this.#consumed, end);
    return this.#buffer.slice(start - this.#bufferStart, end - trailing - this.#bufferStart);
  }

  #forget(): void {
    this.#buffer = this.#buffer.slice(this.#consumed - this.#bufferStart);
    this.#bufferStart = Math.max(this.#bufferStart, this.#consumed);
    if (this.#buffer.length > mostTokenCharacters) throw new UnreadableError('too_large');
  }

  #addText(text: string): void {
    if (this.#aside === null) this.#visible.add(text);
    else if (this.#aside === 'script') this.#addAside('script', text, '');
    else this.#addTitle(text);
  }

  #addTitle(text: string): void {
    this.#title += text;
    if (this.#title.length > mostValueCharacters) this.#endTitle();
  }

  #endTitle(): void {
    const title = this.#title.replace(/\s+/g, ' ').trim();
    this.#title = '';
    if (title !== '') this.#addAside('metadata', `title: ${title}`);
  }

  #addAside(aside: Aside, text: string, end = '\n'): void {
    if (text === '') return;
    this.#fresh.get(aside)?.push(text, end);
    this.#asideCharacters += text.length + 32;
  }

  #startTag(name: string): void {
    this.#tag = name.toLowerCase();
    this.#attributes = [];
    // An address in angle brackets, say.
    if (/[^\w:.-]/.test(name)) this.#visible.add(`<${name}>`);
    else if (isCell(this.#tag)) this.#visible.startCell();
    else if (this.#tag === 'tr') this.#visible.startRow();
    else if (isBlock(this.#tag)) this.#visible.break();
    if (this.#tag === 'pre' || this.#tag === 'textarea') this.#visible.startPreformatted();
  }

  #addValue(piece: string): void {
    this.#value += piece;
    if (this.#value.length < mostValueCharacters || /^data:/i.test(this.#value)) {
      if (this.#value.length > mostTokenCharacters) throw new UnreadableError('too_large');
      return;
    }
    this.#addAside('annotation', this.#value, '');
    this.#value = '';
  }

  #endAttribute(): void {
    const value = this.#value;
    this.#value = '';
    if (this.#name === 'srcdoc' && this.#canNest()) {
      this.#nested.push(value);
      this.#nestings += 1;
      this.#asideCharacters += value.length;
      return;
    }
    const bytes = dataUrlBytes(value);
    if (bytes !== undefined) {
      this.#embedded.push(bytes);
      this.#asideCharacters += bytes.length;
      return;
    }
    this.#attributes.push({ name: this.#name, value });
    if (this.#attributes.length > 1_000) this.#describeTag();
  }

  #canNest(): boolean {
    return (this.#options.depth ?? 0) < mostDepth && this.#nestings < mostNested;
  }

  #endTag(): void {
    this.#describeTag();
    if (this.#tag === 'script' || this.#tag === 'style') this.#aside = 'script';
    else if (this.#tag === 'title') this.#aside = 'metadata';
  }

  #describeTag(): void {
    if (this.#attributes.length === 0) return;
    for (const [aside, line] of describeTag(this.#tag, this.#attributes)) {
      this.#addAside(aside, line);
    }
    this.#attributes = [];
  }

  #closeTag(name: string): void {
    if (this.#aside !== null && /^(?:script|style|title)$/.test(name)) {
      if (this.#aside === 'script') this.#addAside('script', '\n', '');
      this.#endTitle();
      this.#aside = null;
    }
    if (name === 'pre' || name === 'textarea') this.#visible.endPreformatted();
    if (isBlock(name) || name === 'tr') this.#visible.break();
  }

  /** Copies what is fresh: a slice of a string keeps all of it. */
  #keepAsides(): void {
    for (const [aside, pieces] of this.#fresh) {
      if (pieces.length === 0) continue;
      this.#kept.get(aside)?.push(copyString(pieces.join('')));
      pieces.length = 0;
    }
  }

  async #writeAsides(): Promise<void> {
    this.#asideCharacters = 0;
    this.#keepAsides();
    for (const [section, pieces] of this.#kept) {
      if (pieces.length === 0) continue;
      this.#sink.startPart({ ...this.#options.location, section });
      for (const piece of pieces) this.#sink.write(piece);
      pieces.length = 0;
    }
    const nested = this.#nested;
    this.#nested = [];
    for (const html of nested) {
      const depth = (this.#options.depth ?? 0) + 1;
      const inner = new HtmlText(this.#sink, { ...this.#options, depth });
      await inner.push(html);
      await inner.finish();
    }
    const embedded = this.#embedded;
    this.#embedded = [];
    for (const bytes of embedded) {
      this.#embeddings += 1;
      await this.#sink.readInner(`embedded ${this.#embeddings}`, bytes);
    }
    this.#visible.interrupt();
  }
}

function copyString(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
