import type { DocumentSink, Location } from '../../reader.ts';
import { PartWriter } from '../ole/part-writer.ts';
import type { Aside } from './character-properties.ts';

/** Writes a story as a part, and what was deleted from it or is hidden in it as parts after it. */
export class StoryText {
  readonly #sink: DocumentSink;
  readonly #location: Location;
  readonly #part: PartWriter;
  readonly #asides = new Map<Aside, { pieces: string[]; end: number }>();

  constructor(sink: DocumentSink, location: Location) {
    this.#sink = sink;
    this.#location = location;
    this.#part = new PartWriter(sink, location);
  }

  write(text: string): void {
    this.#part.write(text);
  }

  /** `position` tells whether it goes on where the last such text has ended. */
  writeAside(text: string, { aside, position }: { aside: Aside; position: number }): void {
    const story = this.#asides.get(aside) ?? { pieces: [], end: position };
    this.#asides.set(aside, story);
    if (story.end !== position) story.pieces.push('\n');
    // Marks of notes and pictures are no text.
    story.pieces.push(text.replace(/[^\P{Cc}\n\t]/gu, ''));
    story.end = position + text.length;
  }

  finish(): void {
    for (const [section, { pieces }] of this.#asides) {
      const part = new PartWriter(this.#sink, { ...this.#location, section });
      for (const piece of pieces) part.write(piece);
      part.write('\n');
    }
  }
}
