import type { Match } from '../../detector.ts';
import { entropyOf, hasMadeUpWord, isStandIn } from './token-quality.ts';

/** What a check digit or an inner structure says of a token. */
export interface TokenCheck {
  validator: string;
  base: number;
}

/** What makes a text of the right shape a token of its kind. */
export interface TokenRules {
  base: number;
  /** In bits a character of what follows the prefix; less is a stand-in. */
  minEntropy: number;
  /** Something every token has inside. */
  contains?: string;
  /** Gives undefined when the token cannot be one. */
  check?: (token: string) => TokenCheck | undefined;
  /** Tokens that documentation hands out, with their source. */
  published?: Readonly<Record<string, string>>;
}

const madeUpFactor = 0.65;

/** Judges a token that fits its format; `head` is its public prefix. */
export function judgeToken(
  token: string,
  head: string,
  rules: TokenRules,
): Pick<Match, 'base' | 'validator' | 'published' | 'notes'> | undefined {
  const body = token.slice(head.length);
  if (isStandIn(body) || entropyOf(body) < rules.minEntropy) return undefined;
  if (rules.contains !== undefined && !body.includes(rules.contains)) return undefined;
  const check = rules.check?.(token);
  if (rules.check !== undefined && check === undefined) return undefined;
  const isMadeUp = hasMadeUpWord(body);
  const base = (check?.base ?? rules.base) * (isMadeUp ? madeUpFactor : 1);
  const judged: ReturnType<typeof judgeToken> = {
    base: Math.round(base * 1_000) / 1_000,
    validator: check?.validator ?? null,
    notes: isMadeUp ? ['a word in it says it is made up'] : [],
  };
  const published = rules.published?.[token];
  if (published !== undefined) judged.published = published;
  return judged;
}
