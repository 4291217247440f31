import type { PictureCount, Place } from '../engine/types.ts';
import { ByteSource } from './byte-source.ts';
import { detectMediaType, mediaTypeHeadBytes } from './detect-media-type.ts';
import type { PartLocation, PartOutput } from './part-output.ts';
import { defaultLimits, ReadBudget, type ReadLimits } from './read-budget.ts';
import { type DocumentSink, type Location, type Problem, UnreadableError } from './reader.ts';
import { findReader } from './readers.ts';

/** What became of a document and of those inside it. */
export interface ReadOutcome {
  /** Of the outermost document. */
  mediaType: string;
  /** Of a text: its encoding as an IANA name, two joined by `+` when it changes. */
  encoding: string | null;
  /** Whether anything at all was handed on. */
  hasText: boolean;
  /** What is wrong with the outermost document, first; null when nothing is. */
  problem: Problem | null;
  inner: InnerDocuments;
  /** In the outermost document and in those inside. */
  pictures: PictureCount;
}

export interface ReadSettings {
  limits?: ReadLimits | undefined;
  /** Whether the text that pictures show is recognised; not by default. */
  ocr?: boolean;
}

/** Documents inside the outermost one, at all depths. */
export interface InnerDocuments {
  read: number;
  /** Read in part or not at all. */
  unread: number;
  /** How often which problem came up, in the order they came. */
  problems: Record<string, number>;
}

/** Names in places are cut after so many characters, each. */
const mostNameCharacters = 255;

/**
 * Reads a document of any format, and those inside it, to an output. Throws what the content
 * throws; what is wrong with its bytes is in the outcome.
 */
export async function readDocument(
  content: AsyncIterable<Uint8Array>,
  output: PartOutput,
  { limits = defaultLimits, ocr = false }: ReadSettings = {},
): Promise<ReadOutcome> {
  const reading = new DocumentReading(output, new ReadBudget(limits), ocr);
  return reading.readOutermost(content);
}

class DocumentReading {
  readonly output: PartOutput;
  readonly budget: ReadBudget;
  readonly ocr: boolean;
  readonly inner: InnerDocuments = { read: 0, unread: 0, problems: {} };
  readonly pictures: PictureCount = { read: 0, unread: 0 };
  hasText = false;

  constructor(output: PartOutput, budget: ReadBudget, ocr: boolean) {
    this.output = output;
    this.budget = budget;
    this.ocr = ocr;
  }

  async readOutermost(content: AsyncIterable<Uint8Array>): Promise<ReadOutcome> {
    const guarded = new GuardedContent(content, this.budget);
    const sink = new ReadingSink(this, []);
    const detected = await this.readOne(guarded, sink);
    // A reader cannot tell a broken content from a broken document.
    if (guarded.failure !== undefined) throw guarded.failure.error;
    const { inner, pictures, hasText } = this;
    const { encoding, problem } = sink;
    const mediaType = sink.mediaType ?? detected;
    return { mediaType, encoding, hasText, problem, inner, pictures };
  }

  /** Reads one document; its problems are the sink's. Returns its media type. */
  async readOne(content: AsyncIterable<Uint8Array>, sink: ReadingSink): Promise<string> {
    const { budget, ocr } = this;
    const source = await ByteSource.open(content, { headBytes: mediaTypeHeadBytes, budget });
    const mediaType = detectMediaType(source.head);
    try {
      const read = await findReader(mediaType);
      if (read === undefined) throw new UnreadableError(`unsupported:${mediaType}`);
      await read(source, sink, { mediaType, budget, ocr });
    } catch (error) {
      sink.miss(error instanceof UnreadableError ? error.problem : 'corrupt');
    } finally {
      await source.close();
    }
    return mediaType;
  }

  async readInner(content: AsyncIterable<Uint8Array>, path: readonly string[]): Promise<void> {
    const sink = new ReadingSink(this, path);
    try {
      this.budget.takeEntry(path.length);
      await this.readOne(content, sink);
    } catch (error) {
      sink.miss(error instanceof UnreadableError ? error.problem : 'corrupt');
    }
    const { problem } = sink;
    if (problem === null) {
      this.inner.read += 1;
      return;
    }
    this.inner.unread += 1;
    this.inner.problems[problem] = (this.inner.problems[problem] ?? 0) + 1;
  }
}

class ReadingSink implements DocumentSink {
  readonly #reading: DocumentReading;
  readonly #path: readonly string[];
  encoding: string | null = null;
  mediaType: string | undefined;
  problem: Problem | null = null;

  constructor(reading: DocumentReading, path: readonly string[]) {
    this.#reading = reading;
    this.#path = path;
  }

  startPart(location: Location, mapPlace?: (place: Place) => Place): void {
    const part: PartLocation = { ...location };
    if (this.#path.length > 0) part.path = this.#path.join('!/');
    this.#reading.hasText = true;
    this.#reading.output.startPart(part, mapPlace);
  }

  write(text: string, cell?: string): void {
    this.#reading.output.write(text, cell);
  }

  push(utf8: Uint8Array): void {
    this.#reading.output.push(utf8);
  }

  readInner(name: string, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<void> {
    const path = [...this.#path, name.slice(0, mostNameCharacters)];
    return this.#reading.readInner(content instanceof Uint8Array ? once(content) : content, path);
  }

  async readPicture(name: string, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<void> {
    if (this.#reading.ocr) await this.readInner(name, content);
    else this.tellPicture(false);
  }

  tellPicture(isRead: boolean): void {
    this.#reading.pictures[isRead ? 'read' : 'unread'] += 1;
  }

  miss(problem: Problem): void {
    this.problem ??= problem;
  }

  tellMediaType(mediaType: string): void {
    this.mediaType = mediaType;
  }

  tellEncoding(encoding: string): void {
    this.encoding = encoding;
  }
}

/** Counts its bytes, and remembers what it throws itself, which is not the document's fault. */
class GuardedContent implements AsyncIterable<Uint8Array> {
  readonly #content: AsyncIterable<Uint8Array>;
  readonly #budget: ReadBudget;
  failure: { error: unknown } | undefined;

  constructor(content: AsyncIterable<Uint8Array>, budget: ReadBudget) {
    this.#content = content;
    this.#budget = budget;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    try {
      for await (const chunk of this.#content) {
        this.#budget.takeOutermost(chunk.length);
        yield chunk;
      }
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
