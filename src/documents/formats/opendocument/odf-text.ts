import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Location, Section } from '../../reader.ts';
import { StoryLayout } from '../story-layout.ts';
import { StoryWriter } from '../story-writer.ts';
import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';
import { attributeStories, keptPlaceholders, sectionOf, skippedElements } from './odf-elements.ts';
import type { OdfStyles } from './odf-styles.ts';
import { Repetition, readCellAttributes, SheetRows } from './sheet-rows.ts';

const mostSpaces = 256;

const inText = new Set(['p', 'h', 'span', 'a', 'meta', 'meta-field']);

type Close = () => void;

/**
 * Text of an OpenDocument file (OpenDocument 1.3, part 3), of any of its streams: content, styles,
 * properties, or all in one. Sheets and slides are parts; notes, comments, headers and what was
 * deleted or is hidden are stories of their own.
 */
export class OdfText implements XmlHandler {
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  readonly #styles: OdfStyles;
  readonly #repetition = new Repetition();
  /** The open elements, and what is to be done at their ends. */
  readonly #names: string[] = [];
  readonly #close: (Close | undefined)[] = [];
  #stories: StoryWriter;
  #layout: StoryLayout;
  #rows: SheetRows | undefined;
  #skipDepth = 0;
  /** Paragraphs around, in this story. */
  #paragraphs = 0;
  /** Where text goes that is in no paragraph. */
  #direct: Section | undefined;
  #isSpreadsheet = false;
  /** The master page around. */
  #master: string | undefined;
  /** The cell around, by its name. */
  #cell: string | undefined;
  #isComment = false;
  #isForm = false;
  #property: string | undefined;
  #isInMeta = false;
  #pages = 0;
  #tableDepth = 0;

  constructor(sink: DocumentSink, budget: ReadBudget, styles: OdfStyles) {
    this.#sink = sink;
    this.#budget = budget;
    this.#styles = styles;
    this.#stories = new StoryWriter(sink);
    this.#layout = new StoryLayout(this.#stories);
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#skipDepth > 0 || skippedElements.has(name) || this.#isPrompt(name, attributes)) {
      this.#skipDepth += 1;
      return;
    }
    this.#styles.open(name, attributes);
    this.#writeAttributes(name, attributes);
    this.#close.push(this.#start(name, attributes));
    this.#names.push(name);
  }

  close(): void {
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1;
      return;
    }
    this.#names.pop();
    this.#close.pop()?.();
  }

  text(text: string): void {
    if (this.#skipDepth > 0) return;
    if (this.#property !== undefined) {
      this.#property += text;
      this.#budget.checkHeld(2 * this.#property.length);
    } else if (this.#direct !== undefined) this.#stories.write(text, this.#direct);
    else if (this.#paragraphs > 0) this.#layout.write(collapse(text));
  }

  finish(): void {
    while (this.#close.length > 0) this.#close.pop()?.();
    this.#layout.finish();
    this.#stories.finish();
  }

  #start(name: string, attributes: XmlAttributes): Close | undefined {
    if (this.#isInMeta) return this.#startProperty(name, attributes);
    const section = sectionOf(name);
    if (section !== undefined) {
      const isMarginal = section === 'header' || section === 'footer';
      return isMarginal ? this.#enterMarginal(section, name) : this.#enter(section, name);
    }
    switch (name) {
      case 'p':
      case 'h':
        return this.#startParagraph(attributes);
      case 'span':
        return this.#startSpan(attributes);
      case 's':
        this.#layout.write(' '.repeat(spacesOf(attributes)));
        return undefined;
      case 'tab':
        this.#layout.write('\t');
        return undefined;
      case 'line-break':
        this.#layout.write('\n');
        return undefined;
      case 'text-box':
        return this.#startBox();
      case 'title':
      case 'desc':
        // As a field in text it is shown; of a shape it is not.
        return inText.has(this.#parent) ? undefined : this.#startDirect('hidden');
      case 'script':
      case 'module':
        return this.#startDirect('script');
      case 'creator':
        return this.#isComment ? this.#startParagraph({}) : undefined;
      case 'math':
        return this.#startMath();
      case 'meta':
        if (inText.has(this.#parent)) return undefined;
        this.#isInMeta = true;
        return () => {
          this.#isInMeta = false;
        };
      case 'forms':
        this.#isForm = true;
        return () => {
          this.#isForm = false;
        };
      case 'spreadsheet':
        this.#isSpreadsheet = true;
        return () => {
          this.#isSpreadsheet = false;
        };
      case 'master-page':
      case 'handout-master':
        this.#master = attributeOf(attributes, 'name') ?? '';
        return () => {
          this.#master = undefined;
        };
      case 'page':
        return this.#startPage(attributes);
      default:
        return this.#startTable(name, attributes);
    }
  }

  #startTable(name: string, attributes: XmlAttributes): Close | undefined {
    switch (name) {
      case 'table':
        this.#tableDepth += 1;
        if (this.#isSpreadsheet && this.#tableDepth === 1) return this.#startSheet(attributes);
        return () => {
          this.#tableDepth -= 1;
        };
      case 'table-row': {
        const rows = this.#rows;
        const layout = this.#layout;
        rows?.startRow(attributes);
        return () => (rows === undefined ? layout.endRow() : rows.endRow());
      }
      case 'table-cell':
      case 'covered-table-cell':
        return this.#startCell(attributes);
      default:
        return undefined;
    }
  }

  #startParagraph(attributes: XmlAttributes): Close {
    const direct = this.#direct;
    const isHidden = this.#styles.hides('paragraph', attributeOf(attributes, 'style-name'));
    const leave = isHidden ? this.#enter('hidden', 'p') : undefined;
    this.#direct = undefined;
    this.#paragraphs += 1;
    const layout = this.#layout;
    return () => {
      this.#paragraphs -= 1;
      this.#direct = direct;
      layout.endParagraph();
      leave?.();
    };
  }

  #startSpan(attributes: XmlAttributes): Close | undefined {
    if (!this.#styles.hides('text', attributeOf(attributes, 'style-name'))) return undefined;
    const direct = this.#direct;
    this.#direct = 'hidden';
    return () => {
      this.#direct = direct;
    };
  }

  #startDirect(section: Section): Close {
    const direct = this.#direct;
    this.#direct = section;
    return () => {
      this.#direct = direct;
      this.#stories.endLine(section);
    };
  }

  /** A formula as an object of its own is one line of symbols. */
  #startMath(): Close {
    this.#paragraphs += 1;
    return () => {
      this.#paragraphs -= 1;
      this.#layout.endParagraph();
    };
  }

  #startBox(): Close {
    const layout = this.#layout;
    layout.startBox();
    return () => layout.endBox();
  }

  /** Goes into a story of its own until the element ends. */
  #enter(section: Section, name: string): Close {
    const layout = this.#layout;
    const rows = this.#rows;
    const paragraphs = this.#paragraphs;
    const direct = this.#direct;
    const isComment = this.#isComment;
    this.#layout = new StoryLayout(this.#stories, section, this.#cell);
    this.#rows = undefined;
    this.#paragraphs = 0;
    this.#direct = name.endsWith('-decl') ? section : undefined;
    this.#isComment = section === 'comment';
    return () => {
      this.#layout.finish();
      this.#stories.endLine(section);
      this.#layout = layout;
      this.#rows = rows;
      this.#paragraphs = paragraphs;
      this.#direct = direct;
      this.#isComment = isComment;
    };
  }

  /** In a spreadsheet a header is kept for the sheets whose master page it is of. */
  #enterMarginal(section: 'header' | 'footer', name: string): Close {
    const master = this.#master;
    const leave = this.#enter(section, name);
    if (master === undefined || !this.#styles.keepsMarginals) return leave;
    this.#layout.startBranch();
    return () => {
      const text = this.#layout.endBranch();
      leave();
      if (text.trim() === '' || this.#styles.keepMarginal(master, { section, text })) return;
      this.#stories.write(text, section);
    };
  }

  /** In a master the text of placeholders is the program's prompt. */
  #isPrompt(name: string, attributes: XmlAttributes): boolean {
    if (this.#master === undefined || (name !== 'frame' && name !== 'custom-shape')) return false;
    const role = attributeOf(attributes, 'class');
    return role !== undefined && !keptPlaceholders.has(role);
  }

  get #parent(): string {
    return this.#names.at(-1) ?? '';
  }

  #startPage(attributes: XmlAttributes): Close {
    this.#pages += 1;
    this.#budget.checkPages(this.#pages);
    const isHidden = this.#styles.hides('drawing-page', attributeOf(attributes, 'style-name'));
    return this.#startPart({ slide: this.#pages, ...(isHidden && { section: 'hidden' }) });
  }

  #startSheet(attributes: XmlAttributes): Close {
    this.#pages += 1;
    this.#budget.checkPages(this.#pages);
    const isHidden = this.#styles.hides('table', attributeOf(attributes, 'style-name'));
    const sheet = attributeOf(attributes, 'name') ?? '';
    this.#stories.write(`sheet: ${sheet}\n`, 'metadata');
    const end = this.#startPart({ sheet, ...(isHidden && { section: 'hidden' }) });
    for (const marginal of this.#styles.marginalsOf(attributeOf(attributes, 'style-name'))) {
      const isLeft = this.#repetition.take(2, marginal.text.length) === 2;
      if (!marginal.isUsed || isLeft) this.#stories.write(marginal.text, marginal.section);
      marginal.isUsed = true;
    }
    this.#rows = new SheetRows(this.#stories, this.#repetition);
    return () => {
      this.#rows = undefined;
      this.#tableDepth -= 1;
      end();
    };
  }

  #startPart(location: Location): Close {
    const stories = this.#stories;
    const layout = this.#layout;
    // What comes before is in a part before.
    layout.finish();
    stories.interrupt();
    this.#stories = new StoryWriter(this.#sink, location);
    this.#layout = new StoryLayout(this.#stories);
    return () => {
      this.#layout.finish();
      this.#stories.finish();
      this.#stories = stories;
      this.#layout = layout;
    };
  }

  #startCell(attributes: XmlAttributes): Close {
    const layout = this.#layout;
    const rows = this.#rows;
    if (rows === undefined) {
      layout.startCell();
      return () => layout.endCell();
    }
    const cell = readCellAttributes(attributes);
    if (cell.formula?.includes('"')) this.#stories.write(`${cell.formula}\n`, 'hidden');
    // A table inside a cell is text of it.
    this.#rows = undefined;
    this.#cell = rows.nextCell;
    layout.startBranch();
    return () => {
      this.#rows = rows;
      this.#cell = undefined;
      rows.addCell(layout.endBranch(), cell);
    };
  }

  #startProperty(name: string, attributes: XmlAttributes): Close {
    const label = name === 'user-defined' ? (attributeOf(attributes, 'name') ?? name) : name;
    this.#property = '';
    return () => {
      const text = this.#property?.trim() ?? '';
      this.#property = undefined;
      if (text !== '') this.#stories.write(`${label}: ${text}\n`, 'metadata');
    };
  }

  #writeAttributes(name: string, attributes: XmlAttributes): void {
    for (const [attribute, section] of attributeStories(name, this.#isForm)) {
      const value = attributeOf(attributes, attribute)?.trim();
      if (value) this.#stories.write(`${value}\n`, section);
    }
  }
}

/** White space in text is as in HTML (OpenDocument 1.3, part 3, 6.1.2). */
function collapse(text: string): string {
  return text.replace(/[\t\r\n ]+/g, ' ');
}

function spacesOf(attributes: XmlAttributes): number {
  const count = Number(attributeOf(attributes, 'c') ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? Math.min(count, mostSpaces) : 1;
}
