import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Reader, UnreadableError } from '../../reader.ts';
import { StoryWriter } from '../story-writer.ts';
import { walkXml, type XmlHandler } from '../xml-walk.ts';
import { ZipArchive, type ZipEntry } from '../zip-archive.ts';
import { OdfManifest } from './odf-manifest.ts';
import { OdfStyles } from './odf-styles.ts';
import { OdfText } from './odf-text.ts';

/** Streams that hold text, of the document and of the objects in it, in the order they are read. */
const streams = ['styles.xml', 'content.xml', 'meta.xml'];
/** Pictures of pixels; others are drawn from what is text elsewhere. */
const picture = /^(?:Pictures|media)\/.*\.(?:png|jpe?g|gif|bmp|tiff?|webp)$/i;
/** Pictures, what programs keep for themselves, and what says how the package is made. */
const silent =
  /^(?:Pictures|Thumbnails|Configurations2|ObjectReplacements|media)\/|^(?:mimetype|layout-cache)$|(?:^|\/)(?:settings|manifest|dialog-lb|script-lb|script-lc|dialog-lc)\.(?:xml|rdf)$|\/$/;

/**
 * OpenDocument (ISO/IEC 26300, OpenDocument 1.3): text, sheets, slides and drawings, their
 * templates, and objects embedded in them.
 */
export const readOpenDocument: Reader = async (source, sink, { budget, mediaType }) => {
  const bytes = await source.readAll();
  const archive = await ZipArchive.open(bytes, budget);
  if (archive.problem !== null) sink.miss(archive.problem);
  await new OdfReading(archive, sink, budget).read(stylesOf(mediaType));
};

/** OpenDocument in a single XML file (OpenDocument 1.3, part 3, 3.1.2). */
export const readFlatOpenDocument: Reader = async (source, sink, { budget, mediaType }) => {
  const styles = stylesOf(mediaType);
  const text = new OdfText(sink, budget, styles);
  const isSound = await walkXml(source.stream(), text, budget);
  text.finish();
  writeUnusedMarginals(sink, styles);
  if (!isSound) sink.miss('corrupt');
};

/** Headers and footers of a spreadsheet belong to its sheets; of a text they are its own. */
function stylesOf(mediaType: string): OdfStyles {
  return new OdfStyles({ keepsMarginals: /spreadsheet|calc/.test(mediaType) });
}

function writeUnusedMarginals(sink: DocumentSink, styles: OdfStyles): void {
  const stories = new StoryWriter(sink);
  for (const { section, text } of styles.unusedMarginals()) stories.write(text, section);
  stories.finish();
}

class OdfReading {
  readonly #archive: ZipArchive;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  readonly #manifest = new OdfManifest();
  readonly #taken = new Set<ZipEntry>();

  constructor(archive: ZipArchive, sink: DocumentSink, budget: ReadBudget) {
    this.#archive = archive;
    this.#sink = sink;
    this.#budget = budget;
  }

  async read(styles: OdfStyles): Promise<void> {
    const manifest = this.#archive.find('META-INF/manifest.xml');
    if (manifest !== undefined) await this.#walk(manifest, this.#manifest);
    if (this.#manifest.encrypted.size > 0) this.#sink.miss('encrypted');
    for (const name of streams) {
      const entry = this.#archive.find(name);
      if (entry !== undefined) await this.#readText(entry, styles);
      else if (name === 'content.xml') this.#sink.miss(this.#missing());
    }
    for (const entry of [...this.#archive.entries, ...this.#archive.unlisted]) {
      this.#budget.checkTime();
      if (this.#taken.has(entry)) continue;
      if (picture.test(entry.name)) await this.#readPicture(entry);
      else if (!silent.test(entry.name)) await this.#readRest(entry);
    }
    writeUnusedMarginals(this.#sink, styles);
  }

  #missing(): 'encrypted' | 'corrupt' {
    return this.#archive.find('encrypted-package') === undefined ? 'corrupt' : 'encrypted';
  }

  async #readRest(entry: ZipEntry): Promise<void> {
    const { name } = entry;
    const isObject = streams.some((stream) => name.endsWith(`/${stream}`));
    if (isObject || /^(?:Basic|Dialogs)\/.*\.xml$/.test(name)) {
      await this.#readText(entry, new OdfStyles({ keepsMarginals: false }));
    } else if (this.#isEncrypted(entry)) {
      this.#sink.miss('encrypted');
    } else {
      await this.#sink.readInner(name, this.#archive.stream(entry));
    }
  }

  async #readPicture(entry: ZipEntry): Promise<void> {
    if (this.#isEncrypted(entry)) this.#sink.miss('encrypted');
    else await this.#sink.readPicture(entry.name, this.#archive.stream(entry));
  }

  async #readText(entry: ZipEntry, styles: OdfStyles): Promise<void> {
    if (this.#isEncrypted(entry)) {
      this.#taken.add(entry);
      return;
    }
    const text = new OdfText(this.#sink, this.#budget, styles);
    await this.#walk(entry, text);
    text.finish();
  }

  /** Walks a stream; a fault ends the stream, not the document. */
  async #walk(entry: ZipEntry, handler: XmlHandler): Promise<void> {
    this.#taken.add(entry);
    try {
      const isSound = await walkXml(this.#archive.stream(entry), handler, this.#budget);
      if (!isSound) this.#sink.miss('corrupt');
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#sink.miss(error.problem);
      this.#budget.checkTime();
    }
  }

  #isEncrypted({ name }: ZipEntry): boolean {
    return this.#manifest.encrypted.has(name);
  }
}
