import type { Transform } from 'node:stream';
import { createInflateRaw, inflateRawSync, type ZlibOptions } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import type { ByteCursor } from './byte-cursor.ts';

/** A decompressor of node:zlib; it counts the bytes it took in. */
export type Engine = Transform & { readonly bytesWritten: number };

const chunkBytes = 65_536;

/**
 * Expands what comes next in a cursor, looking at its ratio and counting each chunk; the cursor is
 * left behind the last byte that the engine took.
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export async function* expandNext(
  engine: Engine,
  cursor: ByteCursor,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  const start = cursor.position;
  void feed(engine, cursor);
  yield* drain(engine, budget);
  cursor.take(start + engine.bytesWritten - cursor.position);
}

/** An engine that has come to its end never asks for more: then this is left waiting. */
async function feed(engine: Engine, cursor: ByteCursor): Promise<void> {
  try {
    for (;;) {
      const chunk = await cursor.peek();
      if (chunk.length === 0) break;
      const before = engine.bytesWritten;
      await new Promise((resolve) => engine.write(chunk, resolve));
      // At its end it was told, too late, that this was not written: the rest is not its own.
      if (engine.destroyed) return;
      cursor.take(engine.bytesWritten - before);
    }
    engine.end();
  } catch (error) {
    engine.destroy(error instanceof Error ? error : new UnreadableError('corrupt'));
  }
}

async function* drain(engine: Engine, budget: ReadBudget): AsyncGenerator<Uint8Array> {
  let out = 0;
  try {
    for await (const chunk of engine as AsyncIterable<Uint8Array>) {
      out += chunk.length;
      budget.takeExpanded(chunk.length);
      budget.checkRatio(engine.bytesWritten, out);
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? new UnreadableError('corrupt') : error;
  } finally {
    engine.destroy();
  }
}

/**
 * Expands DEFLATE (RFC 1951) that is in memory; what comes out before a fault is handed on.
 *
 * @throws {UnreadableError} `corrupt` when it is broken, cut off or shorter than its bytes, or the
 * limit that was reached.
 */
export async function* inflateRaw(
  bytes: Uint8Array,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  const engine = createInflateRaw({ chunkSize: chunkBytes });
  engine.end(bytes);
  yield* drain(engine, budget);
  if (engine.bytesWritten < bytes.length) throw new UnreadableError('corrupt');
}

/**
 * The same at once, as long as the budget lets it be held.
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export function inflateRawWhole(bytes: Uint8Array, budget: ReadBudget): Uint8Array {
  const { heldBytes, ratio, ratioFromBytes } = budget.limits;
  const mostByRatio = Math.max(ratioFromBytes, bytes.length * ratio);
  const options: ZlibOptions = {
    maxOutputLength: Math.min(heldBytes, mostByRatio),
    chunkSize: Math.min(Math.max(bytes.length * 4, 1_024), chunkBytes),
    info: true,
  };
  let expanded: { buffer: Uint8Array; engine: Engine };
  try {
    // With `info` it gives the engine too, which its types do not tell.
    expanded = inflateRawSync(bytes, options) as unknown as typeof expanded;
  } catch (error) {
    if (!isTooLarge(error)) throw new UnreadableError('corrupt');
    throw new UnreadableError(mostByRatio < heldBytes ? 'ratio' : 'too_large');
  }
  budget.takeExpanded(expanded.buffer.length);
  if (expanded.engine.bytesWritten < bytes.length) throw new UnreadableError('corrupt');
  return expanded.buffer;
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && 'code' in error;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
