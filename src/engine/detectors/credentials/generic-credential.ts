import { isAsciiLetter, isSpace } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { termKey } from '../../term-index.ts';
import { readAscii } from '../key-body.ts';
import { skipBlanks } from './assigned-value.ts';
import { toAscii } from './base64-text.ts';
import { genericHits, genericMisses } from './generic-examples.ts';
import { maskSecret } from './mask-secret.ts';
import { readNameBefore, readSiblingName } from './name-before.ts';
import { credentialTraits } from './prefix-token.ts';
import { publishedSource } from './published-credentials.ts';
import { type SecretKind, secretKindOf } from './secret-name.ts';
import { isIdentifierLike, isPassphrase, strengthOf } from './secret-strength.ts';
import { alphabets, byteTable } from './token-format.ts';
import { maxValueBytes, minValueBytes, readValue, type Value } from './value-after.ts';

const maxFlagBytes = 48;
const newline = 0x0a;
const dash = 0x2d;
const equals = 0x3d;
const colon = 0x3a;
const comma = 0x2c;
const greater = 0x3e;
const less = 0x3c;
const bang = 0x21;

const quotes = byteTable('"\'`');
const closers = byteTable('"\'`\\])');
const wordChars = byteTable(alphabets['word'] ?? '');
/** The letters that names of secrets have somewhere. */
const nameHeads = ['pas', 'pwd', 'psw', 'sec', 'tok', 'key', 'cred', 'auth', 'bear', '_pw', 'dpw'];
/** The same of words for a password in other languages. */
const foreignHeads = ['nnw', 'htw', 'ras', 'nha', 'slo'];
const heads = [...nameHeads, ...foreignHeads];
/** By the key of the first three, as in the term index. */
const isHead = new Uint8Array(32_768);
for (const head of heads) {
  isHead[termKey(head.charCodeAt(0), head.charCodeAt(1), head.charCodeAt(2))] = 1;
}
/** What may stand between a name and the sign that assigns, or ends the name. */
const closesName = '\\w \\t"\'`\\\\\\]).?:';

/**
 * Secrets that nothing but their name gives away: a value in code, configuration, a header, an
 * element or an option, assigned to a name such as `dbPassword` or `API_KEY`. The value must look
 * like one: random, or chosen as rules for passwords ask; names, paths, templates are none.
 */
export const genericCredential: Detector = {
  ...credentialTraits({
    id: 'generic_credential',
    source: 'names and values as configuration files have them',
    weight: 0.6,
  }),
  specificity: 50,
  anchors: {
    signs: [
      { sign: '=', after: '^=>:', before: closesName, heads },
      { sign: '=', after: '^=>:', before: '=!' },
      { sign: ':', after: '^=>:', before: closesName, heads },
      { sign: '>', after: '^=>:', before: `${closesName}=`, heads },
      { sign: ',', after: '^=>:', before: '"\'`', heads },
    ],
    words: ['key', 'password', 'passwd', 'secret', 'token', 'pass'],
  },
  find: (window, start, end) =>
    end - start > 1 ? findOption(window, start, end) : findAssigned(window, start),
  normalise: (value) => value,
  mask: (value) => maskSecret(value),
  hits: genericHits,
  misses: genericMisses,
};

function findAssigned(window: TextWindow, operator: number): Match | undefined {
  const byte = byteAt(window, operator);
  const next = byteAt(window, operator + 1);
  if (next === equals || next === greater || next === colon) return undefined;
  const before = byteAt(window, operator - 1);
  if (byte === comma && quotes[before] === 0) return undefined;
  // Two colons name a scope.
  if (byte === colon && before === colon) return undefined;
  const isArrow = byte === greater && before === equals;
  const opensElement = byte === greater && !isArrow;
  if (opensElement && wordChars[before] === 0) return undefined;
  if (byte === equals && (before === equals || before === bang)) {
    const reversed = findComparedBefore(window, operator);
    if (reversed !== undefined) return reversed;
  }
  const nameEnd = endOfName(window, operator);
  if (nameEnd < 0) return undefined;
  const value = readValue(window, operator + 1, opensElement);
  // After an arrow or in a list of arguments only a literal is a value.
  if (value === undefined || ((isArrow || byte === comma) && !value.quoted)) return undefined;
  if (!mayNameSecret(window, nameEnd)) return undefined;
  const name = readNameBefore(window, nameEnd);
  const opener = byteAt(window, nameEnd - name.length - 1);
  if (opensElement && opener !== less) return undefined;
  if (byte === comma && !opensCall(window, nameEnd - name.length)) return undefined;
  const kind = secretKindOf(readSiblingName(window, nameEnd, name));
  return kind === undefined ? undefined : judge(window, value, kind, byte === comma);
}

/** `("name", …`: the first argument of a call. */
function opensCall(window: TextWindow, nameStart: number): boolean {
  let i = nameStart;
  while (nameStart - i < 3 && closers[byteAt(window, i - 1)] === 1) i--;
  while (nameStart - i < 24 && isSpace(byteAt(window, i - 1))) i--;
  return byteAt(window, i - 1) === 0x28;
}

/** The index after the name, before operators, blanks and quotes; -1 when there is none. */
function endOfName(window: TextWindow, operator: number): number {
  let i = operator;
  while (operator - i < 4 && isOperator(byteAt(window, i - 1))) i--;
  const gap = i;
  while (gap - i < 24 && (byteAt(window, i - 1) === 0x20 || byteAt(window, i - 1) === 0x09)) i--;
  const close = i;
  while (close - i < 4 && closers[byteAt(window, i - 1)] === 1) i--;
  return wordChars[byteAt(window, i - 1)] === 1 ? i : -1;
}

function isOperator(byte: number): boolean {
  return byte === equals || byte === colon || byte === bang || byte === 0x3f || byte === 0x2e;
}

/** A cheap test of the name before `end` (and of one before a type): may it be that of a secret? */
function mayNameSecret(window: TextWindow, end: number): boolean {
  const { bytes } = window;
  const from = Math.max(window.start, end - maxFlagBytes);
  for (let i = end - 2; i >= from; i--) {
    const byte = bytes[i] as number;
    if (byte === newline) return false;
    const key = termKey(byte, bytes[i + 1] as number, bytes[i + 2] as number);
    if (isHead[key] === 1 && (isAsciiLetter(byte) || byte === 0x5f)) return true;
  }
  return false;
}

/** `"value" == name`: the value is on the other side of the comparison. */
function findComparedBefore(window: TextWindow, operator: number): Match | undefined {
  const nameStart = skipBlanks(window, operator + 1, 4);
  let nameEnd = nameStart;
  while (nameEnd - nameStart < maxFlagBytes && wordChars[byteAt(window, nameEnd)] === 1) nameEnd++;
  if (nameEnd === nameStart || !mayNameSecret(window, nameEnd)) return undefined;
  let close = operator;
  while (
    operator - close < 6 &&
    (isOperator(byteAt(window, close - 1)) || byteAt(window, close - 1) === 0x20)
  )
    close--;
  const quote = byteAt(window, --close);
  if (quotes[quote] === 0) return undefined;
  let open = close;
  while (byteAt(window, open - 1) !== quote) {
    if (
      byteAt(window, open - 1) === newline ||
      close - open > maxValueBytes ||
      open <= window.start
    )
      return undefined;
    open--;
  }
  const kind = secretKindOf(readAscii(window, nameStart, nameEnd));
  if (kind === undefined || close - open < minValueBytes) return undefined;
  return judge(window, { start: open, end: close, quoted: true }, kind, false);
}

/** `--db-password value`: an option of a command, its value after a blank. */
function findOption(window: TextWindow, word: number, wordEnd: number): Match | undefined {
  if (byteAt(window, word - 1) !== dash) return undefined;
  let start = word;
  while (word - start < maxFlagBytes && isOptionByte(byteAt(window, start - 1))) start--;
  if (byteAt(window, start) !== dash) return undefined;
  let end = wordEnd;
  while (end - wordEnd < maxFlagBytes && isOptionByte(byteAt(window, end))) end++;
  if (byteAt(window, end) !== 0x20 || byteAt(window, end + 1) === dash) return undefined;
  const kind = secretKindOf(readAscii(window, start, end));
  if (kind === undefined || kind === 'key') return undefined;
  const value = readValue(window, end + 1, false);
  return value === undefined ? undefined : judge(window, value, kind, kind !== 'password');
}

function isOptionByte(byte: number): boolean {
  return byte === dash || byte === 0x5f || isAsciiLetter(byte);
}

/** Code that stands where a value without quotes would. */
const code =
  /^[A-Za-z_$][\w$]*(?:(?:\??\.|::|->)[A-Za-z_$][\w$]*)+|^[A-Za-z_$][\w$.]*[([]|=>|^[A-Z_]+$|^\w+=|^[A-Za-z_$][\w$]*[)}\]>]|&&|\|\|/;
const closesCode = /[)}\]]$/;
const symbolChars = /[^A-Za-z0-9_.\-/]/g;

function judge(
  window: TextWindow,
  value: Value,
  kind: SecretKind,
  needsRandom: boolean,
): Match | undefined {
  const text = toAscii(window.bytes.subarray(value.start, value.end));
  const isSymbolic = new Set(text.match(symbolChars)).size >= 4;
  if (value.quoted ? /^[),;}\]]/.test(text) : code.test(text)) return undefined;
  if (!value.quoted && !isSymbolic && closesCode.test(text)) return undefined;
  if (kind === 'password' && value.quoted && !needsRandom && isPassphrase(text)) {
    return toMatch(value, 'password: passphrase', 0.55);
  }
  const strength = strengthOf(text);
  if (strength === 'weak' || (needsRandom && strength !== 'random')) return undefined;
  if (kind === 'key' && (strength !== 'random' || text.length < 20 || isIdentifierLike(text))) {
    return undefined;
  }
  if (kind === 'secret' && strength === 'chosen' && !isSymbolic) {
    if (!value.quoted || !/\d.*\d/.test(text)) return undefined;
  }
  const bases = { password: 0.75, secret: 0.75, key: 0.6 };
  const base = strength === 'random' ? bases[kind] : value.quoted ? 0.65 : 0.6;
  const match = toMatch(value, `${kind}: ${strength}`, base);
  const source = publishedSource(text);
  return source === undefined ? match : { ...match, published: source };
}

function toMatch({ start, end }: Value, pattern: string, base: number): Match {
  return { start, end, pattern, validator: null, base };
}
