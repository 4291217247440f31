import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Location } from '../../reader.ts';
import { decodeUtf16 } from '../ole/byte-cursor.ts';
import { PartWriter } from '../ole/part-writer.ts';
import {
  contentOf,
  type PresentationRecord,
  recordType,
  walkRecords,
} from './presentation-records.ts';

/** What a slide, a page of notes or a master says. */
export class SlideText {
  readonly #stream: Uint8Array;
  readonly #budget: ReadBudget;
  readonly #body: string[] = [];
  readonly #headers: string[] = [];
  readonly #footers: string[] = [];
  readonly #comments: string[] = [];
  isHidden = false;

  constructor(stream: Uint8Array, budget: ReadBudget) {
    this.#stream = stream;
    this.#budget = budget;
  }

  /** Takes all text between two offsets. */
  takeAll(start: number, end: number): void {
    const budget = this.#budget;
    for (const record of walkRecords(this.#stream, { start, end, budget })) this.take(record);
  }

  take(record: PresentationRecord): void {
    switch (record.type) {
      case recordType.textChars:
        this.#body.push(cleanText(decodeUtf16(contentOf(this.#stream, record))));
        break;
      case recordType.textBytes:
        this.#body.push(cleanText(Buffer.from(contentOf(this.#stream, record)).toString('latin1')));
        break;
      case recordType.string:
        this.#takeString(record);
        break;
      case recordType.slideShowInfo:
        this.isHidden ||= ((this.#stream[record.start + 10] ?? 0) & 4) !== 0;
        break;
    }
  }

  write(sink: DocumentSink, location: Location): void {
    const isHidden = this.isHidden && location.section === undefined;
    const body: Location = isHidden ? { ...location, section: 'hidden' } : location;
    writeLines(sink, { location: body, lines: this.#body });
    writeLines(sink, { location: { ...location, section: 'comment' }, lines: this.#comments });
    writeLines(sink, { location: { ...location, section: 'header' }, lines: this.#headers });
    writeLines(sink, { location: { ...location, section: 'footer' }, lines: this.#footers });
  }

  /** A string means what the record around it makes of it ([MS-PPT] 2.4.15.2, 2.5.22). */
  #takeString(record: PresentationRecord): void {
    const around = record.parent?.type;
    if (around === recordType.comment) {
      if (record.instance > 1) return;
      this.#comments.push(this.#stringOf(record));
    } else if (around === recordType.headersFooters) {
      const lines = record.instance === 2 ? this.#footers : this.#headers;
      lines.push(this.#stringOf(record));
    }
  }

  #stringOf(record: PresentationRecord): string {
    return cleanText(decodeUtf16(contentOf(this.#stream, record)));
  }
}

function writeLines(
  sink: DocumentSink,
  { location, lines }: { location: Location; lines: readonly string[] },
): void {
  const part = new PartWriter(sink, location);
  for (const line of lines) part.writeLine(line);
}

/** Paragraphs end in CR, lines in VT; `*` stands in for fields such as the slide's number. */
export function cleanText(text: string): string {
  return text.replace(/[\r\v]/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}
