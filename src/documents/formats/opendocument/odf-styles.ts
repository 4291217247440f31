import { attributeOf, type XmlAttributes } from '../xml-walk.ts';

const mostStyles = 100_000;
const mostMarginalCharacters = 4_194_304;

/** A header or footer of a master page. */
export interface Marginal {
  section: 'header' | 'footer';
  text: string;
  isUsed: boolean;
}

/**
 * What styles tell of text: whether they hide what they are put on, and which headers and footers
 * a sheet is printed with (OpenDocument 1.3, part 3, 16 and 20).
 */
export class OdfStyles {
  readonly #hiding = new Set<string>();
  readonly #masters = new Map<string, string>();
  readonly #marginals = new Map<string, Marginal[]>();
  #marginalCharacters = 0;
  #style = '';
  /** Whether headers and footers are kept for the sheets that have them. */
  readonly keepsMarginals: boolean;

  constructor({ keepsMarginals }: { keepsMarginals: boolean }) {
    this.keepsMarginals = keepsMarginals;
  }

  /** To be called for each element that opens. */
  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style') {
      this.#style = styleKey(attributeOf(attributes, 'family'), attributeOf(attributes, 'name'));
      const master = attributeOf(attributes, 'master-page-name');
      if (master && this.#masters.size < mostStyles) this.#masters.set(this.#style, master);
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

  /** Keeps a header or footer of a master page; false when it is too much. */
  keepMarginal(master: string, { section, text }: Omit<Marginal, 'isUsed'>): boolean {
    this.#marginalCharacters += text.length;
    if (this.#marginalCharacters > mostMarginalCharacters) return false;
    const marginals = this.#marginals.get(master) ?? [];
    marginals.push({ section, text, isUsed: false });
    this.#marginals.set(master, marginals);
    return true;
  }

  /** The headers and footers of a sheet by the name of its style. */
  marginalsOf(tableStyle: string | undefined): readonly Marginal[] {
    const master = this.#masters.get(styleKey('table', tableStyle));
    return this.#marginals.get(master ?? 'Default') ?? [];
  }

  unusedMarginals(): readonly Marginal[] {
    return [...this.#marginals.values()].flat().filter(({ isUsed }) => !isUsed);
  }
}

function styleKey(family = '', name = ''): string {
  return `${family} ${name}`;
}
