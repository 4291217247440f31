import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { detectMediaType, mediaTypeHeadBytes } from '../../documents/detect-media-type.ts';
import { defaultLimits } from '../../documents/read-budget.ts';
import { scanDocument } from '../../documents/scan-document.ts';
import type { Policy } from '../../engine/types.ts';
import { fromDocument, type ScannedFile, unscanned } from './file-result.ts';
import { readPipe, type StreamPipe } from './stream-pipe.ts';
import { Unreadable } from './unreadable.ts';

/** Where a file's bytes come from: a path, what is already read, or another thread. */
export type BatchFile =
  | { from: 'path'; path: string | Uint8Array; followsLinks: boolean }
  | { from: 'memory'; bytes: Uint8Array; path?: string | Uint8Array }
  | { from: 'pipe'; pipe: StreamPipe };

/** Files to scan one after the other; everything in it can be cloned or transferred. */
export interface Batch {
  files: readonly BatchFile[];
  policy: Policy;
  fingerprintKey: Uint8Array;
  /** What pictures of one file may take, where the policy has them read. */
  pictureMilliseconds: number;
  /** Two 64-bit numbers: which file is in hand, from 1, and how many of its bytes were read. */
  state: SharedArrayBuffer;
}

/** What is no regular file any more when it is opened. */
const changed = Object.assign(new Error('no regular file'), { code: 'changed' });
const chunkBytes = 262_144;
const chunk = new Uint8Array(chunkBytes);

/** Scans a batch; what is wrong with a file is in its result. */
export async function scanBatch(batch: Batch): Promise<ScannedFile[]> {
  const results: ScannedFile[] = [];
  for (const file of batch.files) {
    const state = new BigInt64Array(batch.state);
    Atomics.store(state, 1, 0n);
    Atomics.store(state, 0, BigInt(results.length + 1));
    results.push(await scanFile(file, batch));
  }
  return results;
}

async function scanFile(file: BatchFile, batch: Batch): Promise<ScannedFile> {
  const state = new BigInt64Array(batch.state);
  try {
    const document = await scanDocument(bytesOf(file), {
      policy: batch.policy,
      fingerprintKey: batch.fingerprintKey,
      path: pathOf(file),
      limits: { ...defaultLimits, pictureTime: batch.pictureMilliseconds },
      onProgress: (bytesRead) => Atomics.store(state, 1, BigInt(bytesRead)),
    });
    return fromDocument(document);
  } catch (error) {
    const reason = error instanceof Unreadable ? error.message : 'crashed';
    return unscanned('failed', reason, Number(Atomics.load(state, 1)));
  }
}

/** What allow lists of paths are asked about. */
function pathOf(file: BatchFile): string | undefined {
  const path = file.from === 'pipe' ? undefined : file.path;
  return path === undefined ? undefined : Buffer.from(path).toString();
}

async function* bytesOf(file: BatchFile): AsyncIterable<Uint8Array> {
  if (file.from === 'memory') yield file.bytes;
  else if (file.from === 'pipe') yield* readPipe(file.pipe);
  else yield* readFile(file.path, { followsLinks: file.followsLinks });
}

/** Reads a regular file; what has become something else since the walk saw it is not waited for. */
function* readFile(
  path: string | Uint8Array,
  { followsLinks }: { followsLinks: boolean },
): Iterable<Uint8Array> {
  const noFollow = followsLinks ? 0 : constants.O_NOFOLLOW;
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | noFollow;
  const file = attempt(() => openSync(typeof path === 'string' ? path : Buffer.from(path), flags));
  try {
    if (!attempt(() => fstatSync(file)).isFile()) throw new Unreadable(changed);
    for (;;) {
      const read = attempt(() => readSync(file, chunk, 0, chunkBytes, null));
      if (read === 0) return;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

function attempt<Value>(call: () => Value): Value {
  try {
    return call();
  } catch (error) {
    throw new Unreadable(error);
  }
}

/** What has grown beyond since the walk saw it is no small file. */
const mostSmallBytes = 4_194_304;

/**
 * Scans a small file where it is called, without a thread; undefined when it is not small or no
 * plain text. The engine takes time in proportion to a text and constant memory, so a small one needs no limits.
 */
export async function scanSmallText(
  file: BatchFile,
  { policy, fingerprintKey }: Pick<Batch, 'policy' | 'fingerprintKey'>,
): Promise<ScannedFile | undefined> {
  if (file.from === 'pipe') return undefined;
  let bytes: Buffer;
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const part of bytesOf(file)) {
      length += part.length;
      if (length > mostSmallBytes) return undefined;
      chunks.push(part.slice());
    }
    bytes = Buffer.concat(chunks);
  } catch (error) {
    return unscanned('failed', error instanceof Unreadable ? error.message : 'crashed');
  }
  if (!isText(detectMediaType(bytes.subarray(0, mediaTypeHeadBytes)))) return undefined;
  const state = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
  const batch = { files: [], policy, fingerprintKey, pictureMilliseconds: 0, state };
  return scanFile(file.from === 'path' ? { from: 'memory', bytes, path: file.path } : file, batch);
}

function isText(mediaType: string): boolean {
  return /^(?:text\/|application\/(?:json|xml)$)/.test(mediaType);
}
