import { isAsciiLetter, isDigit, isLetter, isLower } from '../../byte-classes.ts';
import { byteAt, type Detector, digitsEnd, type Match, type TextWindow } from '../../detector.ts';
import { phoneContext } from './phone-context.ts';
import { findCountryPlan, judgeNational } from './phone-countries.ts';
import { mayBePhone, type PhoneGroups, readPhoneGroups } from './phone-groups.ts';
import { findNationalShape, looksLikeOther, publishedPhone } from './phone-national.ts';

const plus = 0x2b;
const bracket = 0x28;
const maxExtensionDigits = 6;
const maxRunDigits = 14;

/**
 * Phone numbers: international by the country codes and lengths of ITU-T E.164, national by the
 * plans and habits of the larger countries, and looser groups of digits that context names.
 */
export const phone: Detector = {
  id: 'phone',
  category: 'contact',
  weight: 0.08,
  specificity: 30,
  anchors: {
    forms: [
      { form: '9{8,14}', isStart: true, behind: 'clear' },
      { form: `9${'J{0,4}9'.repeat(6)}`, isStart: true, behind: 'clear' },
      { form: '9{3}-9{3}-9', isStart: true, behind: 'any' },
    ],
    signs: [
      { sign: '+', after: '0-9(' },
      { sign: '(', after: '0-9+' },
    ],
  },
  find: findPhone,
  normalise: (value) => value.replace(/[^\d+]/g, ''),
  mask: (value) => `${value.startsWith('+') ? '+' : ''}*** *** **${value.slice(-2)}`,
  heedsExampleWords: true,
  sources: [
    'https://www.itu.int/rec/T-REC-E.164',
    'https://www.itu.int/rec/T-REC-E.123',
    'https://www.nanpa.com/numbering',
    'https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbering-data',
  ],
  context: phoneContext,
  hits: [
    { text: 'Call +49 (0)89 6362-4811 today', values: ['+49 (0)89 6362-4811'] },
    { text: 'tel:+33-6-51-42-87-30', values: ['+33-6-51-42-87-30'] },
    { text: 'or 0044 161 715 8320.', values: ['0044 161 715 8320'] },
    { text: 'Reach Bo at (312) 847-2961 x44!', values: ['(312) 847-2961 x44'] },
    { text: '312-847-2961', values: ['312-847-2961'] },
    { text: 'Handy: 0171 8847236', values: ['0171 8847236'] },
    { text: 'Tél. 06 51 42 87 30', values: ['06 51 42 87 30'] },
    { text: 'telefone (11) 97284-6153', values: ['(11) 97284-6153'] },
    { text: 'name,phone\nBo,3128472961\nAl,7188472961\n', values: ['3128472961', '7188472961'] },
    { text: '{"mobile": "07911 384726"}', values: ['07911 384726'] },
    { text: 'cep: 0532 718 42 96', values: ['0532 718 42 96'] },
    { text: 'my number is 718 4296', values: ['718 4296'] },
    { text: 'Telefon 030/7184296', values: ['030/7184296'] },
  ],
  misses: [
    'from 2019-03-14 to 14.03.2019 or 03/14/2019 12:30',
    'phone 10.31.4.17 and version 3.128.4729',
    'ssn 130-07-5728 and zip 60614-2961',
    'order 3128472961 shipped',
    'isbn 978-3-16-148410-0',
    'call (212) 555-0147 in the film',
    'pi is 3.1415926535, e is 2.7182818284',
    'id 1709294812345 at 1709294812',
    'call f(312, 847, 2961) or +1 + 2',
    'uuid 3c528260-1234-4567-8901-123456789012',
    'card 4556 7375 8689 9855',
    'add 1 234 567 890 and 12 345 678',
    '+123456 and +999 123 456 789',
    'size 1920 1080 1280 720',
    '2001-2003 1998/1999',
  ],
};

function findPhone(window: TextWindow, start: number): Match | undefined {
  const first = byteAt(window, start);
  if (!isDigit(first)) {
    const next = byteAt(window, start + 1);
    if (!isDigit(next) && !(first === plus ? next === bracket : next === plus)) return undefined;
    return mayStart(window, start) ? readNumber(window, start) : undefined;
  }
  const end = digitsEnd(window, start);
  const length = end - start;
  if (length === 4 && isDate(window, end)) return undefined;
  if (length < 7 ? !isSeparator(byteAt(window, end)) : isLetter(byteAt(window, end))) {
    if (!mayBeExtension(window, end)) return undefined;
  }
  if (length > maxRunDigits || !mayStart(window, start) || !mayBePhone(window, start))
    return undefined;
  return readNumber(window, start);
}

/** Whether four digits go on as a year with month and day: `2031-07-09`. */
function isDate(window: TextWindow, end: number): boolean {
  const { bytes } = window;
  const separator = bytes[end];
  if (separator !== 0x2d && separator !== 0x2f) return false;
  const month = digitsEnd(window, end + 1);
  if (bytes[month] !== separator || month - end > 3 || month - end < 2) return false;
  const day = digitsEnd(window, month + 1) - month;
  return day === 2 || day === 3;
}

function isSeparator(byte: number): boolean {
  return (byte >= 0x2d && byte <= 0x2f) || byte === 0x20 || byte === bracket || byte >= 0x80;
}

function mayBeExtension(window: TextWindow, at: number): boolean {
  return (byteAt(window, at) | 0x20) === 0x78 && isDigit(byteAt(window, at + 1));
}

/** What stands before decides whether the digits are the start of a number of their own. */
function mayStart(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  const beyond = byteAt(window, start - 2);
  if (isDigit(before) || before === 0x5f || before === plus) return false;
  if (isAsciiLetter(before)) {
    return isLower(before) && isLower(beyond) && isDashed(window, start);
  }
  switch (before) {
    case 0x20:
      return !isDigit(beyond) || byteAt(window, start) === plus || !followsGroup(window, start);
    case 0x2d:
    case 0x2e:
    case 0x2f:
      return !isDigit(beyond) && !isLetter(beyond) && beyond !== 0x29;
    case 0x28:
      return !isDigit(byteAt(window, start)) && beyond !== plus;
    case 0x3a:
    case 0x29:
      return !isDigit(beyond) && (before === 0x3a || byteAt(window, start) === plus);
    // # $ % * \ and the currency signs (their last bytes).
    case 0x23:
    case 0x24:
    case 0x25:
    case 0x2a:
    case 0x5c:
    case 0xac:
    case 0xa3:
    case 0xa5:
      return false;
    default:
      return true;
  }
}

/** `315-847-2961` right after a small word, as sloppy text has it. */
function isDashed(window: TextWindow, start: number): boolean {
  return byteAt(window, start + 3) === 0x2d && byteAt(window, start + 7) === 0x2d;
}

/** A short group and a blank before: the digits go on from there, as in a table of numbers. */
function followsGroup(window: TextWindow, start: number): boolean {
  let i = start - 2;
  while (start - i < 8 && isDigit(byteAt(window, i))) i--;
  const before = byteAt(window, i);
  // A house number or a postcode at the end of a line's text may stand before a number.
  return !isLetter(before) && !(before === 0x20 && isLetter(byteAt(window, i - 1)));
}

function readNumber(window: TextWindow, start: number): Match | undefined {
  const read = readPhoneGroups(window, start);
  if (read === undefined) return undefined;
  const [first = ''] = read.groups;
  const found =
    read.isInternational || /^00[1-9]/.test(first) || (first === '00' && read.groups.length > 2)
      ? matchInternational(read)
      : read.isCut
        ? undefined
        : matchNational(read);
  if (found === undefined) return undefined;
  let end = read.ends[found.count - 1] ?? start;
  if (!mayEnd(window, end, found.count < read.groups.length)) return undefined;
  const extended = skipExtension(window, end);
  const hasExtension = extended !== end;
  end = extended;
  const digits = read.groups.slice(0, found.count).join('');
  const match: Match = {
    start,
    end,
    pattern: hasExtension ? `${found.pattern} with extension` : found.pattern,
    validator: found.validator,
    base: hasExtension ? Math.min(0.9, found.base + 0.2) : found.base,
  };
  const published = publishedPhone(digits.replace(/^00/, ''));
  if (published !== undefined) match.published = published;
  return match;
}

interface FoundNumber {
  /** How many of the groups belong to the number. */
  count: number;
  pattern: string;
  validator: string | null;
  base: number;
}

/** Takes as many groups as the longest number of that country has. */
function matchInternational({
  groups,
  isInternational,
  separators,
}: PhoneGroups): FoundNumber | undefined {
  const all = groups.join('');
  const digits = isInternational ? all : all.slice(2);
  const plan = findCountryPlan(digits);
  if (plan === undefined) return undefined;
  const prefix = plan.code.length + (isInternational ? 0 : 2);
  for (let count = groups.length; count > 0; count--) {
    const text = groups.slice(0, count).join('');
    let national = text.slice(prefix);
    // `+49 (0)89`: the trunk zero in brackets is not dialled; Italy's belongs to the number.
    if (plan.code !== '39' && national.startsWith('0')) national = national.slice(1);
    const verdict = judgeNational(plan, national);
    if (verdict === undefined) continue;
    const isGrouped = separators.length > 0;
    const strong = isInternational ? 0.75 : isGrouped ? 0.6 : 0.3;
    const base = verdict === 'valid' ? strong : isGrouped ? 0.5 : 0.3;
    return { count, pattern: `international +${plan.code}`, validator: `e164:${verdict}`, base };
  }
  return undefined;
}

function matchNational({ groups, separators, bracketed }: PhoneGroups): FoundNumber | undefined {
  if (groups.length === 1) return nationalOf(groups, '', false);
  const kinds = new Set(separators.filter((kind) => kind !== ')' && kind !== '('));
  const [separator = ''] = kinds;
  // `030/1234 567`: a slash or hyphen may set the area code off.
  const rest = new Set(separators.slice(1));
  const setOff = rest.size <= 1 && /^[-/.]$/.test(separators[0] ?? '') && rest.has(' ');
  if (kinds.size > 1 && !setOff && !(rest.size <= 1 && separators[0] === ' ')) return undefined;
  if (separator === '/' && groups.length !== 2) return undefined;
  const isBracketed = bracketed >= 0 && bracketed <= 1;
  if (bracketed > 1 || (!isBracketed && looksLikeOther(groups, separator))) return undefined;
  return nationalOf(groups, separator, isBracketed);
}

function nationalOf(
  groups: readonly string[],
  separator: string,
  isBracketed: boolean,
): FoundNumber | undefined {
  const shape = findNationalShape(groups, { separator, isBracketed });
  if (shape === undefined) return undefined;
  return {
    count: groups.length,
    pattern: `national ${shape.region}`,
    validator: null,
    base: separator === '/' ? shape.base * 0.8 : shape.base,
  };
}

/** No letter or digit goes on, no fraction, time or percentage. */
function mayEnd(window: TextWindow, end: number, isShortened: boolean): boolean {
  const after = byteAt(window, end);
  if (isDigit(after) || after === 0x5f || after === 0x25) return false;
  if (isLetter(after)) return (after | 0x20) === 0x78 || after >= 0x80;
  if (after === 0x3a || after === 0x2e) return !isDigit(byteAt(window, end + 1));
  return isShortened || after !== 0x2d || !isDigit(byteAt(window, end + 1));
}

/** `x44`, `ext. 44`, `extension 44`, `#44`; gives `at` when there is none. */
function skipExtension(window: TextWindow, at: number): number {
  let i = at;
  while (i - at < 2 && (byteAt(window, i) === 0x20 || byteAt(window, i) === 0x2c)) i++;
  const marks = extensionMarks.find((mark) => startsWith(window, i, mark));
  if (marks === undefined) return at;
  i += marks.length;
  for (let n = 0; n < 2 && ' .:'.includes(String.fromCharCode(byteAt(window, i))); n++) i++;
  const from = i;
  while (i - from <= maxExtensionDigits && isDigit(byteAt(window, i))) i++;
  return i === from || i - from > maxExtensionDigits || isLetter(byteAt(window, i)) ? at : i;
}

const extensionMarks = ['extension', 'extn', 'ext', 'x', '#'];

function startsWith(window: TextWindow, at: number, word: string): boolean {
  for (let n = 0; n < word.length; n++) {
    const byte = byteAt(window, at + n);
    if ((isAsciiLetter(byte) ? byte | 0x20 : byte) !== word.charCodeAt(n)) return false;
  }
  return true;
}
