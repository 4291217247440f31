/**
 * Any file's bytes in, a scored report or an honest reason out. The format is told by the first
 * bytes (`detect-media-type.ts`), its reader (`readers.ts`) hands the text on part by part, and the
 * engine (`src/engine/scan-text.ts`) finds and scores. It knows no network, disk or role.
 */
import type { PictureCount, Policy, ScanReport } from '../engine/types.ts';
import type { ReadLimits } from './read-budget.ts';
import { type InnerDocuments, readDocument } from './read-document.ts';
import { ScanOutput } from './scan-output.ts';

/**
 * What became of a document. `scored`: all of it was read. `partial`: parts could not be read and
 * the score is a lower bound. `failed`: nothing could; then `report` is null. `statusReason` is a
 * stable code, the first `Problem` (`reader.ts`) of the document, else of those inside it; null
 * when scored.
 */
export interface DocumentReport {
  status: 'scored' | 'partial' | 'failed';
  statusReason: string | null;
  mediaType: string;
  /** The text's encoding as an IANA name, two joined by `+` when it changes; null when no text. */
  encoding: string | null;
  report: ScanReport | null;
  bytesRead: number;
  /** Documents inside it, at all depths: how many were read, and what kept others from it. */
  inner: InnerDocuments;
  /** Pictures in it and in those: whose text was read, as the policy can ask, and whose was not. */
  pictures: PictureCount;
}

export interface DocumentOptions {
  policy: Policy;
  /** The installation's secret key for fingerprints. */
  fingerprintKey: Uint8Array;
  /** The file's path, for the policy's lists of allowed paths. */
  path?: string | undefined;
  signal?: AbortSignal;
  limits?: ReadLimits;
  /** Is called after each chunk with the number of bytes read so far. */
  onProgress?: (bytesRead: number) => void;
}

/**
 * Scans a document from a stream of its bytes, in constant memory where its format lets it. Of a
 * format it cannot read only the first bytes are taken from the stream. Throws what the stream
 * throws, and the signal's reason when it is aborted; what is wrong with the bytes is never thrown
 * but reported.
 */
export async function scanDocument(
  source: AsyncIterable<Uint8Array>,
  options: DocumentOptions,
): Promise<DocumentReport> {
  const counter = new ByteCounter(source, options);
  const output = new ScanOutput(options);
  const { ocr } = options.policy.images;
  const outcome = await readDocument(counter, output, { limits: options.limits, ocr });
  const { mediaType, encoding, hasText, problem, inner, pictures } = outcome;
  options.signal?.throwIfAborted();
  const report = output.finish();
  const statusReason = problem ?? firstProblem(inner);
  const status = statusReason === null ? 'scored' : hasText ? 'partial' : 'failed';
  return {
    status,
    statusReason,
    mediaType,
    encoding,
    report: status === 'failed' ? null : report,
    bytesRead: counter.bytes,
    inner,
    pictures,
  };
}

/** What kept a document inside from being read; a format that cannot be comes last. */
function firstProblem({ problems }: InnerDocuments): string | null {
  const names = Object.keys(problems);
  return names.find((name) => !name.startsWith('unsupported:')) ?? names[0] ?? null;
}

/** Counts bytes as they are taken, tells of them, and ends when the signal says so. */
class ByteCounter implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #options: DocumentOptions;
  bytes = 0;

  constructor(source: AsyncIterable<Uint8Array>, options: DocumentOptions) {
    this.#source = source;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    const { signal, onProgress } = this.#options;
    for await (const chunk of this.#source) {
      signal?.throwIfAborted();
      this.bytes += chunk.length;
      yield chunk;
      onProgress?.(this.bytes);
    }
  }
}
