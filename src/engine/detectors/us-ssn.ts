import { isDigit, isLetter } from '../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../detector.ts';

/**
 * US social security numbers by the rules of the Social Security Administration: no area 000, 666
 * or 900–999, no group 00, no serial 0000 (SSA, "Social Security Number Randomization", 2011).
 * There is no check digit, so form and context carry the confidence.
 */
export const usSsn: Detector = {
  id: 'us_ssn',
  category: 'identity',
  weight: 0.5,
  sources: ['Social Security Administration, SSN randomization (2011)'],
  specificity: 50,
  floor: { label: 'confidential', reason: 'government id' },
  anchors: { digitRuns: { min: 3, max: 9 } },
  find: findSsn,
  normalise: (value) => value.replace(/\D/g, ''),
  mask: (value) => `***-**-${value.slice(-4)}`,
  heedsExampleWords: true,
  context: [
    {
      effect: 0.8,
      words: {
        en: [
          'ssn',
          'ssns',
          'social security',
          'social security number',
          'social security no',
          'ss#',
          'ss #',
          'socsec',
          'soc sec',
          'social',
          'ssa',
        ],
        de: ['sozialversicherungsnummer', 'us-sozialversicherungsnummer'],
        fr: ['numéro de sécurité sociale', 'sécurité sociale'],
        es: ['seguro social', 'número de seguro social', 'nss', 'seguridad social'],
        it: ['previdenza sociale', 'numero di previdenza sociale'],
        pt: ['seguro social', 'número de segurança social', 'previdência social'],
        nl: ['sofinummer', 'burgerservicenummer'],
        pl: ['numer ubezpieczenia społecznego', 'ubezpieczenie społeczne'],
      },
    },
    {
      effect: 0.35,
      words: {
        en: [
          'tax id',
          'taxpayer',
          'tin',
          'tax identification',
          'national id',
          'govt id',
          'id number',
          'member id',
          'participant id',
          'employee number',
          'employee id',
          'personnel',
          'w-2',
          'w2',
          'payroll',
          'date of birth',
          'dob',
          'patient',
          'applicant',
          'borrower',
          'dependent',
        ],
      },
    },
    {
      effect: -0.7,
      words: {
        en: [
          'phone',
          'telephone',
          'tel',
          'fax',
          'mobile',
          'cell',
          'order',
          'order number',
          'invoice',
          'invoice number',
          'tracking',
          'tracking number',
          'serial',
          'serial number',
          'part number',
          'barcode',
          'isbn',
          'issn',
          'account number',
          'product code',
          'quantity',
          'count',
          'sku',
          'zip',
          'zip code',
          'postal code',
          'routing',
          'ticket',
          'case number',
          'version',
          'duns',
          'ein',
          'model',
          'catalog',
          'batch',
          'lot',
          'timestamp',
          'cas',
          'price',
          'amount',
        ],
      },
    },
  ],
  hits: [
    { text: 'Employee SSN: 130-07-5728.', values: ['130-07-5728'] },
    { text: 'Jane Smith,Payroll,130-07-5728', values: ['130-07-5728'] },
    { text: 'social security number 130 07 5728', values: ['130 07 5728'] },
    { text: '{"ssn":"130075728"}', values: ['130075728'] },
    { text: 'name,ssn\nJane,130075728\nBob,214896712\n', values: ['130075728', '214896712'] },
    { text: 'SSN 130.07.5728', values: ['130.07.5728'] },
    { text: '<socialSecurityNumber>899-12-3456</socialSecurityNumber>', values: ['899-12-3456'] },
  ],
  misses: [
    'ssn 000-12-3456',
    'ssn 666-12-3456',
    'ssn 900-12-3456',
    'ssn 130-00-5728',
    'ssn 130-07-0000',
    'ssn 078-05-1120',
    'ssn 219-09-9999',
    'part 130075728 of the shipment',
    'ssn 1130-07-5728',
    'ssn 130-07-57281',
    'ssn 130-07.5728',
    'phone,name\n130-07-5728,Jane\n',
    'SSN AB130075728',
  ],
};

/** Numbers that were printed on cards in wallets, brochures and advertisements. */
const publishedNumbers: ReadonlyMap<number, string> = new Map([
  [78_05_1120, 'printed on a sample card in 1938'],
  [219_09_9999, 'used in an SSA pamphlet in 1940'],
  [457_55_5462, 'used in advertisements'],
  [123_45_6789, 'counting digits'],
]);

function findSsn(window: TextWindow, start: number, end: number): Match | undefined {
  if (!mayStart(window, start)) return undefined;
  const length = end - start;
  if (length === 9) return matchSsn(window, start, end, 0);
  if (length !== 3) return undefined;
  const separator = byteAt(window, end);
  if (separator !== 0x2d && separator !== 0x20 && separator !== 0x2e) return undefined;
  if (byteAt(window, end + 3) !== separator) return undefined;
  return matchSsn(window, start, end + 8, separator);
}

function matchSsn(
  window: TextWindow,
  start: number,
  end: number,
  separator: number,
): Match | undefined {
  const gap = separator === 0 ? 0 : 1;
  const area = readNumber(window, start, 3);
  const group = readNumber(window, start + 3 + gap, 2);
  const serial = readNumber(window, start + 5 + gap * 2, 4);
  if (!(area > 0 && group > 0 && serial > 0) || area === 666 || area >= 900) return undefined;
  if (!mayEnd(window, end, separator)) return undefined;
  const form = forms[separator];
  if (form === undefined) return undefined;
  const match: Match = { start, end, validator: 'ssa:passed', ...form };
  const published = publishedBy(area * 1_000_000 + group * 10_000 + serial);
  if (published !== undefined) match.published = published;
  return match;
}

/** By separator. */
const forms: Readonly<Record<number, { pattern: string; base: number }>> = {
  0: { pattern: 'nine digits', base: 0.05 },
  45: { pattern: 'with hyphens', base: 0.55 },
  32: { pattern: 'with blanks', base: 0.25 },
  46: { pattern: 'with dots', base: 0.15 },
};

function publishedBy(number: number): string | undefined {
  if (number % 111_111_111 === 0) return 'repeated digit';
  return publishedNumbers.get(number);
}

/** Reads `count` digits as a number; NaN when there are fewer. */
function readNumber(window: TextWindow, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const byte = byteAt(window, i);
    if (!isDigit(byte)) return Number.NaN;
    value = value * 10 + byte - 0x30;
  }
  return value;
}

function mayStart(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (before < 0x80 && isLetter(before)) return false;
  if (before !== 0x2d && before !== 0x2e && before !== 0x2b) return true;
  const beyond = byteAt(window, start - 2);
  return !isDigit(beyond) && !isLetter(beyond);
}

function mayEnd(window: TextWindow, end: number, separator: number): boolean {
  const after = byteAt(window, end);
  if (isDigit(after) || after === 0x5f || (after < 0x80 && isLetter(after))) return false;
  if (after === 0x2d || after === 0x2e || after === separator) {
    const beyond = byteAt(window, end + 1);
    return !isDigit(beyond) && !(after === 0x2d && isLetter(beyond));
  }
  return true;
}
