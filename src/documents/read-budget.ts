import { UnreadableError } from './reader.ts';

export interface ReadLimits {
  /** Documents inside each other. */
  depth: number;
  /** Documents inside the outermost one, at all depths. */
  entries: number;
  /** Bytes that all decompression may give, at all depths. */
  expandedBytes: number;
  /** Bytes of one document that may be in memory at once, compressed or not. */
  heldBytes: number;
  /** Bytes out for each byte in, looked at once `ratioFromBytes` have come out of one stream. */
  ratio: number;
  ratioFromBytes: number;
  /** The same of all streams together, for each byte of the outermost document. */
  totalRatioFromBytes: number;
  /** Pages, slides or sheets of one document. */
  pages: number;
  /** Width times height of an image that is decoded. */
  pixels: number;
  /** Milliseconds of recognising text in pictures, after which no other picture is begun. */
  pictureTime: number;
  /** Milliseconds for the whole document. */
  time: number;
}

export const defaultLimits: ReadLimits = {
  depth: 10,
  entries: 100_000,
  expandedBytes: 4_294_967_296,
  heldBytes: 268_435_456,
  ratio: 100,
  ratioFromBytes: 1_048_576,
  totalRatioFromBytes: 67_108_864,
  pages: 20_000,
  pixels: 50_000_000,
  pictureTime: 30_000,
  time: 600_000,
};

/**
 * What is left of the limits for one document and everything in it. Every method throws
 * {@link UnreadableError} when a limit is reached: `too_deep`, `too_many`, `too_large`, `ratio` or
 * `timeout`.
 */
export class ReadBudget {
  readonly limits: ReadLimits;
  readonly #until: number;
  #entries = 0;
  #expandedBytes = 0;
  #outermostBytes = 0;
  #pictureTime = 0;

  constructor(limits: ReadLimits) {
    this.limits = limits;
    this.#until = performance.now() + limits.time;
  }

  /** Counts a document inside another, `depth` levels below the outermost. */
  takeEntry(depth: number): void {
    if (depth > this.limits.depth) throw new UnreadableError('too_deep');
    this.#entries += 1;
    if (this.#entries > this.limits.entries) throw new UnreadableError('too_many');
    this.#checkTotalRatio();
    this.checkTime();
  }

  /** Counts bytes of the outermost document, as they come. */
  takeOutermost(bytes: number): void {
    this.#outermostBytes += bytes;
  }

  /** Looks at what one stream has become so far: bytes in and out since its start. */
  checkRatio(bytesIn: number, bytesOut: number): void {
    const { ratio, ratioFromBytes } = this.limits;
    if (bytesOut > ratioFromBytes && bytesOut > bytesIn * ratio) {
      throw new UnreadableError('ratio');
    }
  }

  /** Counts bytes that came out of decompression. */
  takeExpanded(bytes: number): void {
    this.#expandedBytes += bytes;
    if (this.#expandedBytes > this.limits.expandedBytes) throw new UnreadableError('too_large');
    this.#checkTotalRatio();
    this.checkTime();
  }

  #checkTotalRatio(): void {
    const { ratio, totalRatioFromBytes } = this.limits;
    const most = Math.max(totalRatioFromBytes, this.#outermostBytes * ratio);
    if (this.#expandedBytes > most) throw new UnreadableError('ratio');
  }

  /** Asks whether so many bytes may be held in memory at once. */
  checkHeld(bytes: number): void {
    if (bytes > this.limits.heldBytes) throw new UnreadableError('too_large');
  }

  checkPages(pages: number): void {
    if (pages > this.limits.pages) throw new UnreadableError('too_many');
  }

  checkPixels(width: number, height: number): void {
    if (width * height > this.limits.pixels) throw new UnreadableError('too_large');
  }

  /** Asks whether there is time for another picture. */
  checkPictureTime(): void {
    if (this.#pictureTime > this.limits.pictureTime) throw new UnreadableError('timeout');
    this.checkTime();
  }

  /** Counts the milliseconds that a picture took. */
  takePictureTime(milliseconds: number): void {
    this.#pictureTime += milliseconds;
  }

  /** To be called in every loop whose length the document decides. */
  checkTime(): void {
    if (performance.now() > this.#until) throw new UnreadableError('timeout');
  }
}
