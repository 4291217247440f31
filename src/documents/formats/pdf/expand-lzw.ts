const clearCode = 256;
const endCode = 257;
const mostCodes = 4_096;

/** A code's bytes are those of an earlier one and one more. */
interface CodeTable {
  before: Uint16Array;
  first: Uint8Array;
  last: Uint8Array;
  length: Uint16Array;
}

/**
 * Expands LZW as PDF has it (ISO 32000-1, 7.4.4, with early change) and hands each code's bytes on;
 * the array is used again. Broken data ends it.
 */
export function expandLzw(data: Uint8Array, take: (piece: Uint8Array) => void): void {
  const table: CodeTable = {
    before: new Uint16Array(mostCodes),
    first: new Uint8Array(mostCodes),
    last: new Uint8Array(mostCodes),
    length: new Uint16Array(mostCodes),
  };
  for (let code = 0; code < 256; code++) {
    table.first[code] = code;
    table.last[code] = code;
    table.length[code] = 1;
  }
  const piece = new Uint8Array(mostCodes);
  let next = endCode + 1;
  let previous = -1;
  for (const code of codesOf(data, () => next)) {
    if (code === endCode) return;
    if (code === clearCode) {
      next = endCode + 1;
      previous = -1;
      continue;
    }
    const isNew = code === next && previous >= 0;
    if (code > endCode && code >= next && !isNew) return;
    if (previous >= 0 && next < mostCodes) {
      table.before[next] = previous;
      table.length[next] = (table.length[previous] ?? 0) + 1;
      table.first[next] = table.first[previous] ?? 0;
      table.last[next] = table.first[isNew ? previous : code] ?? 0;
      next++;
    }
    take(bytesOf(table, code, piece));
    previous = code;
  }
}

function* codesOf(data: Uint8Array, next: () => number): Iterable<number> {
  let bits = 0;
  let held = 0;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xff_ffff;
    bits += 8;
    const width = Math.min(12, Math.max(9, 32 - Math.clz32(next() + 1)));
    if (bits < width) continue;
    bits -= width;
    yield (held >> bits) & ((1 << width) - 1);
  }
}

function bytesOf(table: CodeTable, code: number, piece: Uint8Array): Uint8Array {
  const length = table.length[code] ?? 0;
  let at = code;
  for (let index = length - 1; index >= 0; index--) {
    piece[index] = table.last[at] ?? 0;
    at = table.before[at] ?? 0;
  }
  return piece.subarray(0, length);
}
