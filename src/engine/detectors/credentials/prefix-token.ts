import { isLetter, isLetterOrDigit } from '../../byte-classes.ts';
import {
  byteAt,
  type Detector,
  type HitExample,
  type Match,
  type TextWindow,
} from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { maskSecret } from './mask-secret.ts';
import { sampleHits, sampleMisses } from './sample-token.ts';
import { byteTable, compileFormat, matchFormat, type TokenFormat } from './token-format.ts';
import { judgeToken, type TokenRules } from './token-match.ts';

/** A provider's token that is known by how it starts. */
export interface PrefixTokenSpec extends Partial<TokenRules> {
  id: string;
  /** Who documents the format, and where. */
  source: string;
  /** See `compileFormat`; each starts with a letter. */
  formats: readonly string[];
  /** 0–1; 0.8 unless given. An `identifier` gives nothing away by itself. */
  weight?: number;
  identifier?: boolean;
  /** True when the prefix is so short that base64 may have it by chance. */
  strict?: boolean;
  /** More of the beginning than the prefix, when that is too short to look for. */
  anchorWords?: readonly string[];
  specificity?: number;
  /** Examples beside those made of the formats. */
  hits?: readonly HitExample[];
  misses?: readonly string[];
}

/** Builds the detector of a token with a prefix of its own. */
export function prefixToken(spec: PrefixTokenSpec): Detector {
  const formats = spec.formats.map(compileFormat);
  const heads = [...new Set(formats.map((format) => format.head))];
  if (!heads.every((head) => /^[A-Za-z]/.test(head))) {
    throw new Error(`${spec.id}: a prefix starts with a letter`);
  }
  const rules: TokenRules = { base: 0.9, minEntropy: 2.2, ...spec };
  const strict = spec.strict ?? false;
  const compiled = { formats, rules, strict };
  return {
    ...credentialTraits(spec),
    specificity: spec.specificity ?? 90,
    anchors: { words: spec.anchorWords ?? heads },
    find: (window, start) =>
      startsToken(window, start, strict) ? matchToken(window, start, compiled) : undefined,
    normalise: (value) => value,
    mask: (value) =>
      maskSecret(
        value,
        heads.find((head) => value.startsWith(head)),
      ),
    get hits() {
      return [
        ...formats.flatMap((format) => sampleHits(format, spec.contains)),
        ...(spec.hits ?? []),
      ];
    },
    get misses() {
      return [...sampleMisses(formats), ...(spec.misses ?? [])];
    },
  };
}

/** What all detectors of credentials have in common. */
export function credentialTraits(spec: {
  id: string;
  source: string;
  weight?: number;
  identifier?: boolean;
}): Pick<
  Detector,
  'id' | 'category' | 'weight' | 'floor' | 'sources' | 'heedsExampleWords' | 'context'
> {
  const traits = {
    id: spec.id,
    category: 'credential',
    weight: spec.weight ?? (spec.identifier ? 0.1 : 0.8),
    sources: [spec.source],
    heedsExampleWords: true,
    context: [],
  } as const;
  if (spec.identifier) return traits;
  return { ...traits, floor: { label: 'confidential', reason: 'credential' } };
}

const neverBefore = byteTable('+-./_');

/** Tells whether a token may start at `start`: after nothing that belongs to a longer one. */
export function startsToken(window: TextWindow, start: number, strict: boolean): boolean {
  const before = byteAt(window, start - 1);
  if (strict && neverBefore[before] === 1) return false;
  if (!isLetterOrDigit(before)) return true;
  // In a string literal, `\n` and the like are two characters.
  const isEscape = before === 0x6e || before === 0x72 || before === 0x74;
  return isEscape && byteAt(window, start - 2) === 0x5c;
}

function matchToken(
  window: TextWindow,
  start: number,
  {
    formats,
    rules,
    strict,
  }: { formats: readonly TokenFormat[]; rules: TokenRules; strict: boolean },
): Match | undefined {
  for (const format of formats) {
    const end = matchFormat(format, window, start);
    if (end < 0 || (strict && goesOn(window, end))) continue;
    const judged = judgeToken(readAscii(window, start, end), format.head, rules);
    if (judged !== undefined) return { start, end, pattern: format.source, ...judged };
  }
  return undefined;
}

/** Whether what follows makes a token part of base64, a path or a file name. */
function goesOn(window: TextWindow, end: number): boolean {
  const byte = byteAt(window, end);
  if (byte === 0x2b || byte === 0x2f) return true;
  return byte === 0x2e && isLetter(byteAt(window, end + 1));
}
