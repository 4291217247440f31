import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Location, UnreadableError } from '../../reader.ts';
import { listGifBlocks } from './gif-blocks.ts';
import { type PictureSize, readPictureSize } from './picture-size.ts';
import { recogniseText } from './text-recogniser.ts';
import { listTiffPages, turnToPage } from './tiff-pages.ts';

export interface PictureOptions {
  mediaType: string;
  budget: ReadBudget;
  /** As Exif counts; 1 is upright. */
  orientation: number;
}

/** Formats that can be decoded. */
const decodable: ReadonlySet<string> = new Set([
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/webp',
]);

/** No letter is smaller. */
const leastPixels = 8;
const trailer = 0x3b;

export function isDecodable(mediaType: string): boolean {
  return decodable.has(mediaType);
}

/**
 * Recognises the text that a picture shows, each page of TIFF and the first frame of GIF, and hands
 * it on as parts; further frames are missed. The bytes are changed.
 *
 * @throws {UnreadableError} `too_large` by its pixels, `timeout`, `corrupt`, `too_many`, and
 * `unsupported:` with the media type when it cannot be decoded.
 */
export async function readPicture(
  bytes: Uint8Array,
  sink: DocumentSink,
  options: PictureOptions,
): Promise<void> {
  const { mediaType, budget, orientation } = options;
  const reading = new PictureReading(sink, options);
  if (mediaType === 'image/tiff') {
    const pages = listTiffPages(bytes, budget);
    if (pages.length === 0) throw new UnreadableError('corrupt');
    for (const [index, page] of pages.entries()) {
      turnToPage(bytes, page);
      const location: Location = pages.length === 1 ? {} : { page: index + 1 };
      // The decoder looks at how a page of TIFF is turned itself.
      await reading.read({ bytes, size: page, orientation: 1 }, location);
    }
  } else if (mediaType === 'image/gif') {
    const frame = takeFirstFrame(bytes, budget);
    await reading.read({ ...frame, orientation }, {});
    if (frame.hasMore) sink.miss(`unsupported:${mediaType}`);
  } else {
    const size = readPictureSize(bytes, mediaType);
    if (size === undefined) throw new UnreadableError('corrupt');
    await reading.read({ bytes, size, orientation }, {});
  }
}

interface Frame {
  bytes: Uint8Array;
  size: PictureSize;
}

class PictureReading {
  readonly #sink: DocumentSink;
  readonly #options: PictureOptions;

  constructor(sink: DocumentSink, options: PictureOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  async read(frame: Frame & { orientation: number }, location: Location): Promise<void> {
    const { mediaType, budget } = this.#options;
    const { bytes, size, orientation } = frame;
    if (size.width === 0 || size.height === 0) throw new UnreadableError('corrupt');
    budget.checkPixels(size.width, size.height);
    budget.checkPictureTime();
    if (size.width < leastPixels || size.height < leastPixels) return;
    const started = performance.now();
    const text = await recogniseText({ bytes, orientation });
    budget.takePictureTime(performance.now() - started);
    if (text === undefined) throw new UnreadableError(`unsupported:${mediaType}`);
    if (text.trim() === '') return;
    this.#sink.startPart({ ...location, section: 'image' });
    this.#sink.write(text);
  }
}

/** Cuts a GIF file behind its first image: the decoder would decode all of them. */
function takeFirstFrame(bytes: Uint8Array, budget: ReadBudget): Frame & { hasMore: boolean } {
  let first: Frame | undefined;
  for (const { kind, start, end } of listGifBlocks(bytes, budget)) {
    if (kind !== 'image') continue;
    if (first !== undefined) return { ...first, hasMore: true };
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (start + 9 > bytes.length) break;
    const size = {
      width: view.getUint16(start + 5, true),
      height: view.getUint16(start + 7, true),
    };
    const cut = bytes.slice(0, end + 1);
    cut[end] = trailer;
    first = { bytes: cut, size };
  }
  if (first === undefined) throw new UnreadableError('corrupt');
  return { ...first, hasMore: false };
}
