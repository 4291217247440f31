import type { ReadBudget } from '../../read-budget.ts';
import { codePageOfCharset, decodeCodePage } from '../code-pages.ts';

/** Groups whose content is no text of the message. */
const silentGroups = new Set(['colortbl', 'stylesheet', 'info', 'pict', 'mhtmltag', 'listtable']);

const breaks: Readonly<Record<string, string>> = { par: '\r\n', line: '\r\n', tab: '\t' };
const dashes: Readonly<Record<string, string>> = {
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
  bullet: '\u2022',
  endash: '\u2013',
  emdash: '\u2014',
};

interface Group {
  isSilent: boolean;
  isFontTable: boolean;
  /** Within RTF that stands in for HTML which is there as well. */
  isStandIn: boolean;
  font: number;
  /** Bytes after a `\u` that repeat it for readers without Unicode. */
  repeated: number;
}

const tokens = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z'])|[{}]|[\r\n]+|[^\\{}\r\n]+|\\/gi;

/** Finds the HTML that Outlook has wrapped in RTF ([MS-OXRTFEX]); undefined when it is plain RTF. */
export function findHtmlInRtf(rtf: Uint8Array, budget: ReadBudget): string | undefined {
  const source = Buffer.from(rtf.buffer, rtf.byteOffset, rtf.byteLength).toString('latin1');
  if (!source.slice(0, 1_024).includes('\\fromhtml1')) return undefined;
  const reader = new HtmlInRtf();
  let count = 0;
  for (const [token, word, number, hex, symbol] of source.matchAll(tokens)) {
    count += 1;
    if ((count & 4_095) === 0) budget.checkTime();
    if (word !== undefined) reader.takeWord(word, number);
    else if (hex !== undefined) reader.takeByte(Number.parseInt(hex, 16));
    else if (symbol !== undefined) reader.takeSymbol(symbol);
    else if (token === '{') reader.open();
    else if (token === '}') reader.close();
    else if (!/^[\r\n]/.test(token)) reader.takeText(token);
  }
  return reader.finish();
}

class HtmlInRtf {
  readonly #html: string[] = [];
  readonly #groups: Group[] = [];
  #group: Group = {
    isSilent: false,
    isFontTable: false,
    isStandIn: false,
    font: 0,
    repeated: 1,
  };
  readonly #fonts = new Map<number, number>();
  #codePage = 1252;
  #bytes: number[] = [];
  /** Characters left to pass over after a `\u`. */
  #skip = 0;
  #isMarked = false;

  open(): void {
    this.#endBytes();
    this.#groups.push(this.#group);
    this.#group = { ...this.#group };
    this.#isMarked = false;
  }

  close(): void {
    this.#endBytes();
    this.#group = this.#groups.pop() ?? this.#group;
    this.#isMarked = false;
  }

  takeWord(word: string, number: string | undefined): void {
    const isMarked = this.#isMarked;
    this.#isMarked = false;
    const value = number === undefined ? undefined : Number(number);
    if (word !== 'u') this.#endBytes();
    switch (word) {
      case 'ansicpg':
        this.#codePage = value ?? 1252;
        break;
      case 'fonttbl':
        this.#group.isFontTable = true;
        break;
      case 'f':
        this.#group.font = value ?? 0;
        break;
      case 'fcharset':
        this.#takeCharset(value ?? 0);
        break;
      case 'uc':
        this.#group.repeated = value ?? 1;
        break;
      case 'u':
        this.#takeUnicode(value ?? 0);
        break;
      case 'htmlrtf':
        this.#group.isStandIn = value !== 0;
        break;
      case 'htmltag':
        break;
      default:
        if (isMarked || silentGroups.has(word)) this.#group.isSilent = true;
        this.#write(breaks[word] ?? dashes[word] ?? '');
    }
  }

  takeSymbol(symbol: string): void {
    if (symbol === '*') {
      this.#isMarked = true;
      return;
    }
    if (symbol === '~') this.#show('\u00a0');
    else if (symbol === '_') this.#show('-');
    else if ('\\{}'.includes(symbol)) this.#show(symbol);
  }

  takeByte(byte: number): void {
    if (this.#skip > 0) this.#skip -= 1;
    else if (!this.#isQuiet) this.#bytes.push(byte);
  }

  takeText(text: string): void {
    const skipped = Math.min(this.#skip, text.length);
    this.#skip -= skipped;
    this.#show(text.slice(skipped));
  }

  finish(): string {
    this.#endBytes();
    return this.#html.join('');
  }

  get #isQuiet(): boolean {
    const { isSilent, isFontTable, isStandIn } = this.#group;
    return isSilent || isFontTable || isStandIn;
  }

  #takeCharset(charset: number): void {
    const codePage = charset === 0 ? undefined : codePageOfCharset(charset);
    if (codePage !== undefined) this.#fonts.set(this.#group.font, codePage);
  }

  #takeUnicode(value: number): void {
    this.#show(String.fromCharCode(value & 0xffff));
    this.#skip = this.#group.repeated;
  }

  #show(text: string): void {
    this.#endBytes();
    this.#write(text);
  }

  #write(text: string): void {
    if (text !== '' && !this.#isQuiet) this.#html.push(text);
  }

  /** Bytes are decoded together: a character may be of two. */
  #endBytes(): void {
    if (this.#bytes.length === 0) return;
    const codePage = this.#fonts.get(this.#group.font) ?? this.#codePage;
    this.#html.push(decodeCodePage(codePage, Uint8Array.from(this.#bytes)));
    this.#bytes = [];
  }
}
