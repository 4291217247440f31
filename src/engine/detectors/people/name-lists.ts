import { ambiguousGivenNames, givenNames } from './given-names.ts';
import { greetings, neverNames, titles, weakTitles } from './name-words.ts';
import { ambiguousSurnames, surnames } from './surnames.ts';

/** What the lists know of a word; several can be true. */
export const nameKind = {
  given: 1,
  surname: 2,
  /** It is listed, and an ordinary word, a place or a product as well. */
  ambiguousGiven: 4,
  ambiguousSurname: 8,
  title: 16,
  weakTitle: 32,
  greeting: 64,
} as const;

const plainLetters: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 'ss' };

const kinds = new Map<string, number>();
addAll(givenNames, nameKind.given);
addAll(ambiguousGivenNames, nameKind.given | nameKind.ambiguousGiven);
addAll(surnames, nameKind.surname);
addAll(ambiguousSurnames, nameKind.surname | nameKind.ambiguousSurname);
for (const word of neverNames) kinds.delete(word);
for (const title of titles) add(title, nameKind.title);
for (const title of weakTitles) add(title, nameKind.weakTitle);
for (const word of greetings) add(word, nameKind.greeting);

/** Gives the kinds of a word as bits of `nameKind`, 0 when no list has it. */
export function kindsOf(word: string): number {
  const small = word.toLowerCase();
  return kinds.get(small) ?? kinds.get(plainOf(small)) ?? 0;
}

/** Starts of sentences that are listed too: too frequent to look at each. */
const notAnchors = new Set(
  `will may an can see so my in do art sue my max min june april august mark march bill grant long so
king young day may price white black green brown good best love little west east north south
case page field park church street house hill wood wells rice bush field law power major general
dear father mother sister brother director manager client customer patient employee president
officer inspector judge witness attorney line time else even job live per mate tone kind key given
base call close head hand short small sharp early fast read rush self still pack prior`.split(
    /\s+/,
  ),
);

/** Words to look at in a text; surnames that are ordinary words are found behind a given name. */
export const nameAnchors: readonly string[] = [...kinds]
  .filter(([word, kind]) => {
    const isWordOnly = (kind & nameKind.surname) !== 0 && (kind & nameKind.given) === 0;
    return !notAnchors.has(word) && !(isWordOnly && (kind & nameKind.ambiguousSurname) !== 0);
  })
  .map(([word]) => word);

const anchorSet = new Set(nameAnchors);

/** Whether a text is looked at where this word stands. */
export function isNameAnchor(word: string): boolean {
  const small = word.toLowerCase();
  return anchorSet.has(small) || anchorSet.has(plainOf(small));
}

function addAll(list: string, kind: number): void {
  for (const word of list.trim().split(/\s+/)) add(word, kind);
}

function add(word: string, kind: number): void {
  for (const form of new Set([word, plainOf(word)])) kinds.set(form, (kinds.get(form) ?? 0) | kind);
}

/** Without diacritics, as names are often written abroad. */
function plainOf(small: string): string {
  const plain = small.normalize('NFD').replace(/\p{Mn}/gu, '');
  return plain.replace(/[ıłøđß]/g, (letter) => plainLetters[letter] ?? letter);
}
