import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type ReadOptions, UnreadableError } from '../../reader.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { PartWriter } from '../ole/part-writer.ts';
import { ExternalObjects, readEmbeddedObject } from './embedded-objects.ts';
import { readPersistDirectory } from './persist-directory.ts';
import {
  contentOf,
  type PresentationRecord,
  recordAt,
  recordType,
  walkRecords,
} from './presentation-records.ts';
import { SlideText } from './slide-text.ts';

/** What a list of slides is of ([MS-PPT] 2.4.14): its record's instance. */
const listKind = { slides: 0, masters: 1, notes: 2 } as const;

interface ListedSlide {
  persistId: number;
  slideId: number;
  /** What the list itself keeps of its text. */
  text: SlideText;
}

/** PowerPoint 97 to 2003 ([MS-PPT]): slides in their order with notes and comments, masters, objects. */
export async function readPresentation(
  root: OleStorage,
  sink: DocumentSink,
  { budget }: ReadOptions,
): Promise<void> {
  const stream = root.findBytes('PowerPoint Document') ?? new Uint8Array(0);
  if (root.findStream('EncryptedSummary') !== undefined) throw new UnreadableError('encrypted');
  const currentUser = root.findBytes('Current User');
  const directory = readPersistDirectory(stream, { currentUser, budget });
  const reader = new PresentationReader(stream, { sink, budget, offsets: directory?.offsets });
  const isRead = directory !== undefined && (await reader.readDocument(directory.documentId));
  if (!isRead) await reader.readEverything();
}

class PresentationReader {
  readonly #stream: Uint8Array;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  readonly #offsets: ReadonlyMap<number, number>;
  /** Offsets of objects that were read: one may be listed more than once. */
  readonly #seen = new Set<number>();
  readonly #lists = new Map<number, ListedSlide[]>();
  readonly #external: ExternalObjects;
  /** Bytes of the objects that were read. */
  #walked = 0;

  constructor(
    stream: Uint8Array,
    options: {
      sink: DocumentSink;
      budget: ReadBudget;
      offsets: ReadonlyMap<number, number> | undefined;
    },
  ) {
    this.#stream = stream;
    this.#sink = options.sink;
    this.#budget = options.budget;
    this.#offsets = options.offsets ?? new Map();
    this.#external = new ExternalObjects(stream);
  }

  /** Reads what the document lists; false when it is not there. */
  async readDocument(persistId: number): Promise<boolean> {
    const document = this.#takeObject(persistId);
    if (document?.type !== recordType.document) return false;
    const own = this.#readLists(document);
    const slides = this.#lists.get(listKind.slides) ?? [];
    this.#budget.checkPages(slides.length);
    const slideNumbers = new Map<number, number>();
    for (const [n, slide] of slides.entries()) {
      slideNumbers.set(slide.slideId, n + 1);
      this.#takeText(slide);
      slide.text.write(this.#sink, { slide: n + 1 });
    }
    for (const notes of this.#lists.get(listKind.notes) ?? []) {
      const record = this.#takeText(notes);
      const slide = record === undefined ? undefined : slideNumbers.get(this.#slideOf(record));
      const location = { section: 'note', ...(slide !== undefined && { slide }) } as const;
      notes.text.write(this.#sink, location);
    }
    for (const master of this.#lists.get(listKind.masters) ?? []) {
      this.#takeText(master);
      master.text.write(this.#sink, {});
    }
    own.write(this.#sink, {});
    await this.#readExternal();
    return true;
  }

  /** Reads all text there is, also of what later edits have replaced. */
  async readEverything(): Promise<void> {
    this.#sink.miss('corrupt');
    const text = new SlideText(this.#stream, this.#budget);
    const { length } = this.#stream;
    for (const record of walkRecords(this.#stream, {
      start: 0,
      end: length,
      budget: this.#budget,
    })) {
      text.take(record);
    }
    text.write(this.#sink, {});
  }

  /** Reads the lists of slides, and gives the text that is the document's own. */
  #readLists(document: PresentationRecord): SlideText {
    const own = new SlideText(this.#stream, this.#budget);
    let slides: ListedSlide[] = [];
    const walk = { start: document.start, end: document.end, budget: this.#budget };
    for (const record of walkRecords(this.#stream, walk)) {
      if (record.type === recordType.slideList) {
        slides = this.#lists.get(record.instance) ?? [];
        this.#lists.set(record.instance, slides);
      } else if (record.type === recordType.slidePersist) {
        slides.push(this.#listSlide(record));
      } else if (record.type === recordType.macroAtom) {
        this.#external.takeMacros(record);
      } else if (record.type === recordType.documentAtom) {
        this.#addMasters(record);
      } else if (record.parent?.type === recordType.slideList) {
        (slides.at(-1)?.text ?? own).take(record);
      } else {
        own.take(record);
      }
      if (isWithin(record, recordType.externalObjects)) this.#external.take(record);
    }
    return own;
  }

  #listSlide(record: PresentationRecord): ListedSlide {
    const cursor = new ByteCursor(contentOf(this.#stream, record));
    const text = new SlideText(this.#stream, this.#budget);
    if (cursor.left < 16) return { persistId: 0, slideId: 0, text };
    const persistId = cursor.uint32();
    cursor.at = 12;
    return { persistId, slideId: cursor.uint32(), text };
  }

  /** Masters of notes and handouts are not in a list. */
  #addMasters(record: PresentationRecord): void {
    const cursor = new ByteCursor(contentOf(this.#stream, record), 24);
    if (cursor.left < 8) return;
    const masters = this.#lists.get(listKind.masters) ?? [];
    this.#lists.set(listKind.masters, masters);
    for (const persistId of [cursor.uint32(), cursor.uint32()]) {
      const text = new SlideText(this.#stream, this.#budget);
      if (persistId !== 0) masters.push({ persistId, slideId: 0, text });
    }
  }

  /** Adds to a slide what its own record says. */
  #takeText({ persistId, text }: ListedSlide): PresentationRecord | undefined {
    this.#budget.checkTime();
    const offset = this.#offsets.get(persistId);
    // A master may be listed more than once.
    if (offset !== undefined && this.#seen.has(offset)) return undefined;
    const record = this.#takeObject(persistId);
    if (record === undefined) {
      this.#sink.miss('corrupt');
      return undefined;
    }
    // Objects are beside each other; those that overlap could be walked without end.
    this.#walked += record.end - record.start;
    if (this.#walked > this.#stream.length) throw new UnreadableError('corrupt');
    text.takeAll(record.start, record.end);
    return record;
  }

  /** Finds an object; undefined when it is not there or has been taken. */
  #takeObject(persistId: number): PresentationRecord | undefined {
    const offset = this.#offsets.get(persistId);
    if (offset === undefined || this.#seen.has(offset)) return undefined;
    this.#seen.add(offset);
    return recordAt(this.#stream, offset);
  }

  /** The identifier of the slide that a page of notes is about. */
  #slideOf(notes: PresentationRecord): number {
    const atom = recordAt(this.#stream, notes.start, notes.end);
    if (atom?.type !== recordType.notesAtom || atom.end - atom.start < 4) return 0;
    return new ByteCursor(contentOf(this.#stream, atom)).uint32();
  }

  async #readExternal(): Promise<void> {
    const { objects, targets } = this.#external;
    const part = new PartWriter(this.#sink, {});
    for (const target of targets) part.writeLine(target);
    for (const { persistId, name } of objects) {
      const at = this.#offsets.get(persistId);
      if (at === undefined || this.#seen.has(at)) continue;
      this.#seen.add(at);
      const options = { at, name, sink: this.#sink, budget: this.#budget };
      await readEmbeddedObject(this.#stream, options);
    }
  }
}

/** Whether a record is in another of a type; outermost containers are few levels away. */
function isWithin(record: PresentationRecord, type: number): boolean {
  let around = record.parent;
  for (let level = 0; level < 8 && around !== undefined; level++) {
    if (around.type === type) return true;
    around = around.parent;
  }
  return false;
}
