import { isLetter } from '../../byte-classes.ts';
import {
  byteAt,
  type Detector,
  type HitExample,
  type Match,
  type TextWindow,
} from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { findAssignedValue } from './assigned-value.ts';
import { maskSecret } from './mask-secret.ts';
import { credentialTraits } from './prefix-token.ts';
import { sampleToken } from './sample-token.ts';
import { compileFormat, matchFormat, type TokenFormat } from './token-format.ts';
import { judgeToken, type TokenRules } from './token-match.ts';

/** A provider's token that only the name it is assigned to tells apart. */
export interface KeyedTokenSpec extends Partial<TokenRules> {
  id: string;
  /** Who documents the format, and where. */
  source: string;
  /** Beginnings of words in the name; a space also stands for a hyphen or underscore. */
  keywords: readonly string[];
  /** Shapes of the value; see `compileFormat`. */
  formats: readonly string[];
  /** What the name must (or must not) have beside the keyword. */
  key?: RegExp;
  notKey?: RegExp;
  /** What must be right before the keyword. */
  before?: RegExp;
  /** A name for the examples; `<keyword>_token` unless given. */
  exampleKey?: string;
  /** True when a value of nothing but letters is one, too. */
  letters?: boolean;
  weight?: number;
  identifier?: boolean;
  hits?: readonly HitExample[];
  misses?: readonly string[];
}

/** Names that end so hold no secret, whoever's name is before. */
const harmlessKey =
  /(?:hash|sha\d*|md5|checksum|digest|commit|integrity|etag|revision|rev|version)$/i;
/** How far before the keyword the name may start. */
const maxKeyLead = 40;
const maxBeforeBytes = 96;

/** Builds the detector of a value that is assigned to a name with a keyword. */
export function keyedToken(spec: KeyedTokenSpec): Detector {
  const formats = spec.formats.map(compileFormat);
  const base = spec.identifier ? 0.65 : 0.75;
  const rules: TokenRules = { base, minEntropy: 2.5, ...spec };
  const key = spec.exampleKey ?? `${(spec.keywords[0] ?? '').replaceAll(' ', '_')}_token`;
  const heads = formats.map((format) => format.head).filter((head) => head !== '');
  return {
    ...credentialTraits(spec),
    specificity: 70,
    anchors: { words: spec.keywords },
    find: (window, start, end) => findKeyed(window, { start, end }, { spec, formats, rules }),
    normalise: (value) => value,
    mask: (value) =>
      maskSecret(
        value,
        heads.find((head) => value.startsWith(head)),
      ),
    get hits() {
      return [...formats.flatMap((format) => keyedHits(format, key)), ...(spec.hits ?? [])];
    },
    get misses() {
      return [...keyedMisses(formats, key), ...(spec.misses ?? [])];
    },
  };
}

interface Compiled {
  spec: KeyedTokenSpec;
  formats: readonly TokenFormat[];
  rules: TokenRules;
}

function findKeyed(
  window: TextWindow,
  keyword: { start: number; end: number },
  { spec, formats, rules }: Compiled,
): Match | undefined {
  const assigned = findAssignedValue(window, keyword.end);
  if (assigned === undefined) return undefined;
  const { keyEnd, value } = assigned;
  for (const format of formats) {
    const end = matchFormat(format, window, value);
    if (end < 0 || !endsValue(window, end)) continue;
    const key = readKey(window, keyword.start, keyEnd);
    if (!spec.identifier && harmlessKey.test(key)) return undefined;
    if (spec.before?.test(readBefore(window, keyword.start)) === false) return undefined;
    if (spec.key?.test(key) === false || spec.notKey?.test(key)) return undefined;
    const token = readAscii(window, value, end);
    const judged = judgeToken(token, format.head, rules);
    if (judged === undefined) continue;
    if (format.head.length < 3 && !/\d/.test(token) && spec.letters !== true) continue;
    return { start: value, end, pattern: format.source, ...judged };
  }
  return undefined;
}

function readKey(window: TextWindow, keyword: number, keyEnd: number): string {
  let start = keyword;
  for (; keyword - start < maxKeyLead; start--) {
    const before = byteAt(window, start - 1);
    if (before >= 0x80 || !(isLetter(before) || before === 0x5f || before === 0x2d)) break;
  }
  return readAscii(window, start, keyEnd);
}

function readBefore(window: TextWindow, keyword: number): string {
  return readAscii(window, Math.max(window.start, keyword - maxBeforeBytes), keyword);
}

/** A value is over at anything but what would make it a file name, an address or a call. */
function endsValue(window: TextWindow, end: number): boolean {
  const byte = byteAt(window, end);
  if (byte === 0x28 || byte === 0x2f || byte === 0x40) return false;
  return byte !== 0x2e || !isLetter(byteAt(window, end + 1));
}

function keyedHits(format: TokenFormat, key: string): HitExample[] {
  const [first, second] = [sampleToken(format, 'first'), sampleToken(format, 'second')];
  return [
    { text: `${key} = "${first}"`, values: [first] },
    { text: `{\n  "${key}": "${second}"\n}`, values: [second] },
  ];
}

function keyedMisses(formats: readonly TokenFormat[], key: string): string[] {
  const shortest = Math.min(...formats.map((format) => format.minBytes));
  return formats.flatMap((format) => {
    const token = sampleToken(format, 'miss');
    return [`${key} = "${token.slice(0, shortest - 1)}"`, `${key} is not given "${token}" here`];
  });
}
