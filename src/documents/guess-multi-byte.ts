import { characterAt, type MultiByteEncoding, multiByteEncodings } from './multi-byte-encodings.ts';

/** What a text would be in an encoding. */
interface Reading {
  characters: number;
  broken: number;
  /** Characters of the rows that hold nearly all of a usual text. */
  usual: number;
  kana: number;
  /** Characters whose second byte is no ASCII: in Western texts there are few. */
  highTrails: number;
  /** Characters right after an ASCII letter, as in Western words. */
  mixed: number;
}

const leastCharacters = 3;
const leastHighTrails = 0.35;
const mostMixed = 0.3;
const mostBroken = 0.02;
/** The share of usual characters a text of the encoding has at least; names and old texts do. */
const leastUsual: Readonly<Record<MultiByteEncoding, number>> = {
  shift_jis: 0.75,
  'euc-jp': 0.85,
  'euc-kr': 0.92,
  gb18030: 0.75,
  big5: 0.8,
};

/** Guesses a Chinese, Japanese or Korean encoding; undefined when the bytes are none. */
export function guessMultiByte(sample: Uint8Array): MultiByteEncoding | undefined {
  let best: { encoding: MultiByteEncoding; score: number } | undefined;
  for (const encoding of multiByteEncodings) {
    const score = scoreOf(encoding, readAs(encoding, sample));
    if (score > (best?.score ?? 0)) best = { encoding, score };
  }
  return best?.encoding;
}

function scoreOf(encoding: MultiByteEncoding, reading: Reading): number {
  const { characters, broken, usual, kana, highTrails, mixed } = reading;
  if (characters < leastCharacters || highTrails < characters * leastHighTrails) return 0;
  if (mixed > characters * mostMixed || broken > characters * mostBroken) return 0;
  const share = usual / characters;
  if (share < leastUsual[encoding]) return 0;
  if (encoding === 'shift_jis' || encoding === 'euc-jp') {
    // Hardly a Japanese text is without kana; what is may be Chinese or Korean as well.
    return kana / characters >= 0.1 ? share + 0.5 : share - 0.2;
  }
  // All of its syllables are in a few rows, where another's text is by chance only.
  return encoding === 'euc-kr' ? share + 0.1 : share;
}

function readAs(encoding: MultiByteEncoding, sample: Uint8Array): Reading {
  const reading = { characters: 0, broken: 0, usual: 0, kana: 0, highTrails: 0, mixed: 0 };
  let isAfterLetter = false;
  for (let at = 0; at < sample.length; ) {
    const length = characterAt(encoding, sample, at);
    if (length === 0) break;
    if (length < 0) reading.broken++;
    else if ((sample[at] ?? 0) >= 0x80 && length > 1) {
      const lead = sample[at] ?? 0;
      const trail = sample[at + 1] ?? 0;
      reading.characters++;
      if (isAfterLetter) reading.mixed++;
      if (trail >= 0x80) reading.highTrails++;
      if (isUsual(encoding, lead, trail)) reading.usual++;
      if (isKana(encoding, lead, trail)) reading.kana++;
    }
    isAfterLetter = length === 1 && isAsciiLetter(sample[at]);
    at += Math.abs(length);
  }
  return reading;
}

function isAsciiLetter(byte = 0): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Rows of common characters: JIS X 0208, KS X 1001, GB 2312 and Big5, each its first level. */
function isUsual(encoding: MultiByteEncoding, lead: number, trail: number): boolean {
  switch (encoding) {
    case 'shift_jis':
      return (lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x97);
    case 'euc-jp':
      return lead === 0xa1 || (lead >= 0xa3 && lead <= 0xa5) || (lead >= 0xb0 && lead <= 0xcf);
    case 'euc-kr':
      return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xc8) || lead === 0xa1 || lead === 0xa3);
    case 'gb18030':
      return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3);
    case 'big5':
      return lead >= 0xa4 ? lead <= 0xc6 : lead === 0xa1;
  }
}

function isKana(encoding: MultiByteEncoding, lead: number, trail: number): boolean {
  if (encoding === 'euc-jp') return lead === 0xa4 || lead === 0xa5;
  if (encoding !== 'shift_jis') return false;
  return (lead === 0x82 && trail >= 0x9f) || (lead === 0x83 && trail <= 0x96);
}
