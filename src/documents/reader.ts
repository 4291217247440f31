import type { Place } from '../engine/types.ts';
import type { ReadBudget } from './read-budget.ts';

/** What a part of a document is, when it is not its body. */
export type Section =
  | 'header'
  | 'footer'
  | 'footnote'
  | 'note'
  | 'comment'
  | 'deleted'
  | 'hidden'
  | 'annotation'
  | 'form'
  | 'metadata'
  | 'script'
  | 'image';

/** Where a part of a document is, as far as its format knows; pages, slides and sheets from 1. */
export interface Location {
  page?: number;
  slide?: number;
  sheet?: string;
  section?: Section;
}

/** Why something was not read: a stable code, a report's `statusReason`. */
export type Problem =
  | 'encrypted'
  | 'corrupt'
  | 'too_large'
  | 'too_deep'
  | 'too_many'
  | 'ratio'
  | 'timeout'
  | 'binary_data'
  | 'undecodable_bytes'
  | `unsupported:${string}`;

/** A document, or the rest of it, cannot be read. What was handed on before still counts. */
export class UnreadableError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** The bytes of a document; they are taken once, by one of the two. */
export interface Source {
  /** The first bytes, enough to tell the format by. */
  readonly head: Uint8Array;
  stream(): AsyncIterable<Uint8Array>;
  /** All at once. @throws {UnreadableError} `too_large` beyond what the budget lets be held. */
  readAll(): Promise<Uint8Array>;
}

/** Receives what a reader gets out of a document. */
export interface DocumentSink {
  /**
   * Begins a part: what came before is no context of it, and places in it count from its start.
   * `mapPlace` turns those into places of the file, where the format's bytes are its text.
   */
  startPart(location: Location, mapPlace?: (place: Place) => Place): void;
  /**
   * Text of the part. Readers write what a person would see apart – paragraphs, cells – apart:
   * lines end in `\n`, cells of a row are divided by `\t`. With `cell`, the text is that cell's
   * (`B7`), up to the next call.
   */
  write(text: string, cell?: string): void;
  /** The same in UTF-8; the array may be used again. */
  push(utf8: Uint8Array): void;
  /**
   * Reads a document inside this one – an entry of an archive, an attachment – by its own bytes,
   * where `name` tells in places. Never throws what is wrong with that document: the outer one
   * goes on. What it reads is in parts of its own: afterwards begin a new one.
   */
  readInner(name: string, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<void>;
  /** Tells a type more exact than its first bytes did. */
  tellMediaType(mediaType: string): void;
  /**
   * The same for a picture that is there to be looked at: where pictures are not read, it is only
   * counted, and nothing is missed.
   */
  readPicture(name: string, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<void>;
  /** Counts a picture whose text was read, or was not. */
  tellPicture(isRead: boolean): void;
  /** Tells the encoding of a text, as an IANA name. */
  tellEncoding(encoding: string): void;
  /** Says that something could not be read; the document is partial at best. */
  miss(problem: Problem): void;
}

export interface ReadOptions {
  mediaType: string;
  budget: ReadBudget;
  /** Whether the text that pictures show is to be recognised. */
  ocr: boolean;
}

/**
 * Reads one format: hands the text of a document on, part by part, in constant memory where the
 * format lets it. It knows nothing of scanning, writes nothing to the disk, and asks the budget
 * before it expands, repeats or holds anything.
 *
 * @throws {UnreadableError} when the document, or the rest of it, cannot be read. Anything else it
 * throws counts as `corrupt`.
 */
export type Reader = (source: Source, sink: DocumentSink, options: ReadOptions) => Promise<void>;
