import { isLetter, isLower } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { WordTable } from '../word-table.ts';
import { nameAnchors } from './name-lists.ts';
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
  const name = isPhrase(window, anchor, end)
    ? isIntroduction(window, anchor)
      ? readNameBehind(window, end)
      : undefined
    : readName(window, anchor);
  return name === undefined ? undefined : weigh(window, name);
}

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
  if (isPlaceholder(window, start, end)) match.published = 'name that stands for anybody';
  return match;
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

/** Whether a name stands for anybody; hardly one starts with a word of those that do. */
function isPlaceholder({ bytes }: TextWindow, start: number, end: number): boolean {
  let wordEnd = start;
  while (wordEnd < end && isNameLetter(bytes[wordEnd] as number)) wordEnd++;
  if (placeholderWords.bitsOf(bytes, start, wordEnd) === 0) return false;
  return placeholderNames.has(normaliseName(decoder.decode(bytes.subarray(start, end))));
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
