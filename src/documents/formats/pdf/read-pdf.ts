import { OPS } from 'unpdf/pdfjs';
import { type Reader, UnreadableError } from '../../reader.ts';
import { checkStreams } from './check-streams.ts';
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

/**
 * PDF (ISO 32000): a part a page with the page's annotations after it, and parts for metadata,
 * bookmarks, form fields and scripts. A page that shows images and has no text at all was not read:
 * `unsupported:image`. What is broken is left out and missed; the rest is read.
 */
export const readPdf: Reader = async (source, sink, { budget }) => {
  const data = skipJunk(await source.readAll());
  await checkStreams(data, budget);
  const opened = await openPdf(data);
  try {
    const reading = new PdfReading(opened, { sink, budget });
    await reading.readDetails([readMetadata, readOutline]);
    await reading.readPages();
    await reading.readDetails([readFormFields, readScripts, readAttachments]);
    if (opened.lacksCharacters()) sink.miss('unsupported:cmap');
  } finally {
    await opened.close();
  }
};

/** Offsets in the file count from its header. */
function skipJunk(data: Uint8Array): Uint8Array {
  const at = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, 1_100)).indexOf('%PDF-');
  return at > 0 ? data.subarray(at) : data;
}

type ReadDetail = (document: OpenedPdf['document'], context: DetailContext) => Promise<void>;

class PdfReading {
  readonly #document: OpenedPdf['document'];
  readonly #context: DetailContext;

  constructor(opened: OpenedPdf, context: DetailContext) {
    this.#document = opened.document;
    this.#context = context;
  }

  async readDetails(readers: readonly ReadDetail[]): Promise<void> {
    for (const read of readers) {
      await this.#try(() => read(this.#document, this.#context));
    }
  }

  async readPages(): Promise<void> {
    const { sink, budget } = this.#context;
    const { numPages } = this.#document;
    const pages = Math.min(numPages, budget.limits.pages);
    for (let number = 1; number <= pages; number++) {
      budget.checkTime();
      await this.#try(() => this.#readPage(number));
    }
    if (numPages > pages) sink.miss('too_many');
  }

  /** What is broken in one place says nothing of another. */
  async #try(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (error instanceof UnreadableError) throw error;
      this.#context.sink.miss('corrupt');
    }
  }

  async #readPage(number: number): Promise<void> {
    const page = await this.#document.getPage(number);
    try {
      const hasText = await this.#readText(page);
      if (!hasText && (await this.#showsImage(page))) this.#context.sink.miss('unsupported:image');
      await this.#try(() => readAnnotations(page, { ...this.#context, document: this.#document }));
    } finally {
      page.cleanup();
    }
  }

  /** Returns whether there was any. */
  async #readText(page: PdfPage): Promise<boolean> {
    const { sink, budget } = this.#context;
    let isStarted = false;
    const text = new PageText((piece) => {
      if (!isStarted) sink.startPart({ page: page.pageNumber });
      isStarted = true;
      sink.write(piece);
    });
    const chunks = page.streamTextContent().getReader();
    try {
      for (;;) {
        const { done, value } = await chunks.read();
        if (done) break;
        budget.checkTime();
        for (const item of value.items) if (isRun(item)) text.add(item);
      }
    } catch (error) {
      if (error instanceof UnreadableError) await chunks.cancel(error);
      throw error;
    } finally {
      text.finish();
    }
    return text.hasText;
  }

  async #showsImage(page: PdfPage): Promise<boolean> {
    const { fnArray } = await page.getOperatorList();
    return fnArray.some((operator) => imageOperators.has(operator));
  }
}

const imageOperators: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
  OPS.paintImageXObjectRepeat,
  OPS.paintInlineImageXObject,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintSolidColorImageMask,
]);

function isRun(item: object): item is TextRun {
  return 'str' in item;
}
