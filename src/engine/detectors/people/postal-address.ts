import { isAsciiLetter, isContinuation, isDigit, isLetter, isUpper } from '../../byte-classes.ts';
import {
  byteAt,
  type Detector,
  digitsEnd,
  type Form,
  type Match,
  type TextWindow,
} from '../../detector.ts';
import { addressContext } from './address-context.ts';
import { cityStateZip, cityTails, unitTail } from './address-tail.ts';
import { isMonthName } from './month-names.ts';
import { readWordText } from './read-word-text.ts';
import { hintsAhead, hintsBehind, mayBeLeadingType } from './street-hints.ts';
import { isLeadingType, leadingTypeStarts, numberFirst, numberLast } from './street-types.ts';

const maxAheadBytes = 200;
const maxBehindBytes = 90;
const maxWordBytes = 40;
const maxNumberBytes = 24;
const maxLeadWords = 6;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A house number with what stands behind it; the last one is of a number behind the street. */
const forms: readonly Form[] = [
  ...['', 'A', ',', '-9{0,5}', '/9{0,5}'].flatMap((rest) =>
    ['U', ...leadingTypeStarts].map(
      (next): Form => ({ form: `9{1,5}${rest} ${next}`, isStart: true, behind: 'open' }),
    ),
  ),
  { form: '9{1,5} 9', isStart: true, behind: 'open' },
  { form: '9{1,6}', isStart: true, behind: 'word' },
];

/**
 * Postal addresses: a house number with a street's type in the main languages of Europe and the
 * Americas, post boxes, units, and the line of city and postcode that belongs to them. An address
 * alone says little of how sensitive a text is, so it weighs next to nothing.
 */
export const postalAddress: Detector = {
  id: 'postal_address',
  category: 'contact',
  weight: 0.01,
  specificity: 25,
  anchors: { forms },
  find: findAddress,
  normalise: (value) =>
    value
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, ' ')
      .trim(),
  mask: (value) => value.replace(/[\p{L}\d]/gu, '*'),
  heedsExampleWords: true,
  sources: [
    'https://pe.usps.com/text/pub28/welcome.htm',
    'https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions',
  ],
  context: [
    ...addressContext,
    {
      effect: 0.4,
      words: {
        en: [
          'address is',
          'lives',
          'office is',
          'taxi to',
          'corner of',
          'apt',
          'suite',
          'sent to',
          'return to',
        ],
      },
    },
    {
      effect: -0.6,
      words: {
        en: [
          'version',
          'chapter',
          'section',
          'figure',
          'table',
          'page',
          'step',
          'build',
          'route',
          'event',
          'line',
        ],
      },
    },
  ],
  hits: [
    {
      text: 'Ship to 418 Maple Street, Springfield, IL 62704 today',
      values: ['418 Maple Street, Springfield, IL 62704'],
    },
    { text: 'Anna wohnt in der Lindenstraße 12a.', values: ['Lindenstraße 12a'] },
    { text: '27 rue des Tilleuls, 69003 Lyon', values: ['27 rue des Tilleuls, 69003 Lyon'] },
    { text: 'Via Garibaldi 12, 40121 Bologna', values: ['Via Garibaldi 12, 40121 Bologna'] },
    { text: 'Calle de los Olmos, 14', values: ['Calle de los Olmos, 14'] },
    { text: 'Dorpsstraat 41, 1234 AB Utrecht', values: ['Dorpsstraat 41, 1234 AB Utrecht'] },
    { text: 'ul. Polna 5', values: ['ul. Polna 5'] },
    { text: 'Storgatan 5, Storgata 7', values: ['Storgatan 5', 'Storgata 7'] },
    {
      text: '9 Elm Court\nApt. 4B\nDenver, CO 80203',
      values: ['9 Elm Court\nApt. 4B\nDenver, CO 80203'],
    },
    { text: 'P.O. Box 2214', values: ['P.O. Box 2214'] },
    { text: 'in Springfield, IL 62704', values: ['Springfield, IL 62704'] },
  ],
  misses: [
    'Chapter 3 The Way Home',
    'String 1, Monitoring 3, iPad 2, Spring 5',
    'We had 12 Monkeys 3 times; 10 May 2020',
    'in 5 days by any way or 3 main streets',
    'see Table 4, Section 12 and Figure 3',
    'for (i = 0; i < 10; i++) { Box 3 }',
    '2 + 3 Place 4',
    'width: 12 px',
  ],
};

function findAddress(window: TextWindow, start: number, _: number, form = 0): Match | undefined {
  const end = digitsEnd(window, start);
  if (mayLead(window, start, end)) {
    // A form with what stands behind the number is asked as well.
    if (form === forms.length - 1) return undefined;
    const match = findNumberFirst(window, start);
    if (match !== undefined) return match;
  }
  return findNumberLast(window, start, end);
}

/** A number with a blank and a word behind it that is not in the middle of something. */
function mayLead(window: TextWindow, start: number, end: number): boolean {
  if (end - start > 5) return false;
  const before = byteAt(window, start - 1);
  if (isLetter(before) || leadBefore[before] === 1) return false;
  if (before === 0x20 && isDigit(byteAt(window, start - 2))) return false;
  let at = end;
  const after = byteAt(window, at);
  if (isAsciiLetter(after)) at++;
  else if (after === 0x2d || after === 0x2f) {
    at++;
    while (at - end < 6 && isDigit(byteAt(window, at))) at++;
  } else if (after === 0x2c) at++;
  if (byteAt(window, at) !== 0x20) return false;
  return isNameStart(window, at + 1) || (at === end && isDigit(byteAt(window, at + 1)));
}

const leadBefore = new Uint8Array(256);
for (const char of '-./$_=+[') leadBefore[char.charCodeAt(0)] = 1;

/** A capital, or a street type that stands in front. */
function isNameStart(window: TextWindow, at: number): boolean {
  const first = byteAt(window, at);
  if (isUpper(first) || first >= 0xc3) return true;
  if (!isAsciiLetter(first)) return false;
  let end = at;
  while (end - at < 12 && isLetter(byteAt(window, end))) end++;
  return mayBeLeadingType(window, at, end) && isLeadingType(readWordText(window, at, end));
}

/**
 * Finds where the word with a capital before a number starts, -1 when there is none that does not go on as a version or a decimal;
 * abbreviations and post boxes may be in small letters: `ul. 5`, `p.o. box 5`.
 */
function wordBeforeNumber(window: TextWindow, start: number, end: number): number {
  if (byteAt(window, start - 1) !== 0x20) return -1;
  const after = byteAt(window, end);
  if (after === 0x29 || after === 0x25 || after === 0x3d) return -1;
  if ((after === 0x2e || after === 0x2c) && isDigit(byteAt(window, end + 1))) return -1;
  const mark = byteAt(window, start - 2);
  const wordEnd = mark === 0x2c ? start - 2 : start - 1;
  let i = wordEnd;
  while (start - i < maxWordBytes && isWordByte(byteAt(window, i - 1))) i--;
  if (i === wordEnd) return -1;
  const first = byteAt(window, i);
  const isName = isUpper(first) || first >= 0xc3 || mark === 0x2e || first === 0x62;
  return isName ? i : -1;
}

function isWordByte(byte: number): boolean {
  return isLetter(byte) || byte === 0x2d || byte === 0x2e;
}

/** Whether one of the words before a number is a type such as `Via`, which stand in front. */
function hasLeadingType(window: TextWindow, start: number): boolean {
  let end = start - 1;
  for (let n = 0; n < maxLeadWords; n++) {
    if (byteAt(window, end - 1) === 0x2c) end--;
    let i = end;
    while (end - i < maxWordBytes && isTypeByte(byteAt(window, i - 1))) i--;
    if (i === end) return false;
    if (isLeadingType(readWordText(window, i, end).toLowerCase())) return true;
    if (byteAt(window, i - 1) !== 0x20) return false;
    end = i - 1;
  }
  return false;
}

function isTypeByte(byte: number): boolean {
  return isWordByte(byte) || byte === 0x2f || byte === 0x27;
}

function findNumberFirst(window: TextWindow, start: number): Match | undefined {
  const hints = hintsAhead(window, wordBehindNumber(window, start), start + maxAheadBytes);
  if (!numberFirst.some(({ needs }) => (hints & needs) === needs)) return undefined;
  const whole = textAhead(window, start);
  // `26 14 Chestnut Road`: a unit or a building may have a number before that of the house.
  const [lead = ''] = /^\d{1,5} (?=\d)/.exec(whole) ?? [];
  const text = whole.slice(lead.length);
  for (const { pattern, form, base, needs } of numberFirst) {
    if ((hints & needs) !== needs) continue;
    const [street] = form.exec(text) ?? [];
    if (street === undefined) continue;
    const found = lead + street;
    if (pattern === 'number, name, number' && namesMonth(found)) return undefined;
    const tail = tailOf(whole.slice(found.length));
    const surer = tail === '' ? base : Math.max(0.6, Math.min(0.9, base + 0.25));
    return matchOf(window, { start, text: found + tail, pattern, base: surer });
  }
  return undefined;
}

/** Where the word behind a house number starts, which a number of a unit may stand before. */
function wordBehindNumber(window: TextWindow, start: number): number {
  let at = start;
  for (let n = 0; n < 2 && isDigit(byteAt(window, at)); n++) {
    while (at - start < maxNumberBytes && byteAt(window, at) !== 0x20) at++;
    at++;
  }
  return at;
}

function namesMonth(text: string): boolean {
  return text.split(' ').some((word) => isMonthName(word.replace(/\W/g, '')));
}

function findNumberLast(window: TextWindow, start: number, end: number): Match | undefined {
  const wordStart = wordBeforeNumber(window, start, end);
  if (wordStart < 0) return undefined;
  const wordEnd = byteAt(window, start - 2) === 0x2c ? start - 2 : start - 1;
  const hints = hintsBehind(window, start, { start: wordStart, end: wordEnd });
  const mayBeZip = end - start === 5 && wordEnd - wordStart === 2;
  if (hints === 0 && !mayBeZip) return undefined;
  const word = readWordText(window, wordStart, wordEnd);
  const isZip = end - start === 5 && /^[A-Z]{2}$/.test(word);
  const likely = numberLast.filter(
    ({ hint, needs }) =>
      (hints & needs) === needs &&
      (hint === undefined ? hasLeadingType(window, start) : hint.test(word)),
  );
  if (!isZip && likely.length === 0) return undefined;
  const ahead = textAhead(window, end);
  const [suffix = ''] = /^(?:-\d{1,4}|[A-Za-z]|\/\d{1,4})?(?![\p{L}\d])/u.exec(ahead) ?? [];
  const text = textBehind(window, end) + suffix;
  const zip = isZip ? cityStateZip.exec(text) : null;
  if (zip !== null)
    return matchBefore(window, end, {
      suffix,
      text: zip[0],
      pattern: 'city, state, ZIP',
      base: 0.6,
    });
  for (const { pattern, form, base } of likely) {
    const [found] = form.exec(text) ?? [];
    if (found === undefined) continue;
    const tail = tailOf(ahead.slice(suffix.length));
    const isBare = pattern === 'post box' && /^(?:Box|Unit|PSC|BP|B\.P)/.test(found);
    const own = isBare ? 0.2 : base;
    const surer = tail === '' ? own : Math.max(0.6, Math.min(0.9, own + 0.2));
    return matchBefore(window, end, { suffix, text: found, tail, pattern, base: surer });
  }
  return undefined;
}

/** The unit and the line of the city behind a street line. */
function tailOf(rest: string): string {
  const [unit = ''] = unitTail.exec(rest) ?? [];
  const after = rest.slice(unit.length);
  for (const form of cityTails) {
    const [city] = form.exec(after) ?? [];
    if (city !== undefined) return unit + city;
  }
  return unit;
}

interface FoundText {
  text: string;
  pattern: string;
  base: number;
}

function matchOf(window: TextWindow, found: FoundText & { start: number }): Match {
  const { start, text, pattern, base } = found;
  const end = Math.min(window.end, start + encoder.encode(text).length);
  return { start, end, pattern, validator: null, base };
}

/** Places what was found up to the end of the number at `end`, with what follows it. */
function matchBefore(
  window: TextWindow,
  end: number,
  { text, suffix, tail = '', pattern, base }: FoundText & { suffix: string; tail?: string },
): Match {
  const start = end + suffix.length - encoder.encode(text).length;
  return matchOf(window, { start, text: text + tail, pattern, base });
}

function textAhead(window: TextWindow, start: number): string {
  let end = Math.min(window.end, start + maxAheadBytes);
  while (end > start && end < window.end && isContinuation(byteAt(window, end))) end--;
  return decoder.decode(window.bytes.subarray(start, end));
}

/** The line before `end`, as much as an address takes. */
function textBehind(window: TextWindow, end: number): string {
  let start = end;
  while (end - start < maxBehindBytes && start > window.start) {
    if (byteAt(window, start - 1) === 0x0a) break;
    start--;
  }
  while (start < end && isContinuation(byteAt(window, start))) start++;
  return decoder.decode(window.bytes.subarray(start, end));
}
