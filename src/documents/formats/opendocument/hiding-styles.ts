import { attributeOf, type XmlAttributes } from '../xml-walk.ts';

const mostStyles = 100_000;

/** Remembers which styles hide what they are put on (OpenDocument 1.3, part 3, 16 and 20). */
export class HidingStyles {
  readonly #hiding = new Set<string>();
  #style = '';

  /** To be called for each element that opens. */
  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style') {
      this.#style = styleKey(attributeOf(attributes, 'family'), attributeOf(attributes, 'name'));
      return;
    }
    const isHiding =
      (name === 'text-properties' && attributeOf(attributes, 'display') === 'none') ||
      (name === 'table-properties' && attributeOf(attributes, 'display') === 'false') ||
      (name === 'drawing-page-properties' && attributeOf(attributes, 'visibility') === 'hidden');
    if (isHiding && this.#hiding.size < mostStyles) this.#hiding.add(this.#style);
  }

  hides(
    family: 'text' | 'paragraph' | 'table' | 'drawing-page',
    name: string | undefined,
  ): boolean {
    return name !== undefined && this.#hiding.has(styleKey(family, name));
  }
}

function styleKey(family = '', name = ''): string {
  return `${family} ${name}`;
}
