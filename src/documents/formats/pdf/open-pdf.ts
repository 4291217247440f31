import { getDocument } from 'unpdf/pdfjs';
import { UnreadableError } from '../../reader.ts';

export type PdfDocument = Awaited<ReturnType<typeof getDocument>['promise']>;
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Images beyond are left out of what a page paints; they are one pixel large by then. */
const mostImagePixels = 1_000_000;

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
export async function openPdf(
  data: Uint8Array,
  options: { leniently: boolean },
): Promise<OpenedPdf> {
  let lacksCharacters = false;
  class OwnData {
    async fetch({ kind }: { kind: string }): Promise<Uint8Array> {
      if (kind === 'cMapUrl') lacksCharacters = true;
      throw new Error('not needed for text');
    }
  }
  const task = getDocument({
    data,
    BinaryDataFactory: OwnData,
    disableFontFace: true,
    enableXfa: true,
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
    throw new UnreadableError(isPassword(error) ? 'encrypted' : 'corrupt', { cause: error });
  }
}

function isPassword(error: unknown): boolean {
  return error instanceof Error && error.name === 'PasswordException';
}
