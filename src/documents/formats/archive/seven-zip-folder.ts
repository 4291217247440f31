import { createInflateRaw } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import { unbranchX86, undelta } from './branch-filters.ts';
import { ByteCursor } from './byte-cursor.ts';
import { expandBzip2 } from './bzip2.ts';
import { expandNext } from './inflate.ts';
import { expandLzma, expandLzma2, readLzma2Dictionary } from './lzma.ts';
import type { SevenZipCoder, SevenZipFolder } from './seven-zip-header.ts';
import { expandZstd } from './zstd.ts';

type Bytes = AsyncIterable<Uint8Array>;

interface Step {
  input: Bytes;
  /** What the step gives, as the header tells. */
  size: number;
  properties: Uint8Array;
  budget: ReadBudget;
}

/** By method (Methods.txt of the public-domain LZMA SDK). */
const steps: Readonly<Record<string, (step: Step) => Bytes>> = {
  '00': ({ input }) => input,
  '03': ({ input, properties }) => undelta(properties)(input),
  '04': ({ input }) => unbranchX86(input),
  '21': ({ input, properties, budget }) =>
    expandLzma2(new ByteCursor(input), readLzma2Dictionary(properties[0]), budget),
  '030101': lzma,
  '03030103': ({ input }) => unbranchX86(input),
  '040108': ({ input, budget }) => expandNext(createInflateRaw(), new ByteCursor(input), budget),
  '040202': ({ input, budget }) => expandBzip2(input, budget),
  '04f71101': ({ input, budget }) => expandZstd(input, budget),
};

const encryption = '06f10701';
const methodNames: Readonly<Record<string, string>> = {
  '0303011b': 'bcj2',
  '030401': 'ppmd',
  '040109': 'deflate64',
};

/**
 * Expands a folder whose coders form a chain, which all but BCJ2 do; `packed` is its packed stream.
 *
 * @throws {UnreadableError} `encrypted`, `unsupported:…`, `corrupt`, or the limit that was reached;
 * all but the last two at once.
 */
export function expandFolder(
  folder: SevenZipFolder,
  packed: Uint8Array,
  budget: ReadBudget,
): AsyncIterable<Uint8Array> {
  const { coders, sizes } = folder;
  if (coders.some(({ method }) => method === encryption)) throw new UnreadableError('encrypted');
  let bytes: Bytes = inChunks(packed);
  for (const index of orderCoders(folder)) {
    const { method, properties } = coders[index] as SevenZipCoder;
    const step = Object.hasOwn(steps, method) ? steps[method] : undefined;
    if (step === undefined) {
      throw new UnreadableError(`unsupported:${methodNames[method] ?? `7z-method-${method}`}`);
    }
    bytes = step({ input: bytes, size: sizes[index] ?? 0, properties, budget });
  }
  return bytes;
}

/** From the packed stream on, each coder whose input the one before is bound to. */
function orderCoders({ coders, bonds, packedInputs }: SevenZipFolder): number[] {
  const complex = coders.find(({ inputs, outputs }) => inputs !== 1 || outputs !== 1);
  if (complex !== undefined) {
    const { method } = complex;
    throw new UnreadableError(`unsupported:${methodNames[method] ?? `7z-method-${method}`}`);
  }
  const order: number[] = [];
  let next = packedInputs[0];
  while (next !== undefined && order.length < coders.length) {
    const coder = next;
    order.push(coder);
    next = bonds.find(({ output }) => output === coder)?.input;
  }
  const isChain = order.length === coders.length && order.every((index) => index < coders.length);
  if (!isChain) throw new UnreadableError('corrupt');
  return order;
}

/** LZMA is read from memory, where it was already unless it is packed once more. */
async function* lzma({ input, size, properties, budget }: Step): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let held = 0;
  for await (const piece of input) {
    held += piece.length;
    budget.checkHeld(held);
    pieces.push(piece);
  }
  const packed = pieces.length === 1 ? pieces[0] : undefined;
  yield* expandLzma(packed ?? Buffer.concat(pieces, held), { properties, size }, budget);
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
