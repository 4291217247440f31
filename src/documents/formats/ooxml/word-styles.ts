import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';
import type { ListPlace } from './list-numbering.ts';

const mostStyles = 50_000;
const mostInherited = 50;

interface Style {
  basedOn: string | undefined;
  list: string | undefined;
  level: number | undefined;
}

/** Reads from styles.xml (ISO/IEC 29500-1, 17.7) which styles put paragraphs into lists. */
export class WordStyles implements XmlHandler {
  readonly #styles = new Map<string, Style>();
  #style: Style | undefined;

  open(name: string, attributes: XmlAttributes): void {
    const value = attributeOf(attributes, 'val') ?? '';
    if (name === 'style') {
      this.#style = { basedOn: undefined, list: undefined, level: undefined };
      if (this.#styles.size < mostStyles) {
        this.#styles.set(attributeOf(attributes, 'styleId') ?? '', this.#style);
      }
    } else if (this.#style === undefined) {
      return;
    } else if (name === 'basedOn') {
      this.#style.basedOn = value;
    } else if (name === 'numId') {
      this.#style.list = value;
    } else if (name === 'ilvl') {
      this.#style.level = Number.parseInt(value, 10);
    }
  }

  close(name: string): void {
    if (name === 'style') this.#style = undefined;
  }

  text(): void {}

  /** The list that a style puts its paragraphs into, itself or by a style it is based on. */
  listOf(id: string): ListPlace | undefined {
    let level: number | undefined;
    let style = this.#styles.get(id);
    for (let n = 0; style !== undefined && n < mostInherited; n++) {
      level ??= style.level;
      if (style.list !== undefined) return { list: style.list, level: level ?? 0 };
      style = style.basedOn === undefined ? undefined : this.#styles.get(style.basedOn);
    }
    return undefined;
  }
}
