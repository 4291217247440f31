import type { Section } from '../reader.ts';
import type { StoryWriter } from './story-writer.ts';

/** Text set aside is held up to so many characters; then it goes where it is. */
const mostHeldCharacters = 4_194_304;

interface Aside {
  kind: 'box' | 'branch';
  text: string;
}

/** Renderings of the same thing that have ended. */
interface Alternatives {
  branches: string[];
}

/**
 * Lays the text of one story out as lines: paragraphs apart, cells of a row divided by tabs. Text
 * boxes stand after the paragraph they are anchored in, and of two renderings of the same thing
 * the second is left out when it says the same.
 */
export class StoryLayout {
  readonly #stories: StoryWriter;
  readonly #section: Section | undefined;
  readonly #cell: string | undefined;
  readonly #asides: Aside[] = [];
  readonly #alternatives: Alternatives[] = [];
  #boxDepth = 0;
  /** Finished text boxes, until their paragraph ends. */
  #boxes = '';
  #heldCharacters = 0;
  #cellDepth = 0;
  /** A paragraph has ended in a cell: a break only when another comes. */
  #isBreakDue = false;
  #lastCharacter = '\n';

  /** With a section, of that story; with a cell, what is beside that cell, such as its comment. */
  constructor(stories: StoryWriter, section?: Section, cell?: string) {
    this.#stories = stories;
    this.#section = section;
    this.#cell = cell;
  }

  write(text: string): void {
    if (text === '') return;
    if (this.#isBreakDue) {
      this.#isBreakDue = false;
      this.#put('\n');
    }
    this.#put(text);
  }

  endParagraph(): void {
    const isInBox = this.#boxDepth > 0;
    if (this.#cellDepth > 0 && !isInBox) {
      this.#isBreakDue = true;
    } else if (this.#lastCharacter !== '\n') {
      this.#put('\n');
    }
    if (!isInBox) this.#writeBoxes();
  }

  startCell(): void {
    this.#cellDepth += 1;
    this.#isBreakDue = false;
  }

  endCell(): void {
    this.#cellDepth = Math.max(0, this.#cellDepth - 1);
    this.#isBreakDue = false;
    this.#put('\t');
  }

  endRow(): void {
    this.#isBreakDue = this.#cellDepth > 0;
    if (!this.#isBreakDue) this.#put('\n');
  }

  startBox(): void {
    this.#boxDepth += 1;
    this.#asides.push({ kind: 'box', text: '' });
  }

  endBox(): void {
    const box = this.#asides.pop();
    if (box?.kind === 'box') this.#boxDepth -= 1;
    if (box === undefined || box.text.trim() === '') return;
    const text = box.text.endsWith('\n') ? box.text : `${box.text}\n`;
    const outer = this.#asides.at(-1);
    // In one of several renderings it is part of what is compared.
    if (outer !== undefined) outer.text += `\n${text}`;
    else this.#boxes += text;
  }

  /** Starts to set text aside that is taken by `endBranch`. */
  startBranch(): void {
    this.#asides.push({ kind: 'branch', text: '' });
  }

  endBranch(): string {
    return this.#asides.pop()?.text ?? '';
  }

  startAlternatives(): void {
    this.#alternatives.push({ branches: [] });
  }

  /** Ends one of several renderings. */
  endAlternative(): void {
    const text = this.endBranch();
    this.#alternatives.at(-1)?.branches.push(text);
  }

  /** Writes the renderings of the same thing; one that says the same as another is left out. */
  endAlternatives(): void {
    const seen = new Set<string>();
    for (const branch of this.#alternatives.pop()?.branches ?? []) {
      const plain = branch.replace(/\s+/g, '');
      if (plain === '' || seen.has(plain)) continue;
      seen.add(plain);
      if (branch.startsWith('\n') && this.#asides.length === 0) this.#boxes += branch.slice(1);
      else this.write(branch);
    }
  }

  finish(): void {
    while (this.#asides.length > 0) this.endBox();
    this.#isBreakDue = false;
    this.#writeBoxes();
  }

  #put(text: string): void {
    this.#lastCharacter = text.at(-1) ?? '\n';
    const aside = this.#asides.at(-1);
    if (aside === undefined) {
      this.#stories.write(text, this.#section, this.#cell);
      return;
    }
    aside.text += text;
    this.#heldCharacters += text.length;
    if (this.#heldCharacters > mostHeldCharacters) this.#letGo();
  }

  #letGo(): void {
    for (const { branches } of this.#alternatives) {
      for (const branch of branches.splice(0))
        this.#stories.write(branch, this.#section, this.#cell);
    }
    for (const aside of this.#asides) {
      this.#stories.write(aside.text, this.#section, this.#cell);
      aside.text = '';
    }
    this.#stories.write(this.#boxes, this.#section, this.#cell);
    this.#boxes = '';
    this.#heldCharacters = 0;
  }

  #writeBoxes(): void {
    if (this.#asides.length > 0) return;
    const boxes = this.#boxes;
    this.#boxes = '';
    this.#heldCharacters = 0;
    if (boxes === '') return;
    if (this.#lastCharacter !== '\n') this.#put('\n');
    this.#put(boxes);
  }
}
