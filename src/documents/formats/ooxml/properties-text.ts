import type { StoryWriter } from '../story-writer.ts';
import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';

/** Properties that tell of the file's form only. */
const formal = new Set([
  'HeadingPairs',
  'ScaleCrop',
  'LinksUpToDate',
  'SharedDoc',
  'HyperlinksChanged',
  'DocSecurity',
  'DigSig',
]);

/**
 * Properties of a document, core (ISO/IEC 29500-2, 11), extended and custom (29500-1, 22.2 and
 * 22.3): each value a line, after its name.
 */
export class PropertiesText implements XmlHandler {
  readonly #stories: StoryWriter;
  #depth = 0;
  #name = '';
  #text = '';

  constructor(stories: StoryWriter) {
    this.#stories = stories;
  }

  open(name: string, attributes: XmlAttributes): void {
    this.#depth += 1;
    this.#text = '';
    if (this.#depth !== 2) return;
    this.#name = name === 'property' ? (attributeOf(attributes, 'name') ?? name) : name;
  }

  close(): void {
    const text = this.#text.trim();
    if (text !== '' && !formal.has(this.#name)) {
      this.#stories.write(`${this.#name}: ${text}\n`);
    }
    this.#text = '';
    this.#depth -= 1;
  }

  text(text: string): void {
    this.#text += text;
  }
}
