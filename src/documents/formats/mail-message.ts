import { ByteSource } from '../byte-source.ts';
import { detectMediaType, mediaTypeHeadBytes } from '../detect-media-type.ts';
import type { ReadBudget } from '../read-budget.ts';
import type { DocumentSink } from '../reader.ts';
import { LineReader } from './line-reader.ts';
import { readMailBody } from './mail-body.ts';
import { type MailHeader, readMailHeader } from './mail-header.ts';
import { readCms } from './read-cms.ts';
import { lineEndLength, transferDecoding } from './transfer-decoding.ts';

export interface MailOptions {
  budget: ReadBudget;
  /** Messages around this one that were read to the same sink. */
  depth?: number;
}

/** Multiparts inside each other; messages without a name of their own inside each other. */
const mostLevels = 50;
const mostMessages = 8;
const mostParts = 10_000;
const mostBoundaryLine = 300;
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);
const batchBytes = 32_768;

/** Fields that say only how a part is written, or are told as its name. */
const technicalFields =
  /^(?:content-(?:type|transfer-encoding|disposition|id|language|length)|mime-version)$/;
const signature = /^application\/(?:x-)?(?:pkcs7|pgp)-signature$/;
/** Types of documents whose text is read by what it is told to be. */
const textual = /^(?:text\/|message\/|application\/(?:json|xml|mbox|octet-stream)$)/;

/**
 * Reads a message (RFC 5322) and all of its parts (RFC 2045, RFC 2046) as they come: the header,
 * texts, then attachments as documents inside this one.
 */
export async function readMailMessage(
  content: AsyncIterable<Uint8Array>,
  sink: DocumentSink,
  options: MailOptions,
): Promise<void> {
  const lines = new LineReader(content, options.budget);
  try {
    await new MessageReading(lines, sink, options).read();
  } finally {
    await lines.close();
  }
}

/**
 * Reads a message inside another document: as a document of its own when it can be told to be one,
 * else – with hardly a header – as part of what is around it.
 */
export async function readInnerMessage(
  content: AsyncIterable<Uint8Array>,
  name: string,
  { sink, budget, depth = 0 }: MailOptions & { sink: DocumentSink },
): Promise<void> {
  const source = await ByteSource.open(content, { headBytes: mediaTypeHeadBytes, budget });
  try {
    if (detectMediaType(source.head) === 'message/rfc822') {
      await sink.readInner(name, source.stream());
    } else if (depth >= mostMessages) {
      sink.miss('too_deep');
    } else {
      await readMailMessage(source.stream(), sink, { budget, depth: depth + 1 });
    }
  } finally {
    await source.close();
  }
}

class MessageReading {
  readonly #lines: LineReader;
  readonly #sink: DocumentSink;
  readonly #options: MailOptions;
  /** Of the multiparts that are open, the outermost first, as lines. */
  readonly #boundaries: string[] = [];
  /** The boundary that was met, as its index, and whether it is the last of its multipart. */
  #met: { index: number; isLast: boolean } | undefined;
  #parts = 0;

  constructor(lines: LineReader, sink: DocumentSink, options: MailOptions) {
    this.#lines = lines;
    this.#sink = sink;
    this.#options = options;
  }

  async read(): Promise<void> {
    await this.#passBlank();
    this.#sink.startPart({ section: 'header' });
    const header = await readMailHeader(this, (_, field) => this.#sink.write(`${field}\n`));
    await this.#readContent(header);
    await this.#skip();
  }

  /** Some writers begin with a byte order mark or empty lines, which end no header. */
  async #passBlank(): Promise<void> {
    let line = await this.#lines.next();
    if (line?.subarray(0, 3).equals(byteOrderMark)) line = line.subarray(3);
    while (line !== undefined && line.length === lineEndLength(line)) {
      line = await this.#lines.next();
    }
    if (line !== undefined) this.#lines.giveBack(line);
  }

  /** The next line of the part that is read; undefined at its end. */
  async next(): Promise<Buffer | undefined> {
    if (this.#met !== undefined) return undefined;
    const line = await this.#lines.next();
    if (line !== undefined && this.#boundaries.length > 0) this.#met = this.#findBoundary(line);
    return this.#met === undefined ? line : undefined;
  }

  giveBack(line: Buffer): void {
    this.#lines.giveBack(line);
  }

  #findBoundary(line: Buffer): { index: number; isLast: boolean } | undefined {
    if (line[0] !== 0x2d || line[1] !== 0x2d || line.length > mostBoundaryLine) return undefined;
    const text = line.toString('latin1').trimEnd();
    const exact = this.#boundaries.lastIndexOf(text);
    if (exact !== -1) return { index: exact, isLast: false };
    if (!text.endsWith('--')) return undefined;
    const last = this.#boundaries.lastIndexOf(text.slice(0, -2));
    return last === -1 ? undefined : { index: last, isLast: true };
  }

  async #readContent(header: MailHeader): Promise<void> {
    const { value, parameters } = header.contentType;
    const boundary = parameters.get('boundary')?.trimEnd();
    if (value === 'multipart/encrypted') this.#sink.miss('encrypted');
    if (!value.startsWith('multipart/') || boundary === undefined || boundary === '') {
      return this.#readLeaf(header);
    }
    if (this.#boundaries.length >= mostLevels) {
      this.#sink.miss('too_deep');
      return this.#skip();
    }
    return this.#readMultipart(`--${boundary}`, value === 'multipart/encrypted');
  }

  async #readMultipart(boundary: string, isEncrypted: boolean): Promise<void> {
    const index = this.#boundaries.push(boundary) - 1;
    await this.#readAround();
    while (this.#met?.index === index) {
      const { isLast } = this.#met;
      this.#met = undefined;
      if (isLast) break;
      this.#parts += 1;
      if (this.#parts > mostParts) this.#sink.miss('too_many');
      else if (!isEncrypted) await this.#readPart();
      await this.#skip();
    }
    this.#boundaries.length = index;
    await this.#readAround();
  }

  /** What stands before the first and after the last part: nobody sees it, but it is there. */
  async #readAround(): Promise<void> {
    let isStarted = false;
    for (let line = await this.next(); line !== undefined; line = await this.next()) {
      const text = line.toString('utf8');
      if (!isStarted && text.trim() === '') continue;
      if (!isStarted) this.#sink.startPart({ section: 'hidden' });
      isStarted = true;
      this.#sink.write(text);
    }
  }

  async #readPart(): Promise<void> {
    const fields: string[] = [];
    const header = await readMailHeader(this, (name, field) => {
      if (!technicalFields.test(name) && fields.length < 1_000) fields.push(`${field}\n`);
    });
    const name = fileNameOf(header);
    if (name !== undefined) fields.push(`${name}\n`);
    if (fields.length > 0) this.#sink.startPart({ section: 'header' });
    for (const field of fields) this.#sink.write(field);
    await this.#readContent(header);
  }

  async #readLeaf(header: MailHeader): Promise<void> {
    const { value } = header.contentType;
    if (signature.test(value)) return;
    const { budget, depth } = this.#options;
    const content = this.#decode(header.encoding);
    const fileName = fileNameOf(header);
    if (value === 'message/rfc822' || value === 'message/global') {
      const options = { sink: this.#sink, budget, ...(depth !== undefined && { depth }) };
      return readInnerMessage(content, fileName ?? `message ${this.#parts}`, options);
    }
    if (/^application\/(?:x-)?pkcs7-mime$/.test(value)) return this.#readCms(content);
    const isAttached = fileName !== undefined || header.disposition.value === 'attachment';
    const source = await ByteSource.open(content, { headBytes: mediaTypeHeadBytes, budget });
    try {
      const isText = value === '' || /^(?:text|message|multipart)\//.test(value);
      const isRich = /^text\/(?:calendar|(?:x-)?vcard|directory|rtf|xml|csv)$/.test(value);
      if (isText && !isRich && !isAttached && textual.test(detectMediaType(source.head))) {
        await readMailBody(source, this.#sink, { contentType: header.contentType, budget });
      } else {
        await this.#sink.readInner(fileName ?? `part ${this.#parts}`, source.stream());
      }
    } finally {
      await source.close();
    }
  }

  /** Reads the message that S/MIME signs (RFC 8551, section 3.5.2), and tells what it encrypts. */
  async #readCms(content: AsyncIterable<Uint8Array>): Promise<void> {
    const { budget, depth } = this.#options;
    const source = await ByteSource.open(content, { headBytes: mediaTypeHeadBytes, budget });
    try {
      const cms = readCms(await source.readAll());
      if (cms === undefined) this.#sink.miss('corrupt');
      else if (cms.kind === 'encrypted') this.#sink.miss('encrypted');
      else if (cms.kind === 'other') this.#sink.miss('unsupported:application/pkcs7-mime');
      else {
        const options = { sink: this.#sink, budget, ...(depth !== undefined && { depth }) };
        await readInnerMessage(once(cms.content), `message ${this.#parts}`, options);
      }
    } finally {
      await source.close();
    }
  }

  async *#decode(encoding: string): AsyncGenerator<Uint8Array> {
    const decoding = transferDecoding(encoding);
    let batch: Uint8Array[] = [];
    let size = 0;
    for (let line = await this.next(); line !== undefined; line = await this.next()) {
      const bytes = decoding.push(line);
      if (bytes.length === 0) continue;
      batch.push(bytes);
      size += bytes.length;
      if (size < batchBytes) continue;
      yield Buffer.concat(batch, size);
      batch = [];
      size = 0;
    }
    batch.push(decoding.finish());
    const last = Buffer.concat(batch);
    if (last.length > 0) yield last;
  }

  /** Lets go of what was not read of a part. */
  async #skip(): Promise<void> {
    while ((await this.next()) !== undefined);
  }
}

/** The name of a file that a part is (RFC 2183, section 2.3, and what was before it). */
function fileNameOf({ contentType, disposition }: MailHeader): string | undefined {
  const name = disposition.parameters.get('filename') ?? contentType.parameters.get('name');
  return name === undefined || name.trim() === '' ? undefined : name.trim();
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
