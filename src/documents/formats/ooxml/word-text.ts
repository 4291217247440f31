import type { Section } from '../../reader.ts';
import { isTellingField } from '../field-codes.ts';
import { StoryLayout } from '../story-layout.ts';
import type { StoryWriter } from '../story-writer.ts';
import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';
import type { ListNumbering, ListPlace } from './list-numbering.ts';
import type { WordStyles } from './word-styles.ts';

const mostOpenFields = 100;
const mostFieldCharacters = 65_536;

/** Earlier formatting, kept by tracked changes, and what is not text. */
const skipped = new Set([
  'pPrChange',
  'rPrChange',
  'sectPrChange',
  'tblPrChange',
  'tcPrChange',
  'trPrChange',
  'tblGridChange',
  'numberingChange',
  'tabs',
  'posOffset',
  'pctWidth',
  'pctHeight',
  'binData',
]);

/** What stands for one character. */
const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  ptab: '\t',
  br: '\n',
  cr: '\n',
  noBreakHyphen: '\u2011',
};

/** Attributes that hold text a person may see, with the story it belongs to. */
const textAttributes: Readonly<Record<string, readonly [Section, ...string[]]>> = {
  docPr: ['hidden', 'descr', 'title'],
  cNvPr: ['hidden', 'descr', 'title'],
  shape: ['hidden', 'alt', 'href'],
  rect: ['hidden', 'alt', 'href'],
  hyperlink: ['hidden', 'tooltip'],
  listItem: ['form', 'displayText', 'value'],
  listEntry: ['form', 'val'],
  default: ['form', 'val'],
  helpText: ['form', 'val'],
  statusText: ['form', 'val'],
  alias: ['form', 'val'],
  date: ['form', 'fullDate'],
  comment: ['comment', 'author'],
};

export interface WordOptions {
  numbering: ListNumbering;
  styles: WordStyles;
}

/** Text of a WordprocessingML story (ISO/IEC 29500-1, 17): body, header, notes or comments. */
export class WordText implements XmlHandler {
  readonly #layout: StoryLayout;
  readonly #stories: StoryWriter;
  readonly #options: WordOptions;
  /** Codes of the fields that are open; null once a code is complete. */
  readonly #fields: (string | null)[] = [];
  #skipDepth = 0;
  #paragraphProperties = 0;
  #runProperties = 0;
  #movedFrom = 0;
  #isHidden = false;
  #isTextOpen: 'text' | 'deleted' | 'code' | undefined;
  #style = '';
  #list: string | undefined;
  #level: number | undefined;

  constructor(stories: StoryWriter, options: WordOptions) {
    this.#stories = stories;
    this.#layout = new StoryLayout(stories);
    this.#options = options;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#skipDepth > 0 || skipped.has(name)) {
      this.#skipDepth += 1;
      return;
    }
    if (this.#paragraphProperties > 0) {
      this.#openParagraphProperty(name, attributes);
      return;
    }
    if (this.#runProperties > 0) {
      this.#openRunProperty(name, attributes);
      return;
    }
    const character = Object.hasOwn(characters, name) ? characters[name] : undefined;
    if (character !== undefined) {
      this.#write(character);
      return;
    }
    this.#writeAttributes(name, attributes);
    this.#openContent(name, attributes);
  }

  close(name: string): void {
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1;
      return;
    }
    if (this.#paragraphProperties > 0) {
      this.#paragraphProperties -= 1;
      if (this.#paragraphProperties === 0) this.#writeLabel();
      return;
    }
    if (this.#runProperties > 0) {
      this.#runProperties -= 1;
      return;
    }
    switch (name) {
      case 't':
      case 'delText':
      case 'instrText':
      case 'delInstrText':
        this.#isTextOpen = undefined;
        return;
      case 'r':
        this.#isHidden = false;
        return;
      case 'p':
        this.#layout.endParagraph();
        return;
      case 'tc':
        this.#layout.endCell();
        return;
      case 'tr':
        this.#layout.endRow();
        return;
      case 'txbxContent':
        this.#layout.endBox();
        return;
      case 'moveFrom':
      case 'del':
        this.#movedFrom = Math.max(0, this.#movedFrom - 1);
        return;
      case 'Choice':
      case 'Fallback':
        this.#layout.endAlternative();
        return;
      case 'AlternateContent':
        this.#layout.endAlternatives();
        return;
      default:
    }
  }

  text(text: string): void {
    if (this.#skipDepth > 0) return;
    if (this.#isTextOpen === 'text') this.#write(text);
    else if (this.#isTextOpen === 'deleted') this.#stories.write(text, 'deleted');
    else if (this.#isTextOpen === 'code') this.#addCode(text);
  }

  finish(): void {
    this.#layout.finish();
    for (const code of this.#fields.splice(0)) this.#writeCode(code);
  }

  #openContent(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 't':
        this.#isTextOpen = 'text';
        return;
      case 'delText':
        this.#isTextOpen = 'deleted';
        return;
      case 'instrText':
      case 'delInstrText':
        this.#isTextOpen = 'code';
        return;
      case 'pPr':
        this.#paragraphProperties = 1;
        this.#style = '';
        this.#list = undefined;
        this.#level = undefined;
        return;
      case 'rPr':
        this.#runProperties = 1;
        return;
      case 'fldChar':
        this.#stepField(attributeOf(attributes, 'fldCharType') ?? '');
        return;
      case 'fldSimple':
        this.#writeCode(attributeOf(attributes, 'instr') ?? null);
        return;
      case 'tc':
        this.#layout.startCell();
        return;
      case 'txbxContent':
        this.#layout.startBox();
        return;
      case 'moveFrom':
      case 'del':
        this.#movedFrom += 1;
        return;
      case 'Choice':
      case 'Fallback':
        this.#layout.startBranch();
        return;
      case 'AlternateContent':
        this.#layout.startAlternatives();
        return;
      case 'textpath':
        this.#write(attributeOf(attributes, 'string') ?? '');
        return;
      case 'sym':
        this.#writeSymbol(attributeOf(attributes, 'char') ?? '');
        return;
      default:
    }
  }

  #openParagraphProperty(name: string, attributes: XmlAttributes): void {
    this.#paragraphProperties += 1;
    const value = attributeOf(attributes, 'val') ?? '';
    if (name === 'pStyle') this.#style = value;
    else if (name === 'numId') this.#list = value;
    else if (name === 'ilvl') this.#level = Number.parseInt(value, 10);
  }

  #openRunProperty(name: string, attributes: XmlAttributes): void {
    this.#runProperties += 1;
    if (name !== 'vanish' && name !== 'webHidden' && name !== 'specVanish') return;
    const value = attributeOf(attributes, 'val');
    this.#isHidden = name === 'vanish' && value !== '0' && value !== 'false' && value !== 'off';
  }

  #writeLabel(): void {
    const inherited: Partial<ListPlace> = this.#options.styles.listOf(this.#style) ?? {};
    const list = this.#list ?? inherited.list;
    if (list === undefined || list === '0') return;
    const level = this.#level ?? inherited.level ?? 0;
    const label = this.#options.numbering.takeLabel({ list, level });
    if (label !== '') this.#layout.write(`${label} `);
  }

  #write(text: string): void {
    if (this.#movedFrom > 0) this.#stories.write(text, 'deleted');
    else if (this.#isHidden) this.#stories.write(text, 'hidden');
    else this.#layout.write(text);
  }

  #writeAttributes(name: string, attributes: XmlAttributes): void {
    const known = Object.hasOwn(textAttributes, name) ? textAttributes[name] : undefined;
    if (known === undefined) return;
    const [section, ...names] = known;
    for (const attribute of names) {
      const value = attributeOf(attributes, attribute)?.trim();
      if (value) this.#stories.write(`${value}\n`, section);
    }
  }

  #writeSymbol(code: string): void {
    const number = Number.parseInt(code, 16);
    // Symbol fonts are in the private use area: what they show is not known.
    if (number >= 0x20 && number < 0xd800) this.#write(String.fromCharCode(number));
  }

  #stepField(type: string): void {
    if (type === 'begin') {
      if (this.#fields.length < mostOpenFields) this.#fields.push('');
      return;
    }
    const code = this.#fields.pop();
    this.#writeCode(code ?? null);
    if (type === 'separate' && code !== undefined) this.#fields.push(null);
  }

  #addCode(text: string): void {
    const code = this.#fields.pop();
    if (code === undefined || code === null) {
      // Outside any field it is shown by nothing.
      if (code === null) this.#fields.push(null);
      this.#stories.write(text, 'hidden');
      return;
    }
    const longer = code + text;
    if (longer.length < mostFieldCharacters) {
      this.#fields.push(longer);
    } else {
      this.#writeCode(longer);
      this.#fields.push('');
    }
  }

  #writeCode(code: string | null): void {
    if (code !== null && isTellingField(code)) this.#stories.write(`${code.trim()}\n`, 'hidden');
  }
}
