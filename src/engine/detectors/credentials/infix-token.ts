import {
  type Anchors,
  byteAt,
  type Detector,
  type HitExample,
  type TextWindow,
} from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { maskSecret } from './mask-secret.ts';
import { credentialTraits, startsToken } from './prefix-token.ts';
import { sampleHits, sampleMisses } from './sample-token.ts';
import { compileFormat, matchFormat } from './token-format.ts';
import { judgeToken, type TokenRules } from './token-match.ts';

/** A provider's token that is known by something inside. */
export interface InfixTokenSpec extends Partial<TokenRules> {
  id: string;
  source: string;
  formats: readonly string[];
  anchors: Anchors;
  /** How many bytes of the token may be before its anchor. */
  leads: readonly number[];
  /** What may stand right before a token, though it is letters. */
  mayFollow?: string;
  /** A cheap test of the bytes around the anchor, before any format is tried. */
  guard?: (window: TextWindow, start: number, end: number) => boolean;
  weight?: number;
  identifier?: boolean;
  specificity?: number;
  /** False when a token without context is no finding, so that none can be made up. */
  plainSamples?: boolean;
  hits?: readonly HitExample[];
  misses?: readonly string[];
}

/** Builds the detector of a token whose telling part is not its beginning. */
export function infixToken(spec: InfixTokenSpec): Detector {
  const formats = spec.formats.map(compileFormat);
  const rules: TokenRules = { base: 0.85, minEntropy: 2.5, ...spec };
  return {
    ...credentialTraits(spec),
    specificity: spec.specificity ?? 90,
    anchors: spec.anchors,
    find(window, start, end) {
      if (spec.guard?.(window, start, end) === false) return undefined;
      for (const lead of spec.leads) {
        const from = start - lead;
        if (!startsHere(window, from, spec.mayFollow)) continue;
        for (const format of formats) {
          const to = matchFormat(format, window, from);
          if (to < 0) continue;
          const judged = judgeToken(readAscii(window, from, to), format.head, rules);
          if (judged === undefined) continue;
          return { start: from, end: to, pattern: format.source, ...judged };
        }
      }
      return undefined;
    },
    normalise: (value) => value,
    mask: (value) => maskSecret(value),
    get hits() {
      const made =
        spec.plainSamples === false ? [] : formats.flatMap((format) => sampleHits(format));
      return [...made, ...(spec.hits ?? [])];
    },
    get misses() {
      return [...sampleMisses(formats), ...(spec.misses ?? [])];
    },
  };
}

function startsHere(window: TextWindow, at: number, mayFollow: string | undefined): boolean {
  if (startsToken(window, at, false)) return byteAt(window, at - 1) !== 0x2d;
  return mayFollow !== undefined && readAscii(window, at - mayFollow.length, at) === mayFollow;
}
