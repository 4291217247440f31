/**
 * Looks at encoded values (parquet-format, Encodings.md) before the library decodes them: it takes
 * lengths and counts on trust, and would write or loop without end. All throw `RangeError` for what
 * it must not be given.
 */

/** Groups of eight that a writer may pad a page's values with. */
const mostPadding = 512;
const mostMiniblocks = 512;

/** What is decoded: at most so many values, in these bytes. */
export interface EncodedValues {
  bytes: Uint8Array;
  at: number;
  values: number;
}

/** Runs and packed groups of a hybrid (Encodings.md, RLE = 3). */
export function checkHybrid({ bytes, at, values }: EncodedValues, width: number): void {
  if (width > 32) throw new RangeError('too wide');
  let next = at;
  for (let seen = 0; seen < values && next < bytes.length; ) {
    const { value: header, end } = readVarInt(bytes, next);
    const isPacked = (header & 1) === 1;
    const count = isPacked ? (header >>> 1) * 8 : header >>> 1;
    if (count > values + mostPadding) throw new RangeError('run too long');
    next = end + (isPacked ? (count * width) / 8 : (width + 7) >> 3);
    seen += count;
  }
}

/** A block of differences (DELTA_BINARY_PACKED = 5) whose values are not needed. */
export function checkDelta({ bytes, at }: EncodedValues): void {
  readDeltaHeader(bytes, at);
}

/** Prefixes and suffixes (DELTA_BYTE_ARRAY = 7): returns how many bytes the values have. */
export function measureDeltaStrings({ bytes, at, values }: EncodedValues): number {
  const prefixes = decodeDelta({ bytes, at, values });
  const suffixes = decodeDelta({ bytes, at: prefixes.end, values });
  let total = 0;
  let previous = 0;
  for (const [index, prefix] of prefixes.numbers.entries()) {
    const suffix = suffixes.numbers[index] ?? 0;
    if (prefix < 0 || suffix < 0 || prefix > previous) throw new RangeError('wrong length');
    previous = prefix + suffix;
    total += previous;
  }
  return total;
}

interface DeltaHeader {
  miniblocks: number;
  miniblockValues: number;
  count: number;
  end: number;
}

function readDeltaHeader(bytes: Uint8Array, at: number): DeltaHeader {
  const block = readVarInt(bytes, at);
  const miniblocks = readVarInt(bytes, block.end);
  const count = readVarInt(bytes, miniblocks.end);
  const miniblockValues = block.value / miniblocks.value;
  if (miniblocks.value === 0 || miniblocks.value > mostMiniblocks || block.value > 0x7fff_ffff) {
    throw new RangeError('wrong blocks');
  }
  if (miniblockValues === 0 || miniblockValues % 8 !== 0) throw new RangeError('wrong blocks');
  return { miniblocks: miniblocks.value, miniblockValues, count: count.value, end: count.end };
}

function decodeDelta({ bytes, at, values }: EncodedValues): { numbers: number[]; end: number } {
  const { miniblocks, miniblockValues, count, end } = readDeltaHeader(bytes, at);
  if (count > values) throw new RangeError('too many values');
  const first = readVarInt(bytes, end);
  const numbers = count === 0 ? [] : [zigZag(first.value)];
  let next = first.end;
  while (numbers.length < count) {
    const least = readVarInt(bytes, next);
    const widths = bytes.subarray(least.end, least.end + miniblocks);
    if (widths.length < miniblocks) throw new RangeError('ends early');
    next = least.end + miniblocks;
    for (const width of widths) {
      if (numbers.length >= count) break;
      if (width > 32) throw new RangeError('too wide');
      for (let index = 0; index < miniblockValues && numbers.length < count; index++) {
        const difference = zigZag(least.value) + readBits(bytes, next * 8 + index * width, width);
        numbers.push(((numbers.at(-1) ?? 0) + difference) | 0);
      }
      next += (miniblockValues * width) / 8;
    }
  }
  return { numbers, end: next };
}

/** Least significant bit first; bits beyond the end throw. */
function readBits(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let bit = 0; bit < width; bit++) {
    const byte = bytes[(at + bit) >>> 3];
    if (byte === undefined) throw new RangeError('ends early');
    if ((byte >> ((at + bit) & 7)) & 1) value += 2 ** bit;
  }
  return value;
}

/** Up to 32 bits. */
function readVarInt(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new RangeError('ends early');
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      if (value > 0xffff_ffff) break;
      return { value, end: at + index + 1 };
    }
  }
  throw new RangeError('number too long');
}

function zigZag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}
