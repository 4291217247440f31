const sampleBytes = 4_096;
const leastNulShare = 0.01;

/**
 * Tells whether the first bytes of a file are UTF-16 (RFC 2781): by byte order mark, else by NUL
 * bytes that are only ever the high half of a unit, in a text without control characters. A text
 * in UTF-16 has blanks, line ends or digits, so it has such NULs in any language.
 */
export function guessUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const units = Math.min(head.length, sampleBytes) >> 1;
  if (units < 2) return undefined;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let n = 0; n < units; n++) {
    if (head[2 * n] === 0) evenNuls++;
    if (head[2 * n + 1] === 0) oddNuls++;
  }
  if (evenNuls === 0 && isMany(oddNuls, units) && readsAsText(head, units, 0)) return 'utf-16le';
  if (oddNuls === 0 && isMany(evenNuls, units) && readsAsText(head, units, 1)) return 'utf-16be';
  return undefined;
}

function isMany(nuls: number, units: number): boolean {
  return nuls > 0 && nuls >= units * leastNulShare;
}

/** No control characters but line ends and tabs, no lone surrogate, no unit that is no character. */
function readsAsText(head: Uint8Array, units: number, lowHalf: 0 | 1): boolean {
  for (let n = 0; n < units; n++) {
    const unit = unitAt(head, n, lowHalf);
    if (unit < 0x20 && !(unit >= 0x09 && unit <= 0x0d)) return false;
    if ((unit >= 0x7f && unit < 0xa0) || unit >= 0xfffe) return false;
    if (unit >= 0xd800 && unit <= 0xdbff && n + 1 < units) {
      const next = unitAt(head, n + 1, lowHalf);
      if (next < 0xdc00 || next > 0xdfff) return false;
      n++;
    } else if (unit >= 0xdc00 && unit <= 0xdfff) return false;
  }
  return true;
}

function unitAt(head: Uint8Array, n: number, lowHalf: 0 | 1): number {
  const low = head[2 * n + lowHalf] ?? 0;
  const high = head[2 * n + 1 - lowHalf] ?? 0;
  return (high << 8) | low;
}
