import { isDigit, isLetter, isLetterOrDigit, isUpper } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { nameKeys, namesThing, namingWords, personVerbs } from './name-words.ts';
import { readWordText } from './read-word-text.ts';

const maxWordBytes = 32;
const maxGapBytes = 12;

/** Whether the text around is code, a path or an address rather than prose or a form. */
export function isInCode(window: TextWindow, start: number, end: number): boolean {
  const before = byteAt(window, start - 1);
  if (isDigit(before) || codeBefore[before] === 1) return true;
  if (before === 0x2d && isLetterOrDigit(byteAt(window, start - 2))) return true;
  const after = byteAt(window, end);
  if (isDigit(after) || codeAfter[after] === 1) return true;
  if (after === 0x2d && isLetterOrDigit(byteAt(window, end + 1))) return true;
  if (after === 0x3a) return byteAt(window, end + 1) === 0x3a;
  return after === 0x2e && isLetterOrDigit(byteAt(window, end + 1));
}

const codeBefore = tableOf('._/@\\$#&`~^<+%{');
const codeAfter = tableOf('_/@\\`=($+{}[');

/** Whether a key such as `Name:`, `"author": "` or `<Nachname>` is right before. */
export function followsNameKey(window: TextWindow, start: number): boolean {
  let i = start;
  let isSet = false;
  while (start - i < maxGapBytes) {
    const byte = byteAt(window, i - 1);
    if (byte === 0x3a || byte === 0x3d || byte === 0x3e) isSet = true;
    else if (!isGap(byte)) break;
    i--;
  }
  return isSet && nameKeys.has(wordBefore(window, i).toLowerCase());
}

function isGap(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x22 || byte === 0x27 || byte === 0x2a;
}

/** Whether the words around tell that a single name is a person's. */
export function isNamedAsPerson(window: TextWindow, start: number, end: number): boolean {
  return isIntroduced(window, start) || isActing(window, end) || isAddressed(window, start, end);
}

/** `my name is X`, `my son X`, `Hi X`. */
export function isIntroduced(window: TextWindow, start: number): boolean {
  let i = start;
  if (byteAt(window, i - 1) !== 0x20 && byteAt(window, i - 1) !== 0x0a) return false;
  i--;
  if (byteAt(window, i - 1) === 0x2c || byteAt(window, i - 1) === 0x2e) i--;
  const word = wordBefore(window, i).toLowerCase();
  if (word === '') return false;
  if (namingWords.has(word)) return true;
  if (word === "i'm" || word === 'i’m' || word === 'ich') return true;
  if (word !== 'is' && word !== 'am' && word !== 'me' && word !== 'ist' && word !== 'bin')
    return false;
  const earlier = wordBefore(window, i - word.length - 1).toLowerCase();
  return ['name', 'i', 'this', 'call', 'calls', 'called', 'ich', 'here'].includes(earlier);
}

/** `X said`, `X lives in`, `X's daughter`. */
function isActing(window: TextWindow, end: number): boolean {
  let i = end;
  if (byteAt(window, i) === 0x27 || startsWith(window, i, 0xe2, 0x80, 0x99)) {
    i += byteAt(window, i) === 0x27 ? 1 : 3;
    if ((byteAt(window, i) | 0x20) !== 0x73 || byteAt(window, i + 1) !== 0x20) return false;
    return relations.has(wordAfter(window, i + 2));
  }
  if (byteAt(window, i) !== 0x20) return false;
  return personVerbs.has(wordAfter(window, i + 1));
}

const relations: ReadonlySet<string> = new Set(
  `daughter son wife husband mother father brother sister friend boss address name phone email house
birthday account card car family parents kids children boyfriend girlfriend office job`.split(
    /\s+/,
  ),
);

/** `X, can you …` at the start of a line, `X: "…"` of a dialogue. */
function isAddressed(window: TextWindow, start: number, end: number): boolean {
  const before = byteAt(window, start - 1);
  if (before !== 0 && before !== 0x0a && before !== 0x22) return false;
  const mark = byteAt(window, end);
  if (mark === 0x3a) return startsSpeech(window, end + 1);
  if (mark !== 0x2c || byteAt(window, end + 1) !== 0x20) return false;
  return addresses.has(wordAfter(window, end + 2));
}

function startsSpeech(window: TextWindow, at: number): boolean {
  const first = byteAt(window, at);
  const next = first === 0x20 ? byteAt(window, at + 1) : first;
  return next === 0x22 || (first === 0x20 && isUpper(next));
}

const addresses: ReadonlySet<string> = new Set(
  'can could would please i i’m we you thank thanks how what when where why do are have let'.split(
    ' ',
  ),
);

/** The word that ends at `end`, with an apostrophe inside; empty when none does. */
export function wordBefore(window: TextWindow, end: number): string {
  let start = end;
  while (end - start < maxWordBytes && isWordByte(byteAt(window, start - 1))) start--;
  return readWordText(window, start, end);
}

function wordAfter(window: TextWindow, start: number): string {
  let end = start;
  while (end - start < maxWordBytes && isWordByte(byteAt(window, end))) end++;
  return readWordText(window, start, end).toLowerCase();
}

function isWordByte(byte: number): boolean {
  return isLetter(byte) || byte === 0x27 || byte === 0x5f;
}

function startsWith(window: TextWindow, at: number, ...bytes: number[]): boolean {
  return bytes.every((byte, n) => byteAt(window, at + n) === byte);
}

/** Whether a name from `start` to `end` has its line to itself, but for marks of quoting. */
export function isOwnLine(window: TextWindow, start: number, end: number): boolean {
  let i = start;
  while (start - i < maxGapBytes && lineLead[byteAt(window, i - 1)] === 1) i--;
  const before = byteAt(window, i - 1);
  const isStart = before === 0x0a || (before === 0 && window.offset + i === 0);
  const after = byteAt(window, end);
  return isStart && (after === 0x0a || after === 0x0d || (after === 0 && window.endsText));
}

const lineLead = tableOf(' \t>?*-•');

function tableOf(chars: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const char of chars) if (char.charCodeAt(0) < 256) table[char.charCodeAt(0)] = 1;
  return table;
}

/** Whether a number stands before or behind: `12 Juan Perez` and `Juan Perez 12` are streets. */
export function isBesideNumber(window: TextWindow, start: number, end: number): boolean {
  if (byteAt(window, end) === 0x20 && isDigit(byteAt(window, end + 1))) return true;
  return byteAt(window, start - 1) === 0x20 && isDigit(byteAt(window, start - 2));
}

/** Whether the word behind makes the name that of a firm, a street or another thing. */
export function isPartOfThing(window: TextWindow, end: number): boolean {
  if (byteAt(window, end) !== 0x20) return false;
  const word = wordAfter(window, end + 1);
  return isUpper(byteAt(window, end + 1)) ? namesThing(word) : firmWords.has(word);
}

const firmWords: ReadonlySet<string> = new Set(['inc', 'ltd', 'llc', 'gmbh', 'street', 'st']);

/** Whether a value starts here: of a cell, a field or an answer, not in the middle of a sentence. */
export function startsValue(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (before !== 0x20) return valueStarts[before] === 1;
  const mark = byteAt(window, start - 2);
  return mark === 0x3a || mark === 0x3f || mark === 0x3d || mark === 0x7c || mark === 0x2c;
}

const valueStarts = tableOf(',;\t|"\'>:=\n');
