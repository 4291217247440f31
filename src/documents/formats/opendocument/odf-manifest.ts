import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';

/** Reads META-INF/manifest.xml (OpenDocument 1.3, part 2, 4): which files are encrypted, and types. */
export class OdfManifest implements XmlHandler {
  readonly encrypted = new Set<string>();
  readonly mediaTypes = new Map<string, string>();
  #path = '';

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'file-entry') {
      this.#path = attributeOf(attributes, 'full-path') ?? '';
      this.mediaTypes.set(this.#path, attributeOf(attributes, 'media-type') ?? '');
    } else if (name === 'encryption-data') {
      this.encrypted.add(this.#path);
    }
  }

  close(): void {}

  text(): void {}
}
