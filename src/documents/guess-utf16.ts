const sampleBytes = 4_096;
const leastNulShare = 0.05;
/** In a short file a NUL or two may be anything. */
const shortUnits = 64;
const shortNulShare = 0.4;

/**
 * Tells whether the first bytes of a file are UTF-16 (RFC 2781): by byte order mark, else by NUL
 * bytes that are nearly all the high half of a unit, in a text without control characters. That
 * holds for texts with ASCII blanks and line ends; others need their mark.
 */
export function guessUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return undefined;
  const units = Math.min(head.length, sampleBytes) >> 1;
  if (units < 2) return undefined;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let n = 0; n < units; n++) {
    if (head[2 * n] === 0) evenNuls++;
    if (head[2 * n + 1] === 0) oddNuls++;
  }
  const least = units * (units < shortUnits ? shortNulShare : leastNulShare);
  const isLittle = oddNuls >= least && oddNuls > 4 * evenNuls;
  const isBig = evenNuls >= least && evenNuls > 4 * oddNuls;
  if (isLittle && readsAsText(head, units, 0)) return 'utf-16le';
  return isBig && readsAsText(head, units, 1) ? 'utf-16be' : undefined;
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
