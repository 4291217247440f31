import type { ReadBudget } from '../read-budget.ts';
import type { DocumentSink } from '../reader.ts';
import { OfficeAsides, type OfficeXml } from './office-asides.ts';
import { VisibleText } from './visible-text.ts';

/** Elements whose text is the document's; `instrText` is what a field is made from, as a link. */
const texts = new Set(['t', 'delText']);
const properties = new Set(['DocumentProperties', 'CustomDocumentProperties']);
const links = ['dest', 'href', 'src', 'title', 'alt', 'author'];

/**
 * Word 2003 XML: paragraphs and cells where they are, notes, comments and what was deleted too;
 * headers and footers in parts of their own.
 */
export class WordXml implements OfficeXml {
  readonly asides: OfficeAsides;
  readonly #sink: DocumentSink;
  readonly #body: VisibleText;
  #visible: VisibleText;
  #element = '';
  #isProperties = false;
  #file: string | undefined;

  constructor(sink: DocumentSink, budget: ReadBudget) {
    this.#sink = sink;
    this.asides = new OfficeAsides(budget);
    this.#body = new VisibleText(sink, {});
    this.#visible = this.#body;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#element = name;
    if (properties.has(name)) this.#isProperties = true;
    else if (name === 'hdr' || name === 'ftr') this.#startMargin(name);
    else if (name === 'tr') this.#visible.startRow();
    else if (name === 'tc') this.#visible.startCell();
    else if (name === 'p' || name === 'br' || name === 'cr') this.#visible.break();
    else if (name === 'tab') this.#visible.add(' ');
    else if (name === 'binData') this.#file = attributes.get('name') ?? 'embedded';
    for (const key of links) {
      const value = attributes.get(key);
      if (value !== undefined && value !== '')
        this.asides.addLine('annotation', `${key}: ${value}`);
    }
  }

  text(text: string): void {
    if (this.#file !== undefined) this.#addFile(this.#file, text);
    else if (texts.has(this.#element)) this.#visible.add(text);
    else if (this.#element === 'instrText') this.asides.addLine('annotation', text.trim());
    else if (this.#isProperties && text.trim() !== '') {
      this.asides.addLine('metadata', `${this.#element}: ${text.trim()}`);
    }
  }

  close(name: string): void {
    this.#element = '';
    this.#file = undefined;
    if (properties.has(name)) this.#isProperties = false;
    else if (name === 'hdr' || name === 'ftr') this.#endMargin();
    else if (name === 'p' || name === 'tr') this.#visible.break();
  }

  finish(): void {
    this.#visible.finish();
    this.#body.finish();
  }

  #startMargin(name: 'hdr' | 'ftr'): void {
    this.#body.finish();
    this.#visible = new VisibleText(this.#sink, { section: name === 'hdr' ? 'header' : 'footer' });
  }

  #endMargin(): void {
    this.#visible.finish();
    this.#visible = this.#body;
    this.#body.interrupt();
  }

  #addFile(name: string, base64: string): void {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (bytes.length > 0) this.asides.addFile(name.replace(/^wordml:\/\//, ''), bytes);
  }
}
