const bits = 1 << 18;
const encoder = new TextEncoder();
/** Letters with a stroke or without a dot, which Unicode does not take apart. */
const undecomposed: Readonly<Record<string, string>> = {
  Ø: 'o',
  ø: 'o',
  Đ: 'd',
  đ: 'd',
  Ł: 'l',
  ł: 'l',
  ı: 'i',
};

/**
 * A bitmap by hash of words, whole, in any case and with or without diacritics: it tells of words
 * that start with a capital letter whether they may be of the list. Some 5 % of other words pass,
 * so who asks looks the word up.
 */
export class CapitalisedWords {
  readonly bitmap = new Int32Array(bits >> 5);

  constructor(words: readonly string[]) {
    for (const word of words) {
      const bytes = encoder.encode(word);
      const hash = hashWord(bytes, 0, bytes.length);
      const slot = slotOf(hash);
      this.bitmap[slot] = (this.bitmap[slot] as number) | (1 << (hash & 31));
    }
  }
}

/** Hashes a word to 32 bits, whatever its case and diacritics. */
export function hashWord(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  let previous = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    hash = mix(hash, byte, previous);
    previous = byte;
  }
  return hash;
}

/**
 * FNV-1a over letters in small and without diacritics, which for Latin-1 and Latin Extended-A
 * (lead bytes C3 to C5) is a look-up by the second byte; the lead byte itself adds nothing.
 */
function mix(hash: number, byte: number, previous: number): number {
  if (byte < 0x80) return Math.imul(hash ^ (byte | 0x20), 0x0100_0193);
  if (byte >= 0xc3 && byte <= 0xc5) return hash;
  const isLatin = previous >= 0xc3 && previous <= 0xc5;
  const letter = isLatin ? (plainLetters[((previous - 0xc3) << 6) | (byte & 63)] as number) : byte;
  return Math.imul(hash ^ letter, 0x0100_0193);
}

/** Plain small letters of U+00C0–U+017F; its own low bits where a character has none. */
export const plainLetters = Uint8Array.from({ length: 192 }, (_, n) => {
  const letter = String.fromCharCode(0xc0 + n);
  const plain = undecomposed[letter] ?? letter.normalize('NFD').toLowerCase();
  return plain.charCodeAt(0) < 0x80 ? plain.charCodeAt(0) : n;
});

function slotOf(hash: number): number {
  return ((hash >>> 5) ^ (hash >>> 17)) & ((bits >> 5) - 1);
}
