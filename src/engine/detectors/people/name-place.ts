import { isDigit, isLetter, isLetterOrDigit, isUpper } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { WordTable } from '../word-table.ts';
import { namedThings, nameKeys, namingWords, personVerbs } from './name-words.ts';
import { readWordText } from './read-word-text.ts';

const maxWordBytes = 32;
const firmWords: ReadonlySet<string> = new Set(['inc', 'ltd', 'llc', 'gmbh', 'street', 'st']);
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
  if (!isSet || !mayBeBefore(window, i, wordUse.key)) return false;
  return nameKeys.has(wordBefore(window, i).toLowerCase());
}

function isGap(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x22 || byte === 0x27 || byte === 0x2a;
}

/** Whether the words around tell that a single name is a person's. */
export function isNamedAsPerson(window: TextWindow, start: number, end: number): boolean {
  return isIntroduced(window, start) || isActing(window, end) || isAddressed(window, start, end);
}

const beingWords: ReadonlySet<string> = new Set(['is', 'am', 'me', 'ist', 'bin']);
const introducers = ["i'm", 'i’m', 'ich', ...beingWords];

/** `my name is X`, `my son X`, `Hi X`. */
export function isIntroduced(window: TextWindow, start: number): boolean {
  let i = start;
  if (byteAt(window, i - 1) !== 0x20 && byteAt(window, i - 1) !== 0x0a) return false;
  i--;
  if (byteAt(window, i - 1) === 0x2c || byteAt(window, i - 1) === 0x2e) i--;
  if (!mayBeBefore(window, i, wordUse.naming)) return false;
  const word = wordBefore(window, i).toLowerCase();
  if (namingWords.has(word)) return true;
  if (word === "i'm" || word === 'i’m' || word === 'ich') return true;
  if (!beingWords.has(word)) return false;
  const earlier = wordBefore(window, i - word.length - 1).toLowerCase();
  return ['name', 'i', 'this', 'call', 'calls', 'called', 'ich', 'here'].includes(earlier);
}

/** `X said`, `X lives in`, `X's daughter`. */
function isActing(window: TextWindow, end: number): boolean {
  let i = end;
  const first = byteAt(window, i);
  if (first === 0x27 || isApostrophe(window, i)) {
    i += first === 0x27 ? 1 : 3;
    if ((byteAt(window, i) | 0x20) !== 0x73 || byteAt(window, i + 1) !== 0x20) return false;
    return relations.has(wordAfter(window, i + 2));
  }
  if (first !== 0x20) return false;
  return mayBeAfter(window, i + 1, wordUse.verb) && personVerbs.has(wordAfter(window, i + 1));
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
  return readWordText(window, startOfWord(window, end), end);
}

function wordAfter(window: TextWindow, start: number): string {
  return readWordText(window, start, endOfWord(window, start)).toLowerCase();
}

function startOfWord({ bytes, start: first }: TextWindow, end: number): number {
  const least = Math.max(first, end - maxWordBytes);
  let start = end;
  while (start > least && isWordByte(bytes[start - 1] as number)) start--;
  return start;
}

function endOfWord({ bytes, end: limit }: TextWindow, start: number): number {
  const most = Math.min(limit, start + maxWordBytes);
  let end = start;
  while (end < most && isWordByte(bytes[end] as number)) end++;
  return end;
}

function isWordByte(byte: number): boolean {
  return isLetter(byte) || byte === 0x27 || byte === 0x5f;
}

/** ’ */
function isApostrophe(window: TextWindow, at: number): boolean {
  if (byteAt(window, at) !== 0xe2) return false;
  return byteAt(window, at + 1) === 0x80 && byteAt(window, at + 2) === 0x99;
}

/** Which of the lists has a word, as bits: most words are of none and need not become a string. */
const wordUse = { key: 1, naming: 2, verb: 4, thing: 8, firm: 16 } as const;

const uses = new WordTable();
for (const word of nameKeys) uses.add(word, wordUse.key);
for (const word of namingWords) uses.add(word, wordUse.naming);
for (const word of introducers) uses.add(word, wordUse.naming);
for (const word of personVerbs) uses.add(word, wordUse.verb);
for (const word of namedThings) uses.add(word, wordUse.thing);
for (const word of firmWords) uses.add(word, wordUse.firm);

function mayBeAfter(window: TextWindow, start: number, use: number): boolean {
  return (uses.bitsOf(window.bytes, start, endOfWord(window, start)) & use) !== 0;
}

function mayBeBefore(window: TextWindow, end: number, use: number): boolean {
  return (uses.bitsOf(window.bytes, startOfWord(window, end), end) & use) !== 0;
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
  const isCapital = isUpper(byteAt(window, end + 1));
  if (!mayBeAfter(window, end + 1, isCapital ? wordUse.thing : wordUse.firm)) return false;
  const word = wordAfter(window, end + 1);
  return isCapital ? namedThings.has(word) : firmWords.has(word);
}

/** Whether a value starts here: of a cell, a field or an answer, not in the middle of a sentence. */
export function startsValue(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (before !== 0x20) return valueStarts[before] === 1;
  const mark = byteAt(window, start - 2);
  return mark === 0x3a || mark === 0x3f || mark === 0x3d || mark === 0x7c || mark === 0x2c;
}

const valueStarts = tableOf(',;\t|"\'>:=\n');
