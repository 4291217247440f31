import { isAsciiLetter, isLetter, isLower, isUpper } from '../../byte-classes.ts';
import { hashWord } from '../../capitalised-words.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { WordTable } from '../word-table.ts';
import { kindsOfHash, nameAnchors, nameKind } from './name-lists.ts';
import {
  followsNameKey,
  isBesideNumber,
  isOwnLine,
  isPartOfThing,
  wordBefore,
} from './name-place.ts';
import { type FoundName, readName, readNameBehind } from './name-reading.ts';
import { nameOwners } from './name-words.ts';

const decoder = new TextDecoder();

/** Phrases that a name follows, in small letters too. */
const introductions = [
  'name is',
  'name ist',
  'calls me',
  'call me',
  'heiße',
  'heisse',
  'appelle',
  'llamo',
  'chiamo',
  'chamo',
];

/**
 * Names of people: listed given and family names, titles, initials, particles and the words around
 * tell one. A name alone says little of how sensitive a text is, so it weighs next to nothing; a
 * policy that cares sets the weight of `person_name`.
 */
export const personName: Detector = {
  id: 'person_name',
  category: 'identity',
  weight: 0.01,
  identifiesPerson: false,
  specificity: 10,
  anchors: { capitalised: nameAnchors, words: introductions },
  find: findPersonName,
  normalise: normaliseName,
  mask: (value) => value.replace(/\p{L}+/gu, (word) => `${[...word][0]}***`),
  heedsExampleWords: false,
  context: [
    {
      effect: 0.45,
      words: {
        en: [
          'first name',
          'firstname',
          'given name',
          'last name',
          'lastname',
          'surname',
          'family name',
          'full name',
          'fullname',
          'maiden name',
          'middle name',
          'patient name',
          'employee name',
          'customer name',
          'contact person',
          'cardholder',
          'next of kin',
          'beneficiary',
        ],
        de: ['vorname', 'nachname', 'familienname', 'geburtsname', 'ansprechpartner'],
        fr: ['prénom', 'nom de famille', 'nom et prénom'],
        es: ['apellido', 'apellidos', 'nombre y apellidos', 'nombre completo'],
        it: ['cognome', 'nome e cognome', 'nominativo'],
        pt: ['sobrenome', 'apelido', 'nome completo'],
        nl: ['voornaam', 'achternaam'],
        pl: ['imię', 'nazwisko'],
      },
    },
    {
      effect: -0.5,
      words: { en: ['font', 'font family', 'typeface', 'theme', 'city', 'theorem'] },
    },
  ],
  hits: [
    { text: 'Prepared by Martha Klein, analyst.', values: ['Martha Klein'] },
    { text: 'Sehr geehrte Frau Dr. Sabine Köhler,', values: ['Sabine Köhler'] },
    { text: 'The invoice of Mr. Brunswick is late.', values: ['Brunswick'] },
    { text: 'We met Jean-Claude van den Berg there', values: ['Jean-Claude van den Berg'] },
    { text: 'Signed: J. R. Whitfield', values: ['J. R. Whitfield'] },
    { text: 'Kovalenko, Oksana; Huber, Klara', values: ['Kovalenko, Oksana', 'Huber, Klara'] },
    { text: 'Name: ANNA MUELLER\nSex: F', values: ['ANNA MUELLER'] },
    { text: 'id,first_name,city\n1,Matthias,Ulm\n', values: ['Matthias'] },
    { text: 'My name is Ingeborg and I live in Ulm.', values: ['Ingeborg'] },
    {
      text: 'a letter from Tomáš Dvořáček to Ólafur Jónsson',
      values: ['Tomáš Dvořáček', 'Ólafur Jónsson'],
    },
    {
      text: 'Priya Raghunathan joined; Tanaka Hiroshi left',
      values: ['Priya Raghunathan', 'Tanaka Hiroshi'],
    },
    { text: 'with Martin, Ursula and Dieter.', values: ['Martin', 'Ursula', 'Dieter'] },
  ],
  misses: [
    'Grace Period ends in April; May Day is a holiday.',
    'Will this work? May I ask? Mark it as done.',
    'San Antonio, Lake Victoria, Paris and Florence',
    'class Victor extends Martin.Base { Diana() {} }',
    'import { Julia } from "./Julia.ts"; new Maria(1)',
    'the Travis build, the Jasmine tests, a Ruby gem',
    'Human Resources, General Ledger, Project Manager',
    'Monday, June and Christmas Eve',
    'see the van Hove singularity and the Bell Labs paper',
  ],
};

function findPersonName(window: TextWindow, anchor: number, end: number): Match | undefined {
  if (isPlainWord(window, anchor, end)) {
    const hash = hashWord(window.bytes, anchor, end);
    const kinds = kindsOfHash(hash);
    if ((kinds & nameKind.anchor) === 0) return undefined;
    if (isInCell(window, anchor, end))
      return findInCell(window, { start: anchor, end, hash, kinds });
  }
  const name = isPhrase(window, anchor, end)
    ? isIntroduction(window, anchor)
      ? readNameBehind(window, end)
      : undefined
    : readName(window, anchor);
  return name === undefined ? undefined : weigh(window, name);
}

/** Whether an anchor is a word of ASCII letters with a capital, and no part of a longer one. */
function isPlainWord(
  { bytes, start: first, end: limit }: TextWindow,
  start: number,
  end: number,
): boolean {
  if (start - 1 < first || end + 1 >= limit || !isUpper(bytes[start] as number)) return false;
  if (wordMarks[bytes[start - 1] as number] === 1 || wordMarks[bytes[end] as number] === 1) {
    return false;
  }
  for (let i = start + 1; i < end; i++) if (!isAsciiLetter(bytes[i] as number)) return false;
  return end - start <= maxPlainBytes;
}

const maxPlainBytes = 32;
/** What goes on with a word or may. */
const wordMarks = new Uint8Array(256).fill(1, 0x80);
for (let byte = 0; byte < 0x80; byte++) wordMarks[byte] = isAsciiLetter(byte) ? 1 : 0;
for (const mark of "-'") wordMarks[mark.charCodeAt(0)] = 1;

/** Whether a plain word is all there is between two marks of a table. */
function isInCell({ bytes }: TextWindow, start: number, end: number): boolean {
  const before = bytes[start - 1] as number;
  const after = bytes[end] as number;
  if (cellMarks[before] === 0) return false;
  if (cellMarks[after] === 0 && after !== 0x0a && after !== 0x0d) return false;
  // What a row of names in a text looks like, or a name that someone is called by.
  if (after === 0x2c && bytes[end + 1] === 0x20) return false;
  return before !== 0x22 || after === 0x22;
}

const cellMarks = new Uint8Array(256);
for (const mark of ',;\t|"') cellMarks[mark.charCodeAt(0)] = 1;

/** A single name in a cell: none of the words around can make it more or less of one. */
function findInCell(
  window: TextWindow,
  { start, end, hash, kinds }: { start: number; end: number; hash: number; kinds: number },
): Match | undefined {
  if ((kinds & nameKind.greeting) !== 0) return undefined;
  const isGiven = (kinds & nameKind.given) !== 0;
  if (!isGiven && (kinds & (nameKind.surname | nameKind.title)) !== nameKind.surname) {
    return undefined;
  }
  const isNamed = followsNameKey(window, start);
  const isWeak = (kinds & nameKind.ambiguousGiven) !== 0;
  const base = (isGiven ? (isWeak ? 0.05 : 0.15) : 0.1) + (isNamed ? 0.3 : 0);
  const match: Match = {
    start,
    end,
    pattern: cellPatterns[(isGiven ? 0 : 1) + (isNamed ? 2 : 0)] as string,
    validator: null,
    base: Math.round(base * 100) / 100,
  };
  if (placeholderWords.get(hash) !== 0) publish(window, match);
  return match;
}

const cellPatterns = [
  'single given name',
  'single family name',
  'single given name, after a key',
  'single family name, after a key',
];

/** Anchors that are no single word with a capital are introductions. */
function isPhrase(window: TextWindow, start: number, end: number): boolean {
  if (isLower(byteAt(window, start))) return true;
  for (let i = start; i < end; i++) if (byteAt(window, i) < 0x30) return true;
  return false;
}

/** `name is` alone speaks of anything that has one. */
function isIntroduction(window: TextWindow, start: number): boolean {
  if ((byteAt(window, start) | 0x20) !== 0x6e) return true;
  const blank = byteAt(window, start - 1) === 0x20;
  return blank && nameOwners.has(wordBefore(window, start - 1).toLowerCase());
}

function weigh(window: TextWindow, name: FoundName): Match {
  const { start, end, pattern } = name;
  const isNamed = followsNameKey(window, start);
  const isMany = pattern !== 'single given name' && pattern !== 'single family name';
  let base = name.base;
  if (isNamed) base = isMany ? Math.min(0.9, base + 0.25) : base + 0.3;
  else if (isMany && base < 0.6 && isOwnLine(window, start, end)) base += 0.1;
  if (!isNamed && isBesideNumber(window, start, end)) base *= 0.6;
  if (isPartOfThing(window, end)) base *= 0.4;
  const match: Match = {
    start,
    end,
    pattern: isNamed ? `${pattern}, after a key` : pattern,
    validator: null,
    base: Math.round(base * 100) / 100,
  };
  if (startsPlaceholder(window, start, end)) publish(window, match);
  return match;
}

/** Says of a name that it stands for anybody if it does. */
function publish({ bytes }: TextWindow, match: Match): void {
  const name = normaliseName(decoder.decode(bytes.subarray(match.start, match.end)));
  if (placeholderNames.has(name)) match.published = 'name that stands for anybody';
}

const placeholderNames: ReadonlySet<string> = new Set(
  `john doe|jane doe|john q public|joe bloggs|joe public|max mustermann|erika mustermann|otto normalverbraucher
|alice|bob|carol|dave|eve|mallory|monsieur dupont|madame dupont|mario rossi|jan novák|jan kowalski|jan jansen
|fulano de tal`
    .replaceAll('\n', '')
    .split('|'),
);

const placeholderWords = new WordTable();
for (const name of placeholderNames)
  for (const word of name.split(' ')) placeholderWords.add(word, 1);

/** Whether a name starts with a word of those that stand for anybody. */
function startsPlaceholder({ bytes }: TextWindow, start: number, end: number): boolean {
  let wordEnd = start;
  while (wordEnd < end && isNameLetter(bytes[wordEnd] as number)) wordEnd++;
  return placeholderWords.bitsOf(bytes, start, wordEnd) !== 0;
}

/** Any but the lead byte of a blank. */
function isNameLetter(byte: number): boolean {
  return isLetter(byte) && byte !== 0xc2 && byte < 0xe0;
}

/** What is not written as words with one blank between them. */
const irregular = /[.,]|\s\s|[^\S ]|^ | $/;

/** Small letters, given name first. */
function normaliseName(value: string): string {
  const small = value.toLowerCase();
  if (isPlain(small) || !irregular.test(small)) return small;
  const [first = '', second] = small.split(/\s*,\s*/, 2);
  const name = second === undefined ? first : `${second} ${first}`;
  return name.replace(/[\s.]+/g, ' ').trim();
}

/** Whether a name is small ASCII letters with one blank between words. */
function isPlain(small: string): boolean {
  let previous = 0x20;
  for (let n = 0; n < small.length; n++) {
    const code = small.charCodeAt(n);
    if (!isLower(code) && (code !== 0x20 || previous === 0x20)) return false;
    previous = code;
  }
  return previous !== 0x20;
}
