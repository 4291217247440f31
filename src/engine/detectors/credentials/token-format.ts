import { byteAt, type TextWindow } from '../../detector.ts';

/** A literal, or a run of `min` to `max` bytes of one alphabet. */
interface Step {
  literal: string;
  /** The literal's bytes. */
  bytes: Uint8Array;
  alphabet: string;
  chars: Uint8Array | undefined;
  min: number;
  max: number;
}

/** A token's shape, ready to be matched; the cost of a match is the token's length. */
export interface TokenFormat {
  readonly source: string;
  readonly steps: readonly Step[];
  /** What the token starts with, whatever its value; empty when that is not fixed. */
  readonly head: string;
  /** Bytes of the shortest token. */
  readonly minBytes: number;
  /** Bytes that may not follow a token, because they would belong to it. */
  readonly tail: Uint8Array;
}

const digits = '0123456789';
const lowers = 'abcdefghijklmnopqrstuvwxyz';
const uppers = lowers.toUpperCase();
const alnums = digits + lowers + uppers;

/** The alphabets that formats name. */
export const alphabets: Readonly<Record<string, string>> = {
  digit: digits,
  hex: `${digits}abcdef`,
  anyhex: `${digits}abcdefABCDEF`,
  lower: lowers,
  upper: uppers,
  letter: lowers + uppers,
  lownum: digits + lowers,
  upnum: digits + uppers,
  alnum: alnums,
  base32: `ABCDEFGHIJKLMNOPQRSTUVWXYZ234567`,
  bech32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  word: `${alnums}_`,
  url: `${alnums}_-`,
  urleq: `${alnums}_-=`,
  dotted: `${alnums}_-=.`,
  base64: `${alnums}+/`,
  base64eq: `${alnums}+/=`,
  secret: `${alnums}_-~.`,
  percent: `${alnums}%`,
  krakenkey: `${alnums}+/=_-`,
  freemiuskey: `${alnums}_!@#$%^&*()+=-`,
  '=': '=',
};

const uuid = '{anyhex 8}-{anyhex 4}-{anyhex 4}-{anyhex 4}-{anyhex 12}';

/**
 * Reads a format such as `ghp_{alnum 36}` or `xoxb-{digit 10-13}-{alnum 24-}`: text stands for
 * itself, braces for a run of an alphabet with its length; `{uuid}` is a shorthand. A run takes as
 * much as it can, so what follows a run of variable length must start outside its alphabet.
 */
export function compileFormat(source: string): TokenFormat {
  const steps: Step[] = [];
  const written = source.replaceAll('{uuid}', uuid);
  for (const part of written.split(/(\{[^}]+\})/)) {
    if (part === '') continue;
    const run = /^\{(\S+) (\d+)(?:(-)(\d*))?\}$/.exec(part);
    if (run === null) {
      if (part.startsWith('{')) throw new Error(`cannot read ${part} of format ${source}`);
      steps.push({
        literal: part,
        bytes: bytesOf(part),
        alphabet: '',
        chars: undefined,
        min: 0,
        max: 0,
      });
      continue;
    }
    const [, alphabet = '', min = '', dash, max] = run;
    const chars = alphabets[alphabet];
    if (chars === undefined) throw new Error(`no alphabet ${alphabet} for format ${source}`);
    const most = dash === undefined ? Number(min) : Number(max || maxRunBytes);
    steps.push({
      literal: '',
      bytes: noBytes,
      alphabet: chars,
      chars: byteTable(chars),
      min: +min,
      max: most,
    });
  }
  const last = steps.findLast((step) => step.min > 0);
  return {
    source,
    steps,
    head: steps[0]?.literal ?? '',
    minBytes: steps.reduce((sum, step) => sum + step.literal.length + step.min, 0),
    tail: byteTable(`${alphabets['word']}${(last?.alphabet ?? '').replace('.', '')}`),
  };
}

const noBytes = new Uint8Array();

function bytesOf(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (char) => char.charCodeAt(0));
}

/** Runs without a stated end are read no further than this. */
const maxRunBytes = 2_048;

/** Gives the index after a token that starts at `start`, or -1. */
export function matchFormat(format: TokenFormat, window: TextWindow, start: number): number {
  let i = start;
  for (const { bytes, chars, min, max } of format.steps) {
    if (chars === undefined) {
      for (let n = 0; n < bytes.length; n++, i++) {
        if (byteAt(window, i) !== bytes[n]) return -1;
      }
      continue;
    }
    let count = 0;
    while (count < max && chars[byteAt(window, i)] === 1) {
      count++;
      i++;
    }
    // A full stop after a token ends the sentence.
    if (count > min && count < max && byteAt(window, i - 1) === 0x2e) {
      count--;
      i--;
    }
    if (count < min) return -1;
  }
  return format.tail[byteAt(window, i)] === 1 ? -1 : i;
}

/** Gives a table with 1 at the bytes of `chars`. */
export function byteTable(chars: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
}
