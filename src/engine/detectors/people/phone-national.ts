import { isNanpNumber } from './phone-countries.ts';

/** How numbers are written in a country: what they start with and how they are grouped. */
interface NationalForm {
  readonly region: string;
  readonly starts: RegExp;
  /** Groupings, digits a group, `|` between them. */
  readonly groups: RegExp;
  readonly base: number;
}

/** A form that a number has, with its confidence before context. */
export interface NationalShape {
  readonly region: string;
  readonly base: number;
}

const bracketBonus = 0.25;

/**
 * Numbering plans and writing habits of national numbers (ITU Operational Bulletin, E.123; the
 * regulators' plans: Ofcom, Bundesnetzagentur, ARCEP, CNMC, AGCOM, Anatel, DoT, BTK, NTC and others).
 */
const forms: readonly NationalForm[] = [
  form('GB', /^0(?:1|2[03489]|3|7[1-57-9]|8[04578])/, '5 6|5 3 3|4 3 4|3 4 4|4 3 3|3 8|5 2 4', 0.6),
  form('GB', /^07[1-57-9]\d{8}$/, '11', 0.3),
  form('GB', /^0[12]\d{9}$/, '11', 0.08),
  form('FR', /^0[1-9]/, '2 2 2 2 2', 0.65),
  form('FR', /^0[67]/, '10', 0.2),
  form('FR', /^0[1-59]\d{8}$/, '10', 0.03),
  form('DE', /^01[5-7]/, '4 [78]|4 3 [45]|5 [67]|4 4 4|5 3 3|4 2 2 2 [23]?', 0.5),
  form('DE', /^01[5-7]\d{8,9}$/, '1[12]', 0.2),
  form('DE', /^0[2-9]/, '3 [6-8]|4 [4-8]|5 [3-7]|[345]( 2){3,4}|[345] [34] [34]', 0.35),
  form('ES', /^[6-9]/, '3 2 2 2', 0.55),
  form('ES', /^[679]/, '3 3 3', 0.4),
  form('ES', /^[679]/, '9', 0.03),
  form('PT', /^[29]/, '3 3 3|2 3 2 2', 0.35),
  form('IT', /^3[2-9]/, '3 [67]|3 3 [34]|3 2 2 3', 0.35),
  form('IT', /^0[1-9]/, '[234] [4-8]|[234] [34] [34]', 0.25),
  form('NL', /^0[1-9]/, '2 8|3 7|4 6|2 2 2 2 2|3 3 4|3 3 2 2', 0.4),
  form('BE', /^0[1-9]/, '4 2 2 2|3 2 2 2|2 3 2 2|4 3 3', 0.5),
  form('CH', /^0[2-9]/, '3 3 2 2', 0.6),
  form('AT', /^0[67]/, '4 [67]|4 3 [34]|3 7', 0.4),
  form('PL', /^[1-9]/, '3 3 3|2 3 2 2', 0.3),
  form('CZ', /^[2-7]/, '3 3 3', 0.35),
  form('SE', /^0[1-9]/, '[234] [23] 2 2|[234] [56]|3 7', 0.4),
  form('DK', /^[2-9]/, '2 2 2 2', 0.25),
  form('NO', /^[2-9]/, '3 2 3|2 2 2 2', 0.2),
  form('FI', /^0[1-9]/, '3 [67]|3 3 [34]|2 3 4', 0.35),
  form('BR', /^[1-9][1-9]9/, '2 5 4|2 1 4 4|7 4', 0.45),
  form('BR', /^[1-9][1-9][2-5]/, '2 4 4', 0.4),
  form('BR', /^[1-9][1-9]9\d{8}$/, '11', 0.03),
  form('MX', /^[2-9]/, '2 4 4', 0.4),
  form('IN', /^[6-9]/, '5 5', 0.45),
  form('IN', /^0[1-9]/, '3 8|4 7|5 6|3 4 4|4 3 4', 0.4),
  form(
    'TR',
    /^0?(?:5[03-6]|[234]\d|8[58])/,
    '4 3 2 2|3 3 2 2|4 7|3 7|1 3 7|1 3 3 2 2|4 3 4|3 3 4|1 3 3 4',
    0.5,
  ),
  form('TR', /^0(?:5[03-6]|[234][1-9]|8[58])\d{8}$/, '11', 0.15),
  form('TR', /^(?:5[03-6]|[234][1-9])\d{8}$/, '10', 0.03),
  form('PH', /^09/, '4 3 4|4 7|1 3 3 4|2 3 3 3', 0.6),
  form('PH', /^09\d{9}$/, '11', 0.25),
  form('IL', /^0(?:[23489]|5\d|7[2-9])/, '2 7|2 3 4|3 7|3 3 4', 0.5),
  form('AU', /^0[23478]/, '2 4 4|4 3 3', 0.55),
  form('AU', /^1[38]00/, '4 3 3', 0.5),
  form('NZ', /^0[23467]/, '2 3 4|3 3 [34]|3 7', 0.4),
  form('ZA', /^0[1-8]/, '3 3 4', 0.5),
  form('JP', /^0[5789]0/, '3 4 4', 0.6),
  form('JP', /^0[1-9]/, '2 4 4|3 3 4|4 2 4', 0.5),
  form('KR', /^01[016-9]/, '3 [34] 4', 0.65),
  form('KR', /^0[2-6]/, '[23] [34] 4', 0.5),
  form('CN', /^1[3-9]/, '3 4 4', 0.55),
  form('CN', /^1[3-9]\d{9}$/, '11', 0.08),
  form('CN', /^0[1-9]/, '[34] [78]|3 4 4', 0.4),
  form('RU', /^[78][3489]/, '1 3 3 2 2|1 3 3 4|1 3 7', 0.6),
  form('HU', /^06[1-9]/, '2 2 3 [34]|2 1 3 4', 0.6),
];

const formsByLengths = new Map<string, readonly NationalForm[]>();
const maxGroupings = 1_000;

/** Any grouping with a trunk zero, and any at all: only context makes a number of it. */
const trunkZero: NationalShape = { region: 'trunk zero', base: 0.3 };
const grouped: NationalShape = { region: 'grouped digits', base: 0.1 };

/**
 * Finds the strongest national form of digits in groups; `bracketed` tells that the first group
 * is in brackets, which numbers other than phone numbers rarely are.
 */
export function findNationalShape(
  groups: readonly string[],
  { separator, isBracketed }: { separator: string; isBracketed: boolean },
): NationalShape | undefined {
  const digits = groups.join('');
  if (groups.length === 1 && isKnownNumber(digits)) return undefined;
  const lengths = groups.map((group) => group.length).join(' ');
  let best = nanpShape(digits, lengths, separator, isBracketed);
  for (const { region, starts, base } of formsOf(lengths)) {
    if (base > (best?.base ?? 0) && starts.test(digits)) best = { region, base };
  }
  best ??= looseShape(digits, groups);
  if (best === undefined || !isBracketed || groups.length === 1) return best;
  return { region: best.region, base: Math.min(0.8, best.base + bracketBonus) };
}

/** Digits that count, typed to fill a field, and the limits of 32-bit integers. */
function isKnownNumber(digits: string): boolean {
  return digits.includes('123456789') || /^(?:214748364[78]|429496729[4-6])$/.test(digits);
}

/** The forms of a grouping; there are few groupings in a file, and many numbers. */
function formsOf(lengths: string): readonly NationalForm[] {
  const known = formsByLengths.get(lengths);
  if (known !== undefined) return known;
  const found = forms.filter(({ groups }) => groups.test(lengths));
  if (formsByLengths.size < maxGroupings) formsByLengths.set(lengths, found);
  return found;
}

function nanpShape(
  digits: string,
  lengths: string,
  separator: string,
  isBracketed: boolean,
): NationalShape | undefined {
  const ten = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (ten.length !== 10) return undefined;
  const isValid = isNanpNumber(ten);
  if (/^(?:1 )?3 3 4$/.test(lengths) || lengths === '4 3 4') {
    const known = separator === ' ' ? 0.45 : 0.6;
    return { region: 'NANP', base: isValid ? known : isBracketed ? 0.3 : 0.25 };
  }
  if (!isValid) return undefined;
  if (lengths === '3 7' || lengths === '6 4') return { region: 'NANP', base: 0.3 };
  return lengths === '10' || lengths === '11' ? { region: 'NANP', base: 0.04 } : undefined;
}

function looseShape(digits: string, groups: readonly string[]): NationalShape | undefined {
  if (groups.length === 1 || groups.length > 5 || digits.length < 7) return undefined;
  if (groups.some((group) => group.length < 2) || digits.length > 12) return undefined;
  return digits.startsWith('0') && digits.length >= 9 ? trunkZero : grouped;
}

/** Groups of digits that are written that way for another reason. */
export function looksLikeOther(groups: readonly string[], separator: string): boolean {
  const lengths = groups.map((group) => group.length).join(' ');
  const first = groups[0]?.charCodeAt(0);
  if (lengths === '3 2 4' || lengths === '4 4 4 4' || lengths === '4 6 5') return true;
  // ZIP+4, EIN, CPF: with a hyphen only, and phone numbers of that shape start with a zero.
  if (/^(?:5 4|2 7|3 3 3 2)$/.test(lengths) && separator === '-') return first !== 0x30;
  if (lengths === '4 4' && groups.every((group) => /^(?:19|20)/.test(group))) return true;
  if (isDate(groups)) return true;
  // Four numbers with dots are an address or a version, two are a decimal.
  return separator === '.' && (groups.length === 2 || /^[1-3]( [1-3]){3}$/.test(lengths));
}

function isDate(groups: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = groups;
  const isDay = (text: string): boolean => /^(?:0?[1-9]|[12]\d|3[01])$/.test(text);
  const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text);
  if (isYear(first) && isDay(second) && isDay(third)) return true;
  return isDay(first) && isDay(second) && isYear(third);
}

/** Numbers set aside for films and examples, and digits that count or repeat. */
export function publishedPhone(digits: string): string | undefined {
  if (
    /^(.)\1*$/.test(digits.slice(-7)) ||
    /^(?:\d{0,4})?(?:1234567890?|0123456789|0102030405)$/.test(digits)
  ) {
    return 'counting or repeated digits';
  }
  if (/^(?:1?[2-9]\d\d)?55501\d\d$/.test(digits)) return 'numbers for fiction (NANPA 555-01XX)';
  if (/^(?:0|44)(?:7700900|2079460|1632960|1[1-9]1496)\d{3}/.test(digits)) {
    return 'numbers for drama (Ofcom)';
  }
  return undefined;
}

function form(region: string, starts: RegExp, groups: string, base: number): NationalForm {
  return { region, starts, groups: new RegExp(`^(?:${groups})$`), base };
}
