import { isAsciiLetter, isUpper } from './byte-classes.ts';

const bits = 1 << 18;
const maxWordBytes = 40;
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
 * Tells of words that start with a capital letter whether they may be of a list, whole, in any
 * case otherwise and with or without diacritics. A bitmap by hash: some 5 % of other words pass, so who asks looks the word up.
 */
export class CapitalisedWords {
  readonly #bitmap = new Int32Array(bits >> 5);
  readonly #isEmpty: boolean;

  constructor(words: readonly string[]) {
    this.#isEmpty = words.length === 0;
    for (const word of words) {
      const bytes = encoder.encode(word);
      const hash = hashWord(bytes, 0, bytes.length);
      const slot = slotOf(hash);
      this.#bitmap[slot] = (this.#bitmap[slot] as number) | (1 << (hash & 31));
    }
  }

  /** Gives the index after the word at `at` when it may be of the list, else -1. */
  match(word: Uint8Array, at: number): number {
    if (this.#isEmpty) return -1;
    let hash = 0;
    let previous = 0;
    let i = at;
    for (; i < at + maxWordBytes; i++) {
      const byte = word[i] as number;
      if (!isAsciiLetter(byte) && !(byte >= 0x80)) break;
      hash = mix(hash, byte, previous);
      previous = byte;
    }
    const isSet = ((this.#bitmap[slotOf(hash)] as number) & (1 << (hash & 31))) !== 0;
    return isSet ? i : -1;
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

/** Whether a word that starts with this byte may start with a capital letter. */
export function mayBeCapital(byte: number): boolean {
  return isUpper(byte) || (byte >= 0xc3 && byte <= 0xc5);
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
const plainLetters = Uint8Array.from({ length: 192 }, (_, n) => {
  const letter = String.fromCharCode(0xc0 + n);
  const plain = undecomposed[letter] ?? letter.normalize('NFD').toLowerCase();
  return plain.charCodeAt(0) < 0x80 ? plain.charCodeAt(0) : n;
});

function slotOf(hash: number): number {
  return ((hash >>> 5) ^ (hash >>> 17)) & ((bits >> 5) - 1);
}
