import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';

const mostEntries = 100_000;

/** Reads META-INF/manifest.xml (OpenDocument 1.3, part 2, 4): which files are encrypted. */
export class OdfManifest implements XmlHandler {
  readonly encrypted = new Set<string>();
  #path = '';

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'file-entry') {
      this.#path = attributeOf(attributes, 'full-path') ?? '';
    } else if (name === 'encryption-data' && this.encrypted.size < mostEntries) {
      this.encrypted.add(this.#path);
    }
  }

  close(): void {}

  text(): void {}
}
