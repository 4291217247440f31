import type { HitExample } from '../../detector.ts';
import type { TokenFormat } from './token-format.ts';

/** Two texts with made-up tokens of a format; `contains` is put into their middle. */
export function sampleHits(format: TokenFormat, contains = ''): HitExample[] {
  return ['first', 'second'].map((seed, n) => {
    const token = sampleToken(format, seed);
    const middle = token.length >> 1;
    const whole = token.slice(0, middle) + contains + token.slice(middle);
    const value = contains !== '' && token.includes(contains) ? token : whole;
    return { text: n === 0 ? `It is ${value}.` : `export TOKEN=${value}\n`, values: [value] };
  });
}

/** Texts with what is nearly a token of the formats: one that is too short, one inside a word. */
export function sampleMisses(formats: readonly TokenFormat[]): string[] {
  const shortest = Math.min(...formats.map((format) => format.minBytes));
  return formats.flatMap((format) => {
    const token = sampleToken(format, 'miss');
    return [`cut ${token.slice(0, shortest - 1)} off`, `inside a word: q${token}`];
  });
}

/**
 * Makes a made-up token of a format, always the same one for the same `seed`. Examples are made
 * this way so that the source holds nothing that a scanner or an issuer would take for live.
 */
export function sampleToken(format: TokenFormat, seed: string): string {
  const random = createRandom(seed + format.source);
  let token = '';
  for (const { literal, alphabet, min, max } of format.steps) {
    token += literal;
    const length = min + (max > min ? Math.floor(Math.min(max - min, 24) / 2) : 0);
    for (let n = 0; n < length; n++) token += sampleChar(alphabet, random(), n);
  }
  return token;
}

/** Letters and digits take turns, so that any stretch of a sample has both. */
function sampleChar(alphabet: string, random: number, n: number): string {
  const symbols = alphabet.replace(/[\w.~+/=-]/g, '');
  if (symbols !== '' && n % 7 === 3) return symbols[random % symbols.length] ?? '';
  const digits = alphabet.replace(/\D/g, '');
  const letters = alphabet.replace(/[^A-Za-z]/g, '');
  const chars = (n % 3 === 1 ? digits : letters) || digits || letters || alphabet;
  return chars[random % chars.length] ?? '';
}

/** The minimal standard generator of Park and Miller, started from the text. */
function createRandom(text: string): () => number {
  let state = 1;
  for (const char of text) state = (state * 31 + char.charCodeAt(0)) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state >> 8;
  };
}
