import { isLower } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { nameKind } from './name-lists.ts';
import { isInCode, isIntroduced, isNamedAsPerson, startsValue, wordBefore } from './name-place.ts';
import {
  isAllCapitals,
  type NameToken,
  readTokenAt,
  readTokenBefore,
  skipBlank,
  textOf,
} from './name-tokens.ts';
import { hasSurnameShape } from './surname-shapes.ts';

/** A name found among the words around an anchor. */
export interface FoundName {
  start: number;
  end: number;
  pattern: string;
  base: number;
}

const maxWords = 4;
const maxBefore = 3;
const noTokens: readonly NameToken[] = [];

/** Finds the name of which the word at `start` is the first that the lists know. */
export function readName(window: TextWindow, start: number): FoundName | undefined {
  const anchor = readTokenAt(window, startOfToken(window, start));
  if (anchor === undefined || !has(anchor, nameKind.anchor)) return undefined;
  const before = readBefore(window, anchor.start);
  if (before === undefined) return undefined;
  const after = readAfter(window, anchor.end);
  const last = after.at(-1) ?? anchor;
  if (isInCode(window, (before[0] ?? anchor).start, last.end)) return undefined;
  if (has(anchor, nameKind.greeting)) return afterGreeting(window, after);
  if (has(anchor, nameKind.title) || isTitleBefore(anchor, after)) {
    return (
      afterTitle(window, anchor, after) ??
      (has(anchor, nameKind.given) ? fromGiven(window, anchor, { before, after }) : undefined)
    );
  }
  if (has(anchor, nameKind.given)) return fromGiven(window, anchor, { before, after });
  return has(anchor, nameKind.surname) ? fromSurname(window, anchor, { before, after }) : undefined;
}

/** Finds the name behind `my name is` and its like, also in small letters when the lists know it. */
export function readNameBehind(window: TextWindow, end: number): FoundName | undefined {
  const at = skipBlank(window, end);
  const token = at < 0 ? undefined : readTokenAt(window, at, { anyCase: true });
  if (token === undefined || token.isOrdinary || token.isParticle) return undefined;
  const isSmall = isLower(byteAt(window, token.start));
  if (isSmall && !isSurelyName(token)) return undefined;
  const next = skipBlank(window, token.end);
  const second = next < 0 ? undefined : readTokenAt(window, next, { anyCase: isSmall });
  const isWhole = second !== undefined && !second.isOrdinary && (!isSmall || isSurelyName(second));
  const all = isWhole ? [token, second] : [token];
  const last = all.at(-1) ?? token;
  if (isInCode(window, token.start, last.end)) return undefined;
  return nameOf(all, 'introduced by name', isSurelyName(token) ? 0.7 : 0.55);
}

/** Parts of a compound before the anchor belong to its token: `Jean-Claude`, `O'Brian`. */
function startOfToken(window: TextWindow, start: number): number {
  const mark = byteAt(window, start - 1);
  if (mark !== 0x2d && mark !== 0x27) return start;
  return readTokenBefore(window, start + 1)?.start ?? start;
}

/** The capitalised words before, nearest last; undefined when one of them finds the name itself. */
function readBefore(window: TextWindow, start: number): readonly NameToken[] | undefined {
  if (byteAt(window, start - 1) !== 0x20) return noTokens;
  const found: NameToken[] = [];
  let at = start;
  while (found.length < maxBefore && byteAt(window, at - 1) === 0x20) {
    const token = readTokenBefore(window, at - 1);
    if (token === undefined) break;
    if (has(token, nameKind.anchor)) return undefined;
    found.unshift(token);
    at = token.start;
  }
  return found;
}

function readAfter(window: TextWindow, end: number): readonly NameToken[] {
  let at = skipBlank(window, end);
  if (at < 0) return noTokens;
  const found: NameToken[] = [];
  while (at >= 0 && found.length < maxWords + 1) {
    const token = readTokenAt(window, at);
    if (token === undefined || token.isOrdinary) break;
    found.push(token);
    at = skipBlank(window, token.end);
  }
  while (found.at(-1)?.isParticle || found.at(-1)?.isInitial) found.pop();
  return found;
}

const has = (token: NameToken, kind: number): boolean => (token.kinds & kind) !== 0;

/** A word that is a title only in front of a listed name, as in `Judge Amanda Reyes`. */
function isTitleBefore(anchor: NameToken, [next]: readonly NameToken[]): boolean {
  if (!has(anchor, nameKind.weakTitle) || next === undefined) return false;
  return next.isInitial || has(next, nameKind.given | nameKind.surname);
}

/** What follows titles is a name: a listed one surely, another word with a capital most likely. */
function afterTitle(
  window: TextWindow,
  title: NameToken,
  after: readonly NameToken[],
): FoundName | undefined {
  const names = after.slice(after.findIndex((token) => !has(token, nameKind.title)));
  const [first] = names;
  if (first === undefined || has(first, nameKind.title) || names.length === 0) return undefined;
  const taken = names.slice(0, maxWords);
  const isListed = taken.some(
    (token) => isSurelyName(token) || hasSurnameShape(textOf(window, token)),
  );
  // `MS Word`, `SR 71`: in capitals and without a dot it is an abbreviation of something else.
  const isPlain = byteAt(window, title.end - 1) !== 0x2e;
  if (isPlain && isAllCapitals(window, title) && !taken.every(isSurelyName)) return undefined;
  const isStrong = has(title, nameKind.title);
  if (!isStrong && !isListed) return undefined;
  const base = isListed ? (isStrong ? 0.85 : 0.6) : 0.6;
  return nameOf(taken, isStrong ? 'after a title' : 'after a possible title', base);
}

/** `Dear Kirsi,`: whatever stands between a greeting and the end of its line is a name. */
function afterGreeting(window: TextWindow, after: readonly NameToken[]): FoundName | undefined {
  const names = after.slice(after.findIndex(({ kinds }) => (kinds & titleKinds) === 0));
  const last = names.at(-1);
  if (last === undefined || names.length > maxWords) return undefined;
  const isTitled = names.length < after.length;
  const mark = byteAt(window, last.end);
  const ends = mark === 0x2c || mark === 0x21 || mark === 0x0a || mark === 0x0d;
  const isListed = names.some(isSurelyName);
  if (names.some((token) => isAllCapitals(window, token)) || (!ends && !isListed)) return undefined;
  return nameOf(
    names,
    'after a greeting',
    isTitled && isListed ? 0.85 : ends && isListed ? 0.7 : 0.55,
  );
}

const titleKinds = nameKind.title | nameKind.weakTitle | nameKind.greeting;

/** Listed, and as a name only. */
function isSurelyName({ kinds }: NameToken): boolean {
  const isGiven = (kinds & nameKind.given) !== 0 && (kinds & nameKind.ambiguousGiven) === 0;
  return isGiven || ((kinds & nameKind.surname) !== 0 && (kinds & nameKind.ambiguousSurname) === 0);
}

interface Around {
  readonly before: readonly NameToken[];
  readonly after: readonly NameToken[];
}

function fromGiven(
  window: TextWindow,
  given: NameToken,
  { before, after }: Around,
): FoundName | undefined {
  const previous = before.at(-1);
  if (previous !== undefined && has(previous, nameKind.place)) return undefined;
  const isWeak = isAmbiguousGiven(given);
  const rest = after.slice(0, maxWords - 1);
  if (rest.length === 0) {
    const comma = surnameBeforeComma(window, given);
    if (comma !== undefined) return comma;
    return singleGiven(window, given, isWeak);
  }
  const all = [given, ...rest];
  const last = rest.at(-1) as NameToken;
  const isCapitals = all.every((token) => token.isInitial || isAllCapitals(window, token));
  const evidence = surnameEvidence(window, last);
  let base = (isWeak ? weakBases : bases)[evidence];
  if (rest.some((token) => token.isInitial || token.isParticle)) base += 0.08;
  // Two listed given names in a row are no accident either.
  if (evidence === 'none' && has(last, nameKind.given)) base = isWeak ? 0.3 : 0.6;
  if (isCapitals) base = evidence === 'listed' && !isWeak ? 0.55 : base * 0.5;
  return nameOf(all, `given name and ${evidence === 'none' ? 'word' : 'family name'}`, base);
}

type Evidence = 'listed' | 'shape' | 'ambiguous' | 'none';

const bases: Readonly<Record<Evidence, number>> = {
  listed: 0.8,
  shape: 0.75,
  ambiguous: 0.6,
  none: 0.55,
};
const weakBases: Readonly<Record<Evidence, number>> = {
  listed: 0.6,
  shape: 0.55,
  ambiguous: 0.25,
  none: 0.38,
};

function surnameEvidence(window: TextWindow, token: NameToken): Evidence {
  if (has(token, nameKind.surname)) {
    return has(token, nameKind.ambiguousSurname) ? 'ambiguous' : 'listed';
  }
  return hasSurnameShape(textOf(window, token)) ? 'shape' : 'none';
}

function isAmbiguousGiven(token: NameToken): boolean {
  return has(token, nameKind.ambiguousGiven);
}

/** `Huber, Klara`: how registers and lists write names. */
function surnameBeforeComma(window: TextWindow, given: NameToken): FoundName | undefined {
  const { start } = given;
  if (byteAt(window, start - 1) !== 0x20 || byteAt(window, start - 2) !== 0x2c) return undefined;
  const surname = readTokenBefore(window, start - 2);
  if (surname === undefined || surname.isOrdinary || has(surname, nameKind.given)) return undefined;
  const isListed = has(surname, nameKind.surname) && !has(surname, nameKind.ambiguousSurname);
  if (!isListed && !hasSurnameShape(textOf(window, surname))) return undefined;
  const isWeak = isAmbiguousGiven(given);
  return nameOf([surname, given], 'family name, given name', isWeak ? 0.35 : 0.6);
}

function singleGiven(window: TextWindow, given: NameToken, isWeak: boolean): FoundName {
  const isPerson = isNamedAsPerson(window, given.start, given.end);
  const isCapitals = isAllCapitals(window, given);
  if (isPerson && !isCapitals)
    return nameOf([given], 'single given name of a person', isWeak ? 0.3 : 0.6);
  if (!isWeak && isAmongNames(window, given)) return nameOf([given], 'given names in a row', 0.55);
  return nameOf(
    [given],
    'single given name',
    isWeak || !startsValue(window, given.start) ? 0.05 : 0.15,
  );
}

/** `Klara, Jonas and Mia`: another given name stands beside it. */
function isAmongNames(window: TextWindow, given: NameToken): boolean {
  const next = afterJoint(window, given.end);
  if (next !== undefined && isGivenOnly(next)) return true;
  const previous = beforeJoint(window, given.start);
  return previous !== undefined && isGivenOnly(previous);
}

function isGivenOnly(token: NameToken): boolean {
  return has(token, nameKind.given) && !has(token, nameKind.ambiguousGiven);
}

const joints = [', ', ' and ', ' & ', ' und ', ' et ', ' y ', ' e ', ' en ', ' i ', ' och '];

/** Their second bytes, and their last but one. */
const jointStarts = new Uint8Array(256);
const jointEnds = new Uint8Array(256);
for (const joint of joints) {
  jointStarts[joint.charCodeAt(1)] = 1;
  jointEnds[joint.charCodeAt(joint.length - 2)] = 1;
}

function afterJoint(window: TextWindow, end: number): NameToken | undefined {
  const first = byteAt(window, end);
  if (first !== 0x2c && (first !== 0x20 || jointStarts[byteAt(window, end + 1)] === 0)) {
    return undefined;
  }
  const joint = joints.find((text) => matches(window, end, text));
  return joint === undefined ? undefined : readTokenAt(window, end + joint.length);
}

function beforeJoint(window: TextWindow, start: number): NameToken | undefined {
  if (byteAt(window, start - 1) !== 0x20) return undefined;
  if (jointEnds[byteAt(window, start - 2)] === 0) return undefined;
  const joint = joints.find((text) => matches(window, start - text.length, text));
  return joint === undefined ? undefined : readTokenBefore(window, start - joint.length);
}

function matches(window: TextWindow, at: number, text: string): boolean {
  for (let n = 0; n < text.length; n++) {
    if (byteAt(window, at + n) !== text.charCodeAt(n)) return false;
  }
  return true;
}

/** A family name that no listed given name precedes: initials or an unlisted name may. */
function fromSurname(
  window: TextWindow,
  surname: NameToken,
  { before, after }: Around,
): FoundName | undefined {
  const [next] = after;
  const previous = before.at(-1);
  if (previous?.isInitial) {
    const from = before.findLastIndex((token) => !token.isInitial) + 1;
    return nameOf([...before.slice(from), surname], 'initials and family name', 0.55);
  }
  if (next !== undefined && has(next, nameKind.given)) {
    const isWeak = isAmbiguousGiven(next) || has(surname, nameKind.ambiguousSurname);
    return nameOf(
      [surname, ...after.slice(0, maxWords - 1)],
      'family name and given name',
      isWeak ? 0.3 : 0.6,
    );
  }
  if (previous !== undefined && !previous.isOrdinary && !previous.isParticle) {
    if (has(previous, nameKind.place)) return undefined;
    const base = isAllCapitals(window, previous)
      ? 0.2
      : isSentenceStart(window, previous.start)
        ? 0.35
        : 0.48;
    const name = nameOf([previous, surname, ...after.slice(0, 1)], 'word and family name', base);
    if (isNamedAsPerson(window, name.start, name.end)) name.base = Math.max(0.55, name.base);
    return name;
  }
  return singleSurname(window, surname);
}

/** Alone a family name is weak: half of them are words, places or firms somewhere. */
function singleSurname(window: TextWindow, surname: NameToken): FoundName {
  const { start, end } = surname;
  const isSure = isSurelyName(surname);
  if (isSure && isIntroduced(window, start) && !isGiven(window, start)) {
    return nameOf([surname], 'single family name of a person', 0.55);
  }
  const isPerson = isNamedAsPerson(window, start, end);
  return nameOf(
    [surname],
    'single family name',
    isPerson ? 0.4 : startsValue(window, start) ? 0.1 : 0.05,
  );
}

/** `given Bayes`: what is given is a thing when only a family name follows. */
function isGiven(window: TextWindow, start: number): boolean {
  const word = wordBefore(window, start - 1).toLowerCase();
  return word === 'given' || word === 'gave' || word === 'called' || word === 'named';
}

/** Where a capital says nothing: at the start of the text, a line or a sentence. */
function isSentenceStart(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (before !== 0x20) return true;
  const mark = byteAt(window, start - 2);
  return mark === 0x2e || mark === 0x21 || mark === 0x3f || mark === 0x3a;
}

function nameOf(tokens: readonly NameToken[], pattern: string, base: number): FoundName {
  const [first] = tokens;
  const last = tokens.at(-1);
  return { start: first?.start ?? 0, end: last?.end ?? 0, pattern, base: Math.min(0.9, base) };
}
