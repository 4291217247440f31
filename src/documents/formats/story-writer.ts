import type { DocumentSink, Location, Section } from '../reader.ts';

/** Stories beside the body are held up to so many characters, all together. */
const mostHeldCharacters = 4_194_304;
/** What a piece takes beside its characters. */
const pieceOverhead = 32;
/** Text of the body is handed on in pieces of about so many characters. */
const pieceCharacters = 8_192;

interface Piece {
  text: string;
  cell: string | undefined;
}

interface Story {
  pieces: Piece[];
  last: string;
}

/**
 * Puts the stories of a document that its format interleaves – body, notes, comments, what was
 * deleted or is hidden – into parts of their own: the body as it comes, the others after it, so
 * that a note does not divide the sentence it stands in.
 */
export class StoryWriter {
  readonly #sink: DocumentSink;
  #location: Location;
  readonly #stories = new Map<Section, Story>();
  #heldCharacters = 0;
  #open = '';
  #isStarted = false;
  #lastBody = '\n';
  /** The story that was written to last; undefined is the body. */
  #current: Section | undefined;

  constructor(sink: DocumentSink, location: Location = {}) {
    this.#sink = sink;
    this.#location = location;
  }

  /** Changes where the body is; for what comes from here on. */
  moveTo(location: Location): void {
    this.interrupt();
    this.#location = location;
  }

  /**
   * Text of the body, or of another story; text of a story after text of another is a new line.
   * With `cell`, text of another story is beside that cell.
   */
  write(text: string, section?: Section, cell?: string): void {
    if (text === '') return;
    if (section === undefined) {
      this.#current = undefined;
      this.#lastBody = text.at(-1) ?? '\n';
      this.#open += text;
      if (this.#open.length >= pieceCharacters) this.#handOn();
      return;
    }
    const story = this.#storyOf(section);
    if (this.#current !== section && story.last !== '\n')
      story.pieces.push({ text: '\n', cell: undefined });
    this.#current = section;
    story.pieces.push({ text, cell });
    story.last = text.at(-1) ?? '\n';
    this.#heldCharacters += text.length + pieceOverhead;
    if (this.#heldCharacters > mostHeldCharacters) this.#spill();
  }

  /** Text of a cell of the body, which is told by its name (`B7`). */
  writeCell(text: string, cell: string): void {
    this.#handOn();
    this.#start();
    this.#sink.write(text, cell);
    this.#lastBody = text.at(-1) ?? this.#lastBody;
    this.#current = undefined;
  }

  /** Ends the line of a story when there is anything on it. */
  endLine(section?: Section): void {
    if (section === undefined) {
      if (this.#lastBody !== '\n') this.write('\n');
      return;
    }
    const story = this.#stories.get(section);
    if (story === undefined || story.last === '\n') return;
    story.pieces.push({ text: '\n', cell: undefined });
    story.last = '\n';
  }

  /** Hands on what there is of the body; what follows is in a part of its own. */
  interrupt(): void {
    this.#handOn();
    this.#isStarted = false;
  }

  /** Hands on what is left of the body, then the other stories, each as a part. */
  finish(): void {
    this.endLine();
    this.#handOn();
    this.#spill();
  }

  #storyOf(section: Section): Story {
    let story = this.#stories.get(section);
    if (story === undefined) {
      story = { pieces: [], last: '\n' };
      this.#stories.set(section, story);
    }
    return story;
  }

  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#sink.startPart(this.#location);
  }

  #handOn(): void {
    if (this.#open === '') return;
    this.#start();
    // Half a character would be lost.
    const end = this.#open.length - (isHighSurrogate(this.#open) ? 1 : 0);
    this.#sink.write(this.#open.slice(0, end));
    this.#open = this.#open.slice(end);
  }

  #spill(): void {
    for (const [section, { pieces, last }] of this.#stories) {
      if (pieces.length === 0) continue;
      this.#handOn();
      this.#sink.startPart({ ...this.#location, section });
      for (const { text, cell } of pieces) this.#sink.write(text, cell);
      if (last !== '\n') this.#sink.write('\n');
      this.#isStarted = false;
    }
    this.#stories.clear();
    this.#heldCharacters = 0;
  }
}

function isHighSurrogate(text: string): boolean {
  const unit = text.charCodeAt(text.length - 1);
  return unit >= 0xd800 && unit <= 0xdbff;
}
