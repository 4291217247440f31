import { formatSerialDate } from './serial-date.ts';

/** One of the up to four sections of a number format. */
interface FormatSection {
  kind: 'general' | 'number' | 'date' | 'text';
  tokens: readonly Token[];
  condition: { operator: string; value: number } | undefined;
  percents: number;
  /** Divisions by a thousand: commas after the last digit. */
  thousands: number;
  isGrouped: boolean;
  hasExponent: boolean;
  hasTime: boolean;
  hasDay: boolean;
}

interface Token {
  kind: 'literal' | 'digit' | 'point' | 'date' | 'exponent' | 'slash' | 'text';
  text: string;
}

const mostFormatCharacters = 1_000;
const mostDecimals = 15;

/** Formats that files name by number only (ISO/IEC 29500-1, 18.8.30). */
const builtInFormats: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'yyyy-mm-dd',
  16: 'yyyy-mm-dd',
  17: 'yyyy-mm-dd',
  18: 'h:mm',
  19: 'h:mm:ss',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  45: 'h:mm:ss',
  46: 'h:mm:ss',
  47: 'h:mm:ss',
  48: '##0.0E+0',
  49: '@',
};

export function builtInFormat(id: number): string | undefined {
  // East Asian dates.
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'yyyy-mm-dd';
  return Object.hasOwn(builtInFormats, id) ? builtInFormats[id] : undefined;
}

/**
 * A number format of a spreadsheet (ISO/IEC 29500-1, 18.8.31). Shows numbers as a person sees
 * them, so that `000-00-0000` gives its hyphens; dates are written as ISO 8601 whatever the
 * format, so that they are the same in every language.
 */
export class NumberFormat {
  readonly #sections: readonly FormatSection[];

  constructor(code: string) {
    this.#sections = splitSections(code.slice(0, mostFormatCharacters)).map(readSection);
  }

  /** The text shown for a number; `uses1904` tells which day is the first. */
  format(number: number, uses1904: boolean): string {
    const index = this.#choose(number);
    const section = this.#sections[index];
    if (section === undefined || section.kind === 'general') return plainNumber(number);
    if (section.kind === 'date') {
      const { hasDay, hasTime } = section;
      return formatSerialDate(number, { hasDay, hasTime, uses1904 }) ?? plainNumber(number);
    }
    if (section.kind === 'text') return plainNumber(number);
    const isSigned = number < 0 && (index === 0 || section.condition !== undefined);
    const shown = formatDigits(Math.abs(number), section);
    return isSigned && shown !== undefined ? `-${shown}` : (shown ?? plainNumber(number));
  }

  #choose(number: number): number {
    const sections = this.#sections;
    if (sections.some(({ condition }) => condition !== undefined)) {
      const chosen = sections.findIndex(
        ({ condition }) => condition === undefined || holds(condition, number),
      );
      return Math.max(0, chosen);
    }
    if (number < 0 && sections.length > 1) return 1;
    return number === 0 && sections.length > 2 ? 2 : 0;
  }
}

/** A number without exponent as far as its digits go: a card's number is all of its digits. */
export function plainNumber(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  if (Number.isInteger(number) && Math.abs(number) < 1e40) return BigInt(number).toString();
  return text;
}

/** Fewer digits than this are shown as they are. */
const tellingDigits = 8;

/**
 * What is shown for a number, and the number itself where that has left out or rounded away the
 * digits of a long whole one, or shows no digit at all.
 */
export function showWithNumber(shown: string, number: number): string {
  const digits = shown.replace(/\D/g, '');
  const plain = plainNumber(number);
  const isLong = Number.isInteger(number) && plain.length >= tellingDigits;
  const isLost = isLong && !digits.includes(plain.replace(/\D/g, ''));
  if (!isLost && (digits !== '' || number === 0)) return shown;
  return shown.trim() === '' ? plain : `${shown} ${plain}`;
}

function holds({ operator, value }: { operator: string; value: number }, number: number): boolean {
  switch (operator) {
    case '<':
      return number < value;
    case '<=':
      return number <= value;
    case '>':
      return number > value;
    case '>=':
      return number >= value;
    case '=':
      return number === value;
    default:
      return number !== value;
  }
}

function splitSections(code: string): string[] {
  const sections = [''];
  for (const part of code.match(/"[^"]*"?|\\.|\[[^\]]*\]?|[^"\\[]/gs) ?? []) {
    if (part === ';') sections.push('');
    else sections[sections.length - 1] += part;
  }
  return sections.slice(0, 4);
}

function readSection(code: string): FormatSection {
  const tokens: Token[] = [];
  let condition: FormatSection['condition'];
  let kind: FormatSection['kind'] = 'number';
  const parts = code.match(
    /"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|general|e[+-]|am\/pm|a\/p|[ymdhsg]+|./gis,
  );
  for (const part of parts ?? []) {
    const first = part.charAt(0);
    const lower = part.toLowerCase();
    if (first === '"') tokens.push({ kind: 'literal', text: part.replaceAll('"', '') });
    else if (first === '\\') tokens.push({ kind: 'literal', text: part.slice(1) });
    else if (first === '_') tokens.push({ kind: 'literal', text: ' ' });
    else if (first === '[') {
      condition ??= readCondition(part);
      if (/^\[(?:h+|m+|s+)\]$/i.test(part)) tokens.push({ kind: 'date', text: lower.slice(1, -1) });
      const currency = /^\[\$([^\]-]*)/.exec(part)?.[1];
      if (currency) tokens.push({ kind: 'literal', text: currency });
    } else if (lower === 'general') kind = 'general';
    else if (/^e[+-]$/.test(lower)) tokens.push({ kind: 'exponent', text: part });
    else if (/^[ymdhs]/.test(lower)) tokens.push({ kind: 'date', text: lower });
    else if (first === '0' || first === '#' || first === '?')
      tokens.push({ kind: 'digit', text: first });
    else if (first === '.') tokens.push({ kind: 'point', text: '.' });
    else if (first === '/') tokens.push({ kind: 'slash', text: '/' });
    else if (first === '@') tokens.push({ kind: 'text', text: '@' });
    else if (first !== '*') tokens.push({ kind: 'literal', text: part });
  }
  const dates = tokens.filter((token) => token.kind === 'date').map(({ text }) => text);
  if (kind !== 'general' && dates.length > 0) kind = 'date';
  else if (tokens.some((token) => token.kind === 'text')) kind = 'text';
  const digits = tokens.findLastIndex((token) => token.kind === 'digit');
  const commas = digits < 0 ? [] : tokens.slice(digits + 1);
  const trailing = commas.findIndex(({ text }) => text !== ',');
  return {
    kind,
    tokens,
    condition,
    percents: tokens.filter(({ kind, text }) => kind === 'literal' && text === '%').length,
    thousands: trailing < 0 ? commas.length : trailing,
    isGrouped: /[#0?],[#0?]/.test(code),
    hasExponent: tokens.some((token) => token.kind === 'exponent'),
    hasTime: dates.some((text) => /^[hs]/.test(text)),
    hasDay: dates.some((text) => /^[yd]/.test(text) || /^m{3,}/.test(text)),
  };
}

function readCondition(part: string): FormatSection['condition'] {
  const match = /^\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]$/.exec(part);
  const [, operator, value] = match ?? [];
  return operator === undefined ? undefined : { operator, value: Number(value) };
}

/** Fills the digits into the section's places; undefined when it is no plain number format. */
function formatDigits(number: number, section: FormatSection): string | undefined {
  const { tokens } = section;
  const hasFraction = tokens.some(({ kind }) => kind === 'slash');
  const places = tokens.filter(({ kind }) => kind === 'digit').length;
  if (hasFraction || section.hasExponent) return undefined;
  if (places === 0) return tokens.map(({ text }) => text).join('');
  const point = tokens.findIndex(({ kind }) => kind === 'point');
  const decimals =
    point < 0 ? 0 : tokens.slice(point).filter(({ kind }) => kind === 'digit').length;
  const scaled = (number * 100 ** section.percents) / 1000 ** section.thousands;
  if (!Number.isFinite(scaled) || scaled >= 1e21) return undefined;
  const [whole = '0', fraction = ''] = roundTo(scaled, Math.min(decimals, mostDecimals)).split('.');
  const integers = point < 0 ? tokens : tokens.slice(0, point);
  const shownWhole = fillInteger(whole, integers, section.isGrouped);
  return shownWhole + (point < 0 ? '' : fillDecimals(fraction, tokens.slice(point)));
}

/** Rounds half away from zero on the decimal digits, as spreadsheets do. */
function roundTo(number: number, decimals: number): string {
  const nudged = number * (1 + Number.EPSILON);
  return (decimals > 0 && nudged < 1e15 ? nudged : number).toFixed(decimals);
}

/** Digits go into places from the right; what is left over goes before the first. */
function fillInteger(whole: string, tokens: readonly Token[], isGrouped: boolean): string {
  let rest = whole === '0' ? '' : whole;
  let places = tokens.filter(({ kind }) => kind === 'digit').length;
  let filled = 0;
  let shown = '';
  for (const { kind, text } of tokens.toReversed()) {
    if (kind !== 'digit') {
      if (text === ',' && (isGrouped || places === 0 || filled === 0)) continue;
      shown = text + shown;
      continue;
    }
    places -= 1;
    const taken = places === 0 ? rest.length : Math.min(1, rest.length);
    let digits = rest.slice(rest.length - taken);
    rest = rest.slice(0, rest.length - taken);
    if (digits === '' && text === '0') digits = '0';
    for (const digit of [...digits].toReversed()) {
      if (isGrouped && filled > 0 && filled % 3 === 0) shown = `,${shown}`;
      shown = digit + shown;
      filled += 1;
    }
  }
  return shown;
}

function fillDecimals(fraction: string, tokens: readonly Token[]): string {
  const digits = tokens.filter(({ kind }) => kind === 'digit');
  const optional = digits.length - 1 - digits.findLastIndex(({ text }) => text === '0');
  const least = digits.length - optional;
  let length = fraction.length;
  while (length > least && fraction[length - 1] === '0') length--;
  let at = 0;
  let shown = '';
  for (const { kind, text } of tokens) {
    if (kind === 'point') shown += length > 0 ? '.' : '';
    else if (kind !== 'digit') shown += text === ',' ? '' : text;
    else if (at < length) shown += fraction[at++] ?? '';
  }
  return shown;
}
