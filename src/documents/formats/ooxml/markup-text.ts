import type { Section } from '../../reader.ts';
import type { StoryLayout } from '../story-layout.ts';
import type { StoryWriter } from '../story-writer.ts';
import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';

/** Elements whose text goes on in the next: runs of a paragraph. */
const inline = new Set(['t', 'r', 'fld', 'rPh', 'span', 'b', 'i', 'u', 'font']);
const paragraphs = new Set(['p', 'si', 'comment', 'cm', 'threadedComment', 'div']);
const cells = new Set(['tc', 'td']);
const rows = new Set(['tr']);
/** Ids, sizes and coordinates that are written as text. */
const meaningless = new Set([
  'row',
  'col',
  'colOff',
  'rowOff',
  'formatCode',
  'posOffset',
  'Anchor',
  'tableStyleId',
]);

/** Attributes that hold text, by element; `*` is any. */
const textAttributes: Readonly<Record<string, readonly string[]>> = {
  '*': ['descr', 'alt', 'tooltip', 'displayName', 'prompt', 'promptTitle', 'author', 'connection'],
  cNvPr: ['title'],
  docPr: ['title'],
  cmAuthor: ['name'],
  author: ['name'],
  connection: ['name', 'description', 'sourceFile', 'odcFile'],
  dbPr: ['command'],
  olapPr: ['localConnection'],
  textPr: ['sourceFile'],
  webPr: ['url', 'post'],
  s: ['v'],
  n: ['v'],
  d: ['v'],
  cacheField: ['name', 'formula', 'caption'],
  table: ['comment'],
  docVar: ['name', 'val'],
  query: ['val'],
  connectString: ['val'],
};

/** Placeholders whose text in a master is a prompt of the program's. */
const keptPlaceholders = new Set(['hdr', 'ftr', 'dt', 'sldNum']);

/** What a chart's data refers to. */
const references = new Set(['strRef', 'numRef', 'multiLvlStrRef']);

export interface MarkupOptions {
  /** Leaves out the prompts and fields in a master's or layout's placeholders. */
  isMaster: boolean;
  /** The story of text in attributes. */
  attributeSection: Section;
}

/**
 * Text of any part that is not read in a way of its own: DrawingML (ISO/IEC 29500-1, 21), charts,
 * diagrams, VML, comments, custom XML. Character data is text; paragraphs, cells and elements that
 * are no runs are set apart. Descriptions and other text in attributes go to the hidden story.
 */
export class MarkupText implements XmlHandler {
  readonly #layout: StoryLayout;
  readonly #stories: StoryWriter;
  readonly #options: MarkupOptions;
  readonly #names: string[] = [];
  /** Whether each open element has had text of its own. */
  readonly #open: boolean[] = [];
  #shapeDepth = 0;
  #isPrompt = false;
  #skipDepth = 0;

  constructor(layout: StoryLayout, stories: StoryWriter, options: MarkupOptions) {
    this.#layout = layout;
    this.#stories = stories;
    this.#options = options;
  }

  open(name: string, attributes: XmlAttributes): void {
    const parent = this.#names.at(-1) ?? '';
    this.#names.push(name);
    this.#open.push(false);
    if (this.#skipDepth > 0 || this.#isSkipped(name, parent)) {
      this.#skipDepth += 1;
      return;
    }
    if (this.#options.isMaster) this.#findPrompt(name, attributes);
    this.#writeAttributes(name, attributes);
    if (cells.has(name)) this.#layout.startCell();
    else if (name === 'br') this.#layout.write('\n');
    else if (name === 'tab' && this.#open.length > 1) this.#layout.write('\t');
    else if (name === 'AlternateContent') this.#layout.startAlternatives();
    else if (name === 'Choice' || name === 'Fallback') this.#layout.startBranch();
  }

  close(name: string): void {
    const hadText = this.#open.pop() ?? false;
    this.#names.pop();
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1;
      return;
    }
    if (name === 'sp' && this.#shapeDepth > 0) {
      this.#shapeDepth -= 1;
      this.#isPrompt = false;
    }
    if (name === 'Choice' || name === 'Fallback') {
      this.#layout.endAlternative();
    } else if (name === 'AlternateContent') {
      this.#layout.endAlternatives();
    } else if (paragraphs.has(name)) {
      this.#layout.endParagraph();
    } else if (cells.has(name)) {
      this.#layout.endCell();
    } else if (rows.has(name)) {
      this.#layout.endRow();
    } else if (hadText && !inline.has(name)) {
      this.#layout.endParagraph();
    }
  }

  text(text: string): void {
    if (this.#skipDepth > 0 || this.#isPrompt) return;
    if (text.trim() === '' && text.includes('\n')) return;
    this.#layout.write(text);
    if (this.#open.length > 0) this.#open[this.#open.length - 1] = true;
  }

  #isSkipped(name: string, parent: string): boolean {
    if (meaningless.has(name)) return true;
    if (name === 'fld') return this.#options.isMaster;
    return name === 'f' && references.has(parent);
  }

  #writeAttributes(name: string, attributes: XmlAttributes): void {
    // WordArt in VML and the pages of XPS have their text in attributes.
    if (name === 'textpath' || name === 'Glyphs') {
      const attribute = name === 'textpath' ? 'string' : 'UnicodeString';
      this.#layout.write(attributeOf(attributes, attribute) ?? '');
      this.#layout.endParagraph();
      return;
    }
    for (const known of [textAttributes['*'], ownAttributes(name)]) {
      for (const attribute of known ?? []) {
        const value = attributeOf(attributes, attribute)?.trim();
        if (value) this.#stories.write(`${value}\n`, this.#options.attributeSection);
      }
    }
  }

  #findPrompt(name: string, attributes: XmlAttributes): void {
    if (name === 'sp') this.#shapeDepth += 1;
    if (name !== 'ph' || this.#shapeDepth === 0) return;
    this.#isPrompt = !keptPlaceholders.has(attributeOf(attributes, 'type') ?? '');
  }
}

function ownAttributes(name: string): readonly string[] | undefined {
  return Object.hasOwn(textAttributes, name) ? textAttributes[name] : undefined;
}
