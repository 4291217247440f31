import { OPS } from 'unpdf/pdfjs';
import { type Reader, UnreadableError } from '../../reader.ts';
import { checkStreams, type PdfImages } from './check-streams.ts';
import { fieldOf } from './library-values.ts';
import { type OpenedPdf, openPdf, type PdfPage } from './open-pdf.ts';
import { PageText, type TextRun } from './page-text.ts';
import { readAnnotations } from './read-annotations.ts';
import {
  type DetailContext,
  readAttachments,
  readFormFields,
  readMetadata,
  readOutline,
  readScripts,
} from './read-details.ts';
import { readXfa } from './read-xfa.ts';

/**
 * PDF (ISO 32000): a part a page with the page's annotations after it, and parts for metadata,
 * bookmarks, form fields and scripts. A page that shows images and has no text at all was not read:
 * `unsupported:image`; with `ocr` the JPEG images of the file are documents inside it then, and when
 * there are no others it was read. What is broken is left out and missed; the rest is read.
 */
export const readPdf: Reader = async (source, sink, { budget, ocr }) => {
  const whole = skipJunk(await source.readAll());
  const isTruncated = !hasEnd(whole);
  const data = isTruncated ? withTrailer(whole) : whole;
  const { images, xfa } = await checkStreams(data, { budget, keepsJpegs: ocr });
  const opened = await openPdf(data, { leniently: false });
  const reading = new PdfReading(opened, { sink, budget, images });
  try {
    await reading.readDetails([readMetadata, readOutline]);
    await reading.readPages();
    await reading.readImages();
    await reading.readForm(xfa);
    await reading.readDetails([readScripts, readAttachments]);
    if (opened.lacksCharacters()) sink.miss('unsupported:cmap');
    if (isTruncated) sink.miss('corrupt');
  } finally {
    await reading.close();
  }
};

/** Offsets in the file count from its header. */
function skipJunk(data: Uint8Array): Uint8Array {
  const at = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, 1_100)).indexOf(
    '%PDF-',
  );
  return at > 0 ? data.subarray(at) : data;
}

/** The end of a file tells where its objects are; some junk after it is common. */
function hasEnd(data: Uint8Array): boolean {
  const end = Buffer.from(data.buffer, data.byteOffset, data.byteLength).subarray(-8_192);
  return end.includes('startxref');
}

type ReadDetail = (document: OpenedPdf['document'], context: DetailContext) => Promise<void>;

/**
 * Without a trailer the library does not know where to begin. The objects are found by themselves;
 * the catalogue may be any of them.
 */
function withTrailer(data: Uint8Array): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const catalogAt = bytes.indexOf('/Catalog');
  const before = bytes.toString('latin1', Math.max(0, catalogAt - 1_024), Math.max(0, catalogAt));
  const [, root] = /.*\b(\d{1,10} \d{1,5}) obj\b/s.exec(before) ?? [];
  if (root === undefined) return data;
  const trailer = Buffer.from(`\ntrailer\n<</Root ${root} R>>\nstartxref\n0\n%%EOF`);
  const repaired = new Uint8Array(data.length + trailer.length);
  repaired.set(data);
  repaired.set(trailer, data.length);
  return repaired;
}

interface PageContext extends DetailContext {
  /** Of the whole file. */
  images: PdfImages;
}

class PdfReading {
  readonly #opened: OpenedPdf;
  readonly #context: PageContext;
  /** The same once more, when a page is broken. */
  #lenient: OpenedPdf | undefined;
  /** Whether there is a page of images without text. */
  #isOfImages = false;
  /** How long pages were searched for, in milliseconds. */
  #searched = 0;

  constructor(opened: OpenedPdf, context: PageContext) {
    this.#opened = opened;
    this.#context = context;
  }

  async readDetails(readers: readonly ReadDetail[]): Promise<void> {
    for (const read of readers) {
      await this.#try(() => read(this.#opened.document, this.#context));
    }
  }

  async readForm(xfa: readonly Uint8Array[]): Promise<void> {
    let known: ReadonlySet<string> = new Set();
    await this.#try(async () => {
      known = await readFormFields(this.#opened.document, this.#context);
    });
    readXfa(xfa, { ...this.#context, known });
    const { info } = await this.#opened.document.getMetadata();
    // Those of an encrypted file are not seen before it is open.
    if (fieldOf(info, 'IsXFAPresent') === true && xfa.length === 0 && known.size === 0) {
      this.#context.sink.miss('unsupported:xfa');
    }
  }

  async readPages(): Promise<void> {
    const { sink, budget } = this.#context;
    const { numPages } = this.#opened.document;
    for (let number = 1; number <= numPages; number++) {
      budget.checkTime();
      if (number > budget.limits.pages || this.#searched > mostSearchMilliseconds) {
        sink.miss('too_many');
        return;
      }
      await this.#try(() => this.#readPage(number));
    }
  }

  /** Reads what pages without text may show. */
  async readImages(): Promise<void> {
    if (!this.#isOfImages) return;
    const { sink, images, budget } = this.#context;
    for (const [index, jpeg] of images.jpegs.entries()) {
      budget.checkTime();
      await sink.readPicture(`image ${index + 1}.jpg`, jpeg);
    }
  }

  async close(): Promise<void> {
    await this.#opened.close();
    await this.#lenient?.close();
  }

  /** What is broken in one place says nothing of another. */
  async #try(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (error instanceof UnreadableError) throw error;
      this.#context.sink.miss(this.#opened.lacksCharacters() ? 'unsupported:cmap' : 'corrupt');
    }
  }

  async #readPage(number: number): Promise<void> {
    const { document } = this.#opened;
    const before = performance.now();
    const page = await document.getPage(number);
    this.#searched += performance.now() - before;
    try {
      const hasText = await this.#readText(page);
      if (!hasText) await this.#lookForUnread(page);
      await this.#try(() => readAnnotations(page, { ...this.#context, document }));
    } finally {
      page.cleanup();
    }
  }

  /** Returns whether there was any. */
  async #readText(page: PdfPage): Promise<boolean> {
    const { sink } = this.#context;
    const { pageNumber } = page;
    let isStarted = false;
    const text = new PageText((piece) => {
      if (!isStarted) sink.startPart({ page: pageNumber });
      isStarted = true;
      sink.write(piece);
    });
    let taken = 0;
    try {
      await this.#try(async () => {
        for await (const run of this.#runsOf(page)) {
          text.add(run);
          taken++;
        }
        taken = Number.POSITIVE_INFINITY;
      });
      if (taken !== Number.POSITIVE_INFINITY) await this.#readBrokenPage(pageNumber, text, taken);
    } finally {
      text.finish();
    }
    return text.hasText;
  }

  /** Goes on where the text of a page broke off, with what can be read after it. */
  async #readBrokenPage(number: number, text: PageText, taken: number): Promise<void> {
    this.#lenient ??= await openPdf(await this.#opened.document.getData(), { leniently: true });
    const page = await this.#lenient.document.getPage(number);
    let skipped = 0;
    try {
      for await (const run of this.#runsOf(page)) {
        if (skipped === taken) text.add(run);
        else skipped++;
      }
    } finally {
      page.cleanup();
    }
  }

  /** Tells why a page without text may not be empty, if anything speaks for it. */
  async #lookForUnread(page: PdfPage): Promise<void> {
    const { sink, images } = this.#context;
    const { fnArray, argsArray } = await page.getOperatorList();
    const isUnread = fnArray.some(
      (operator, index) => operator === OPS.showText && isUnreadText(argsArray[index]),
    );
    if (isUnread) {
      sink.miss(this.#opened.lacksCharacters() ? 'unsupported:cmap' : 'unsupported:font');
      return;
    }
    if (!images.hasLarge && !fnArray.some((operator) => imageOperators.has(operator))) return;
    this.#isOfImages = true;
    const hasInline = fnArray.some((operator) => inlineOperators.has(operator));
    const isKept = images.jpegs.length > 0 && !images.hasOthers && !images.hasLarge && !hasInline;
    if (isKept) return;
    sink.tellPicture(false);
    sink.miss('unsupported:image');
  }

  async *#runsOf(page: PdfPage): AsyncIterable<TextRun> {
    for await (const { items } of page.streamTextContent()) {
      this.#context.budget.checkTime();
      for (const item of items) if ('str' in item) yield item;
    }
  }
}

/** Of a font that cannot be read there are no glyphs; of others, all but spaces should have given text. */
function isUnreadText(operands: unknown): boolean {
  const glyphs = fieldOf(operands, '0');
  if (!Array.isArray(glyphs)) return false;
  return glyphs.length === 0 || glyphs.some((glyph) => fieldOf(glyph, 'isSpace') === false);
}

/** The library goes over all pages for each of them, when they are not in a tree but in a list. */
const mostSearchMilliseconds = 10_000;

const inlineOperators: ReadonlySet<number> = new Set([
  OPS.paintInlineImageXObject,
  OPS.paintInlineImageXObjectGroup,
]);

const imageOperators: ReadonlySet<number> = new Set([
  ...inlineOperators,
  OPS.paintImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
  OPS.paintImageXObjectRepeat,
  OPS.paintSolidColorImageMask,
]);
