const fieldBegin = '\x13';
const fieldSeparator = '\x14';
const fieldEnd = '\x15';

/** What control characters of a text stand for ([MS-DOC] 2.4.1); others for nothing. */
const controls: Readonly<Record<string, string>> = {
  '\t': '\t',
  '\n': '\n',
  '\x07': '\t',
  '\x0b': '\n',
  '\f': '\n',
  '\r': '\n',
  '\x0e': '\n',
  '\x1e': '-',
};

/** Fields of which the instruction tells nothing that the result does not. */
const quietFields =
  /^(?:AUTONUM\w*|CREATEDATE|DATE|EDITTIME|FORM\w*|INDEX|LISTNUM|NOTEREF|NUM\w+|PAGE|PAGEREF|PRINTDATE|REF|SAVEDATE|SECTION\w*|SEQ|SHAPE|STYLEREF|TIME|TOA|TOC|EMBED|SYMBOL|=)(?=\s|$)/i;

const longestInstruction = 65_536;

/**
 * Turns the text of a story into what a person sees: results of fields rather than their
 * instructions, whose targets and values follow on lines of their own after the paragraph.
 */
export class FieldText {
  readonly #write: (text: string) => void;
  /** Open fields; whether each has come to its result. */
  #fields: boolean[] = [];
  /** How many of them have not. */
  #instructions = 0;
  #hidden = '';
  #pending: string[] = [];
  #lastWasCellEnd = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Whether what comes next is part of a field. */
  get isInField(): boolean {
    return this.#fields.length > 0;
  }

  push(text: string): void {
    for (const run of splitRuns(text)) {
      const isControl = run.length === 1 && run < ' ';
      if (!isControl) this.#show(run);
      else if (run === fieldBegin) this.#begin();
      else if (run === fieldSeparator) this.#separate();
      else if (run === fieldEnd) this.#end();
      // The mark of a row follows that of its last cell.
      else if (run === '\x07' && this.#lastWasCellEnd) this.#show('\n');
      else this.#show(controls[run] ?? '');
      this.#lastWasCellEnd = run === '\x07' && !this.#lastWasCellEnd;
    }
  }

  /** Ends a cell, or a row, where it is known which. */
  endCell(isRowEnd: boolean): void {
    this.#lastWasCellEnd = false;
    this.#show(isRowEnd ? '\n' : '\t');
  }

  /** Ends the story: what is still an instruction is text after all. */
  finish(): void {
    this.#giveUp();
    this.#writePending();
  }

  #show(text: string): void {
    if (this.#instructions > 0) {
      this.#hidden += text;
      if (this.#hidden.length > longestInstruction) this.#giveUp();
      return;
    }
    this.#write(text);
    if (this.#pending.length > 0 && text.endsWith('\n')) this.#writePending();
  }

  #begin(): void {
    this.#fields.push(false);
    this.#instructions += 1;
  }

  #separate(): void {
    const last = this.#fields.length - 1;
    if (this.#fields[last] !== false) return;
    this.#fields[last] = true;
    this.#instructions -= 1;
    if (this.#instructions === 0) this.#note(this.#takeHidden());
  }

  #end(): void {
    if (this.#fields.pop() !== false) return;
    this.#instructions -= 1;
    if (this.#instructions > 0) return;
    const instruction = this.#takeHidden();
    // An equation is its own result.
    if (/^\s*EQ\s/i.test(instruction)) this.#write(instruction);
    else this.#note(instruction);
  }

  #takeHidden(): string {
    const hidden = this.#hidden;
    this.#hidden = '';
    return hidden;
  }

  #note(instruction: string): void {
    const text = instruction.trim();
    if (text === '' || quietFields.test(text) || /^HYPERLINK\s+\\l/i.test(text)) return;
    const target = /^HYPERLINK\s.*?"([^"]+)"/is.exec(text)?.[1];
    this.#pending.push(target ?? text);
  }

  #giveUp(): void {
    this.#fields = [];
    this.#instructions = 0;
    if (this.#hidden !== '') this.#write(this.#takeHidden());
  }

  #writePending(): void {
    if (this.#pending.length === 0) return;
    const lines = this.#pending.map((line) => `${line}\n`).join('');
    this.#pending = [];
    this.#write(lines);
  }
}

/** Divides a text into control characters and what is between them. */
function* splitRuns(text: string): Iterable<string> {
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= 0x20) continue;
    if (at > start) yield text.slice(start, at);
    yield text.charAt(at);
    start = at + 1;
  }
  if (start < text.length) yield text.slice(start);
}
