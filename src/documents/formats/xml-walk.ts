import { SaxesParser } from 'saxes';
import type { ReadBudget } from '../read-budget.ts';
import { UnreadableError } from '../reader.ts';

/** Elements inside each other. */
const mostDepth = 2_000;
/** A document with so many faults is none. */
const mostFaults = 100;
const mostNames = 4_096;
const headBytes = 1_024;

export type XmlAttributes = Readonly<Record<string, string>>;

/**
 * Receives the elements of an XML document by their local names: prefixes are not resolved, so a
 * format's strict and transitional namespaces are the same to it.
 */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Walks an XML document (XML 1.0) as it comes. No entities but the predefined and the numeric
 * ones; a document type declaration is passed over. Gives whether it was well-formed; after a
 * fault it goes on as far as that makes sense.
 *
 * @throws {UnreadableError} `too_deep`, or `corrupt` when it is no XML at all.
 */
export async function walkXml(
  content: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  budget: ReadBudget,
): Promise<boolean> {
  const walk = new XmlWalk(handler, budget);
  for await (const chunk of content) walk.push(chunk);
  return walk.finish();
}

class XmlWalk {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  readonly #budget: ReadBudget;
  readonly #localNames = new Map<string, string>();
  #head: Uint8Array = new Uint8Array(0);
  #decoder: TextDecoder | undefined;
  #faults = 0;
  #depth = 0;
  /** Characters since the last tag: what the parser, or one that gathers a text, may be holding. */
  #held = 0;

  constructor(handler: XmlHandler, budget: ReadBudget) {
    this.#budget = budget;
    const parser = this.#parser;
    parser.on('error', () => {
      this.#faults += 1;
      if (this.#faults > mostFaults) throw new UnreadableError('corrupt');
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.#held = 0;
      this.#depth += 1;
      if (this.#depth > mostDepth) throw new UnreadableError('too_deep');
      handler.open(this.#localName(name), attributes);
    });
    parser.on('closetag', ({ name }) => {
      this.#held = 0;
      this.#depth -= 1;
      handler.close(this.#localName(name));
    });
    parser.on('text', (text) => handler.text(text));
    parser.on('cdata', (text) => handler.text(text));
  }

  push(chunk: Uint8Array): void {
    this.#budget.checkTime();
    if (this.#decoder !== undefined) {
      this.#write(this.#decoder.decode(chunk, { stream: true }));
      return;
    }
    this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= headBytes) this.#startDecoding();
    else this.#head = Uint8Array.from(this.#head);
  }

  finish(): boolean {
    if (this.#decoder === undefined) this.#startDecoding();
    this.#write(this.#decoder?.decode() ?? '');
    this.#parser.close();
    return this.#faults === 0;
  }

  #startDecoding(): void {
    this.#decoder = new TextDecoder(xmlEncoding(this.#head));
    const head = this.#head;
    this.#head = new Uint8Array(0);
    this.#write(this.#decoder.decode(head, { stream: true }));
  }

  #write(text: string): void {
    if (text === '') return;
    this.#held += text.length;
    this.#budget.checkHeld(2 * this.#held);
    this.#parser.write(text);
  }

  #localName(name: string): string {
    const known = this.#localNames.get(name);
    if (known !== undefined) return known;
    const local = name.slice(name.indexOf(':') + 1);
    if (this.#localNames.size < mostNames) this.#localNames.set(name, local);
    return local;
  }
}

/** The encoding by byte order mark, else by the declaration (XML 1.0, appendix F). */
function xmlEncoding(head: Uint8Array): string {
  const [first = 0, second = 0] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const latin = Buffer.from(head.subarray(0, headBytes)).toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    latin,
  );
  try {
    // A declaration that can be read in bytes does not tell of UTF-16.
    const encoding = new TextDecoder(declared?.[1] ?? 'utf-8').encoding;
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return 'utf-8';
  }
}

/** An attribute by its local name, whatever its prefix. */
export function attributeOf(attributes: XmlAttributes, local: string): string | undefined {
  const plain = attributes[local];
  if (plain !== undefined) return plain;
  for (const name in attributes) {
    if (name.endsWith(local) && name[name.length - local.length - 1] === ':')
      return attributes[name];
  }
  return undefined;
}

/** An attribute with a prefix only: `r:id` stands beside an `id` of the element itself. */
export function prefixedAttributeOf(attributes: XmlAttributes, local: string): string | undefined {
  for (const name in attributes) {
    if (name.endsWith(`:${local}`)) return attributes[name];
  }
  return undefined;
}
