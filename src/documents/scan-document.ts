/**
 * Any file's bytes in, a scored report or an honest reason out. The media type comes from the
 * first bytes (`detect-media-type.ts`), text is decoded with exact places (`decode-text.ts`), and
 * the engine (`src/engine/scan-text.ts`) finds and scores. It knows no network, disk or role.
 */
import { createScan, maxPlaceDelayBytes } from '../engine/scan-text.ts';
import type { Policy, ScanReport } from '../engine/types.ts';
import { TextDecoding } from './decode-text.ts';
import { detectMediaType, mediaTypeHeadBytes } from './detect-media-type.ts';

/**
 * What became of a document. `scored`: all of it was read. `partial`: parts could not be read and
 * the score is a lower bound. `failed`: nothing could; then `report` is null. `statusReason` is a
 * stable code: `unsupported:<media type>`, `binary_data`, `undecodable_bytes`; null when scored.
 */
export interface DocumentReport {
  status: 'scored' | 'partial' | 'failed';
  statusReason: string | null;
  mediaType: string;
  /** The text's encoding as an IANA name, two joined by `+` when it changes; null when no text. */
  encoding: string | null;
  report: ScanReport | null;
  bytesRead: number;
}

export interface DocumentOptions {
  policy: Policy;
  /** The installation's secret key for fingerprints. */
  fingerprintKey: Uint8Array;
  /** The file's path, for the policy's lists of allowed paths. */
  path?: string | undefined;
  signal?: AbortSignal;
  /** Is called after each chunk with the number of bytes read so far. */
  onProgress?: (bytesRead: number) => void;
}

/** What a position in the decoded text may lag behind the engine, and one piece of text more. */
const keepMappingBytes = maxPlaceDelayBytes + 65_536;

/**
 * Scans a document from a stream of its bytes, in constant memory. Of a format it cannot read only
 * the first bytes are taken from the stream. Throws what the stream throws, and the signal's
 * reason when it is aborted; what is wrong with the bytes is never thrown but reported.
 */
export async function scanDocument(
  source: AsyncIterable<Uint8Array>,
  options: DocumentOptions,
): Promise<DocumentReport> {
  let bytesRead = 0;
  let head: Uint8Array = new Uint8Array(0);
  let text: TextScan | undefined;
  for await (const received of source) {
    options.signal?.throwIfAborted();
    const chunk = withoutBuffer(received);
    bytesRead += chunk.length;
    if (text !== undefined) {
      text.push(chunk);
    } else {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length >= mediaTypeHeadBytes) {
        const mediaType = detectMediaType(head);
        if (!isReadable(mediaType)) return unsupported(mediaType, bytesRead);
        text = new TextScan(mediaType, head, options);
      } else {
        // The stream may reuse its array for the next chunk.
        head = head.slice();
      }
    }
    options.onProgress?.(bytesRead);
  }
  options.signal?.throwIfAborted();
  if (text === undefined) {
    const mediaType = detectMediaType(head);
    if (!isReadable(mediaType)) return unsupported(mediaType, bytesRead);
    text = new TextScan(mediaType, head, options);
  }
  return text.finish(bytesRead);
}

/** The same bytes as a plain array: `slice` of a `Buffer` is no copy, and the decoders need one. */
function withoutBuffer(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The formats whose bytes are text as they are. */
function isReadable(mediaType: string): boolean {
  return (
    mediaType.startsWith('text/') ||
    mediaType === 'application/json' ||
    mediaType === 'application/xml'
  );
}

function unsupported(mediaType: string, bytesRead: number): DocumentReport {
  return {
    status: 'failed',
    statusReason: `unsupported:${mediaType}`,
    mediaType,
    encoding: null,
    report: null,
    bytesRead,
  };
}

/** A text under way through decoding and engine. */
class TextScan {
  readonly #mediaType: string;
  readonly #decoding: TextDecoding;
  readonly #scan: ReturnType<typeof createScan>;

  constructor(mediaType: string, head: Uint8Array, options: DocumentOptions) {
    const { policy, fingerprintKey, path } = options;
    this.#mediaType = mediaType;
    this.#decoding = new TextDecoding(head, {
      sink: (text) => this.#scan.push(text),
      keepBytes: keepMappingBytes,
    });
    const mapPlace = this.#decoding.mapPlace;
    this.#scan = createScan({ policy, fingerprintKey, path, mapPlace });
    this.push(head);
  }

  push(bytes: Uint8Array): void {
    this.#decoding.push(bytes);
  }

  finish(bytesRead: number): DocumentReport {
    this.#decoding.finish();
    const { encoding, hasNuls, undecodable } = this.#decoding;
    const reason = hasNuls ? 'binary_data' : undecodable > 0 ? 'undecodable_bytes' : null;
    return {
      status: reason === null ? 'scored' : 'partial',
      statusReason: reason,
      mediaType: this.#mediaType,
      encoding,
      report: this.#scan.finish(),
      bytesRead,
    };
  }
}
