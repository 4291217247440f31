import type { Detector } from '../detector.ts';
import { type Check, governmentId, shapedDetector } from '../shaped-detector.ts';

/**
 * US social security numbers by the rules of the Social Security Administration: no area 000, 666
 * or 900–999, no group 00, no serial 0000 (SSA, "Social Security Number Randomization", 2011).
 * There is no check digit, so form and context carry the confidence.
 */
export const usSsn: Detector = shapedDetector({
  id: 'us_ssn',
  category: 'identity',
  weight: 0.5,
  specificity: 50,
  floor: governmentId,
  shapes: [
    { name: 'nine digits', form: '9{9}', base: 0.05 },
    { name: 'with hyphens', form: '9{3}-9{2}-9{4}', base: 0.55 },
    { name: 'with blanks', form: '9{3} 9{2} 9{4}', base: 0.25 },
    { name: 'with dots', form: '9{3}.9{2}.9{4}', base: 0.15 },
    { name: 'with one hyphen', form: '9{3}-9{6}', base: 0.15 },
    { name: 'with one hyphen', form: '9{5}-9{4}', base: 0.15 },
  ],
  check: checkSsn,
  sources: ['SSA, Social Security Number Randomization, 2011'],
  mask: (value) => `***-**-${value.slice(-4)}`,
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
    'Employee SSN: [130-07-5728].',
    'Jane Smith,Payroll,[130-07-5728]',
    'social security number [130 07 5728]',
    '{"ssn":"[130075728]"}',
    'name,ssn\nJane,[130075728]\nBob,[214896712]\n',
    'SSN [130.07.5728]',
    '<socialSecurityNumber>[899-12-3456]</socialSecurityNumber>',
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
});

/** Numbers that were printed on cards in wallets, brochures and advertisements. */
const publishedNumbers: ReadonlyMap<number, string> = new Map([
  [78_05_1120, 'printed on a sample card in 1938'],
  [219_09_9999, 'used in an SSA pamphlet in 1940'],
  [457_55_5462, 'used in advertisements'],
  [123_45_6789, 'counting digits'],
]);

function checkSsn(compact: string): Check | undefined {
  const area = Number(compact.slice(0, 3));
  const group = Number(compact.slice(3, 5));
  const serial = Number(compact.slice(5));
  if (area === 0 || area === 666 || area >= 900 || group === 0 || serial === 0) return undefined;
  const check: Check = { validator: 'ssa:passed' };
  const published = publishedBy(Number(compact));
  if (published !== undefined) check.published = published;
  return check;
}

function publishedBy(number: number): string | undefined {
  if (number % 111_111_111 === 0) return 'repeated digit';
  return publishedNumbers.get(number);
}
