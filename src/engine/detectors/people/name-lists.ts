import { hashOf, WordTable } from '../word-table.ts';
import { ambiguousGivenNames, givenNames } from './given-names.ts';
import {
  greetings,
  neverNames,
  ordinaryWords,
  particles,
  placeWords,
  titles,
  weakTitles,
} from './name-words.ts';
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
  /** The text is looked at where it stands. */
  anchor: 128,
  ordinary: 256,
  place: 512,
  particle: 1_024,
} as const;

/** What makes a word worth looking at. */
const anyName =
  nameKind.given | nameKind.surname | nameKind.title | nameKind.weakTitle | nameKind.greeting;

const kinds = new WordTable();

addAll(givenNames.trim().split(/\s+/), nameKind.given);
addAll(ambiguousGivenNames.trim().split(/\s+/), nameKind.given | nameKind.ambiguousGiven);
addAll(surnames.trim().split(/\s+/), nameKind.surname);
addAll(ambiguousSurnames.trim().split(/\s+/), nameKind.surname | nameKind.ambiguousSurname);
for (const word of neverNames) kinds.set(hashOf(word), 0);
addAll(titles, nameKind.title);
addAll(weakTitles, nameKind.weakTitle);
addAll(greetings, nameKind.greeting);
addAll(placeWords, nameKind.place);
addAll(particles, nameKind.particle);
for (const word of ordinaryWords) {
  if ((kindsOfWord(word) & anyName) === 0) kinds.set(hashOf(word), nameKind.ordinary);
}

/** Starts of sentences that are listed too: too frequent to look at each. */
const notAnchors = new Set(
  `will may an can see so my in do art sue my max min june april august mark march bill grant long so
king young day may price white black green brown good best love little west east north south
case page field park church street house hill wood wells rice bush field law power major general
dear father mother sister brother director manager client customer patient employee president
officer inspector judge witness attorney line time else even job live per mate tone kind key given
base call close head hand short small sharp early fast read rush self still pack prior code`.split(
    /\s+/,
  ),
);

/** Words to look at in a text; surnames that are ordinary words are found behind a given name. */
export const nameAnchors: readonly string[] = [
  ...new Set([
    ...givenNames.trim().split(/\s+/),
    ...ambiguousGivenNames.trim().split(/\s+/),
    ...surnames.trim().split(/\s+/),
    ...titles,
    ...weakTitles,
    ...greetings,
  ]),
].filter((word) => !notAnchors.has(word) && (kindsOfWord(word) & anyName) !== 0);

addAll(nameAnchors, nameKind.anchor);

/** Gives the kinds of the word at `start`–`end` as bits of `nameKind`, 0 when no list has it. */
export function kindsOf(bytes: Uint8Array, start: number, end: number): number {
  return kinds.bitsOf(bytes, start, end);
}

/** The same for the hash of a word (`hashWord`). */
export function kindsOfHash(hash: number): number {
  return kinds.get(hash);
}

function kindsOfWord(word: string): number {
  return kinds.get(hashOf(word));
}

function addAll(words: Iterable<string>, kind: number): void {
  for (const word of words) kinds.add(word, kind);
}
