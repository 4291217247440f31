import { SaxesParser } from 'saxes';
import type { ReadBudget } from '../read-budget.ts';
import { UnreadableError } from '../reader.ts';

/** What happens in an XML document; names come without their prefixes. */
export interface XmlHandler {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  text(text: string): void;
  close(name: string): void;
}

const mostDepth = 10_000;
/** A text or a tag may be so long. */
const mostTokenCharacters = 33_554_432;
const pushCharacters = 65_536;

/**
 * Reads XML as it comes. No entities but those of XML itself are known and nothing is fetched.
 * What is not well-formed is passed over as far as that goes, and told by `isWellFormed`.
 */
export class XmlEvents {
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  readonly #budget: ReadBudget;
  #depth = 0;
  #sinceEvent = 0;
  isWellFormed = true;

  constructor(handler: XmlHandler, budget: ReadBudget) {
    this.#budget = budget;
    const parser = this.#parser;
    parser.on('error', () => {
      this.isWellFormed = false;
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.#sinceEvent = 0;
      this.#depth += 1;
      if (this.#depth > mostDepth) throw new UnreadableError('too_deep');
      const named = Object.entries(attributes).map(([key, value]) => [localName(key), value]);
      handler.open(localName(name), new Map(named as [string, string][]));
    });
    const onText = (text: string): void => {
      this.#sinceEvent = 0;
      handler.text(text);
    };
    parser.on('text', onText);
    parser.on('cdata', onText);
    parser.on('closetag', ({ name }) => {
      this.#depth -= 1;
      handler.close(localName(name));
    });
  }

  push(xml: string): void {
    for (let at = 0; at < xml.length; at += pushCharacters) {
      this.#budget.checkTime();
      this.#sinceEvent += pushCharacters;
      if (this.#sinceEvent > mostTokenCharacters) throw new UnreadableError('too_large');
      this.#parser.write(xml.slice(at, at + pushCharacters));
    }
  }

  finish(): void {
    this.#parser.close();
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
