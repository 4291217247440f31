import { getDocument } from 'unpdf/pdfjs';
import { UnreadableError } from '../../reader.ts';

export type PdfDocument = Awaited<ReturnType<typeof getDocument>['promise']>;
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Images beyond are left out of what a page paints; they are one pixel large by then. */
const mostImagePixels = 1_000_000;

/** Fewer pages are found quickly enough. */
const leastToOverstate = 500;

export interface OpenOptions {
  leniently: boolean;
}

export interface OpenedPdf {
  document: PdfDocument;
  /** Whether a font came up whose characters cannot be told: text may be missing or wrong. */
  lacksCharacters(): boolean;
  close(): Promise<void>;
}

/**
 * Opens a PDF with the empty password; the array is the library's from then on. Nothing is fetched,
 * no thread started, no font or image made, no script run. A page that is broken is told as such,
 * unless the document is opened `leniently`: then what is wrong is left out silently.
 *
 * @throws {UnreadableError} `encrypted` or `corrupt`.
 */
export async function openPdf(data: Uint8Array, options: OpenOptions): Promise<OpenedPdf> {
  const opened = await open(data, options);
  const { numPages } = opened.document;
  if (numPages < leastToOverstate) return opened;
  const copy = await opened.document.getData();
  if (!overstatePages(copy, numPages)) return opened;
  await opened.close();
  return open(copy, options);
}

/**
 * Has the number of pages say more than there are, in place: then the library lists them itself, all
 * at once. Else it goes over those before a page to find it, which takes minutes when they are many
 * and not in a tree. Returns whether the number was found.
 */
function overstatePages(data: Uint8Array, pages: number): boolean {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const count = `/Count ${pages}`;
  const more = `/Count ${'9'.repeat(String(pages).length)}`;
  let isFound = false;
  for (let at = bytes.indexOf(count); at >= 0; at = bytes.indexOf(count, at + count.length)) {
    const next = bytes[at + count.length] ?? 0;
    if (more === count || (next >= 0x30 && next <= 0x39)) continue;
    bytes.write(more, at, 'latin1');
    isFound = true;
  }
  return isFound;
}

async function open(data: Uint8Array, options: OpenOptions): Promise<OpenedPdf> {
  let lacksCharacters = false;
  class OwnData {
    async fetch({ kind }: { kind: string }): Promise<Uint8Array> {
      if (kind === 'cMapUrl') lacksCharacters = true;
      throw new Error('not needed for text');
    }
  }
  const isEncrypted = Buffer.from(data.buffer, data.byteOffset, data.byteLength).includes(
    '/Encrypt',
  );
  const task = getDocument({
    data,
    BinaryDataFactory: OwnData,
    disableFontFace: true,
    enableXfa: false,
    isImageDecoderSupported: false,
    isOffscreenCanvasSupported: false,
    maxImageSize: mostImagePixels,
    stopAtErrors: !options.leniently,
    useSystemFonts: false,
    useWasm: false,
    useWorkerFetch: false,
    verbosity: 0,
  });
  const close = () => task.destroy();
  try {
    // Without a handler the library rejects at once when the empty password is wrong.
    const document = await task.promise;
    return { document, lacksCharacters: () => lacksCharacters, close };
  } catch (error) {
    await close();
    // Not only passwords: keys may be certificates, or of a handler nobody knows.
    const isLocked = isPassword(error) || (isEncrypted && isUnknownHandler(error));
    throw new UnreadableError(isLocked ? 'encrypted' : 'corrupt', { cause: error });
  }
}

function isPassword(error: unknown): boolean {
  return error instanceof Error && error.name === 'PasswordException';
}

function isUnknownHandler(error: unknown): boolean {
  return error instanceof Error && /encrypt/i.test(error.message);
}
