import { entropyOf, isStandIn } from './token-quality.ts';

/** How a value looks: made by a machine, chosen by a person with care, or like no secret. */
export type SecretStrength = 'random' | 'chosen' | 'weak';

const uuid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const hexDigest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;

/** What stands where a template or a reader puts the value. */
const template =
  /^(?:[<%$#@&*]|\[.*\]$|\{\{?[^{}]*\}?\}$|\(.*\)$)|\$\{[\w.:/ -]+\}|\{\{[\w\s.$|()'"-]*\}\}|\$\([^)]*\)|%\(?\w+\)?s|%[A-Z_]{3,}%|#\{[\w.]+\}|<[^<>]+>|\.\.\.|…/;
/** Words of which a value shows that it is none, or no secret. */
const telltale =
  /example|sample|placeholder|change[_-]?(?:me|it)|your[_-]?|redacted|dummy|fake|foobar|foo_?bar|lorem|todo|fixme|replace|insert|enter[_-]|test|passw(?:or)?d|passwort|secret|token|api[_-]?key|undefined|null|none$|true$|false$|qwerty|abc123|abcdef(?!\d)|12345678|deadbeef|not[_-]|mock|default/i;
const path =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)|:\/\/|^(?:[\w.-]+\/){2,}[\w.-]+$|\.(?:[cm]?[jt]sx?|json|ya?ml|pem|crt|cer|p12|key|txt|html?|css|png|svg|md)$/i;
/** Numbers and regular expressions. */
const notText = /^0x[0-9a-f]{1,16}$|\\[wWdDsSbB]/i;
const version = /^v?\d+(?:\.\d+)+(?:[-+][\w.]+)?$/;
/** A string made of the alphabet in its order: what encoders keep. */
const alphabet = /abcdefgh|ABCDEFGH/;

/** Judges a value by itself, whatever its name says. */
export function strengthOf(value: string): SecretStrength {
  if (isStandIn(value) || /^(.)\1+$/.test(value)) return 'weak';
  if (template.test(value) || path.test(value) || version.test(value)) return 'weak';
  if (notText.test(value)) return 'weak';
  if (uuid.test(value)) return /^[0-]+$/.test(value) ? 'weak' : 'random';
  if (telltale.test(value) || alphabet.test(value)) return 'weak';
  const seen = countKinds(value);
  if (seen.blanks > 0 || seen.others > 0) return 'weak';
  if (isRandom(value, seen)) return 'random';
  return isChosen(value, seen) ? 'chosen' : 'weak';
}

/** Tells whether a value may as well be an identifier or a checksum. */
export function isIdentifierLike(value: string): boolean {
  return uuid.test(value) || hexDigest.test(value);
}

const sentenceWord =
  /\b(?:your?|please|enter|must|should|invalid|required|is|are|was|the|passwords?|not|no|if|to|of|for|this|can|will|or|at|be|in|a|an|has|my)\b/;

/** Four to eight small words, and none that only a sentence needs. */
export function isPassphrase(value: string): boolean {
  return /^[a-z]{3,12}(?: [a-z]{3,12}){3,7}$/.test(value) && !sentenceWord.test(value);
}

interface Kinds {
  lowers: number;
  uppers: number;
  digits: number;
  symbols: number;
  separators: number;
  blanks: number;
  /** Bytes outside printable ASCII. */
  others: number;
  /** How often small letters, capitals and digits change over. */
  switches: number;
  /** The longest stretch of small letters. */
  longestWord: number;
}

function countKinds(value: string): Kinds {
  const kinds: Kinds = {
    lowers: 0,
    uppers: 0,
    digits: 0,
    symbols: 0,
    separators: 0,
    blanks: 0,
    others: 0,
    switches: 0,
    longestWord: 0,
  };
  let previous = '';
  let word = 0;
  for (const char of value) {
    const kind = kindOf(char);
    kinds[kind]++;
    word = kind === 'lowers' ? word + 1 : 0;
    kinds.longestWord = Math.max(kinds.longestWord, word);
    const isPlain = kind === 'lowers' || kind === 'uppers' || kind === 'digits';
    if (isPlain && previous !== '' && previous !== kind) kinds.switches++;
    previous = isPlain ? kind : '';
  }
  return kinds;
}

function kindOf(char: string): Exclude<keyof Kinds, 'switches' | 'longestWord'> {
  if (char >= 'a' && char <= 'z') return 'lowers';
  if (char >= 'A' && char <= 'Z') return 'uppers';
  if (char >= '0' && char <= '9') return 'digits';
  if ('_-./'.includes(char)) return 'separators';
  if (char === ' ' || char === '\t') return 'blanks';
  return char > ' ' && char <= '~' ? 'symbols' : 'others';
}

/** Characters that change kind all the time, as in nothing that people write. */
function isRandom(value: string, seen: Kinds): boolean {
  const { length } = value;
  if (length < 16 || entropyOf(value) < 2.9) return false;
  const switching = seen.switches / (length - 1);
  if (seen.separators * 6 > length + 12) return false;
  if (seen.digits < 2) {
    const isMixed = seen.lowers > 4 && seen.uppers > 4 && switching > 0.35;
    return length >= 24 && isMixed && seen.longestWord < 6;
  }
  if (seen.longestWord >= 6 && seen.digits * 8 < length && switching < 0.3) return false;
  return switching >= 0.18;
}

/** What rules for passwords ask for: kinds enough for the length, and no plain word or name. */
function isChosen(value: string, seen: Kinds): boolean {
  const { length } = value;
  if (length < 7 || length > 64) return false;
  const { lowers, uppers, digits, symbols, separators } = seen;
  const kinds = [lowers, uppers, digits, symbols].filter((count) => count > 0).length;
  if (lowers + uppers === 0 || (digits === 0 && symbols < 2)) return false;
  if (separators * 4 > length) return false;
  // `step2`, `user1`, `Ed25519`: a word and its number.
  if (/^[A-Za-z]+\d{1,2}$/.test(value) && length < 12) return false;
  if (kinds >= 3 || symbols >= 4) return true;
  return kinds === 2 && length >= 8 && seen.switches >= 1;
}
