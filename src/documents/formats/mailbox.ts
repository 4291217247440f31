import { isFromLine } from '../detect-text-type.ts';
import type { ReadBudget } from '../read-budget.ts';
import { type DocumentSink, type Reader, UnreadableError } from '../reader.ts';
import { LineReader } from './line-reader.ts';
import { readInnerMessage } from './mail-message.ts';
import { decodeMailWords } from './mail-words.ts';
import { lineEndLength } from './transfer-decoding.ts';

/** So much of a message is looked through for its subject. */
const mostHeaderBytes = 65_536;

/** A mailbox in a file (RFC 4155): its messages, each a document of its own. */
export const readMailbox: Reader = async (source, sink, { budget }) => {
  const lines = new LineReader(source.stream(), budget);
  try {
    await new MailboxReading(lines, sink, budget).read();
  } finally {
    await lines.close();
  }
};

class MailboxReading {
  readonly #lines: LineReader;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  /** The line that begins the next message; undefined at the end of the mailbox. */
  #start: Buffer | undefined;
  #isAfterBlank = false;

  constructor(lines: LineReader, sink: DocumentSink, budget: ReadBudget) {
    this.#lines = lines;
    this.#sink = sink;
    this.#budget = budget;
  }

  async read(): Promise<void> {
    this.#start = await this.#lines.next();
    for (let number = 1; this.#start !== undefined; number++) {
      this.#budget.checkTime();
      if (number > this.#budget.limits.entries) throw new UnreadableError('too_many');
      this.#sink.startPart({ section: 'header' });
      this.#sink.write(this.#start.toString('utf8'));
      this.#start = undefined;
      this.#isAfterBlank = false;
      const { lines, subject } = await this.#readHeader();
      const name = `${number} ${subject}`.trim();
      const options = { sink: this.#sink, budget: this.#budget };
      await readInnerMessage(this.#contentOf(lines), name, options);
      while ((await this.#next()) !== undefined);
    }
  }

  /** The next line of the message; undefined at its end. */
  async #next(): Promise<Buffer | undefined> {
    if (this.#start !== undefined) return undefined;
    const line = await this.#lines.next();
    if (line === undefined) return undefined;
    if (this.#isAfterBlank && line[0] === 0x46 && isFromLine(line.toString('latin1', 0, 512))) {
      this.#start = line;
      return undefined;
    }
    this.#isAfterBlank = line.length === lineEndLength(line);
    // What begins like the line between messages has been quoted.
    return /^>+From /.test(line.toString('latin1', 0, 64)) ? line.subarray(1) : line;
  }

  async #readHeader(): Promise<{ lines: Buffer[]; subject: string }> {
    const lines: Buffer[] = [];
    let size = 0;
    let subject: Buffer[] = [];
    let isSubject = false;
    while (size < mostHeaderBytes) {
      const line = await this.#next();
      if (line === undefined) break;
      lines.push(line);
      size += line.length;
      const text = line.subarray(0, line.length - lineEndLength(line));
      if (text.length === 0) break;
      const isFolded = text[0] === 0x20 || text[0] === 0x09;
      if (!isFolded) isSubject = /^subject:/i.test(text.toString('latin1', 0, 16));
      if (isSubject) subject = isFolded ? [...subject.slice(0, 20), text] : [text.subarray(8)];
    }
    const words = decodeMailWords(Buffer.concat(subject).subarray(0, 2_048));
    return { lines, subject: words.replace(/\s+/g, ' ').trim() };
  }

  async *#contentOf(first: readonly Buffer[]): AsyncGenerator<Uint8Array> {
    if (first.length > 0) yield Buffer.concat(first);
    for (let line = await this.#next(); line !== undefined; line = await this.#next()) {
      yield line;
    }
  }
}
