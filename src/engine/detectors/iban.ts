import { isAsciiLetter, isDigit, isLetterOrDigit, isUpper } from '../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../detector.ts';
import { ibanRemainder } from '../mod-97.ts';
import { exampleIbans, type IbanFormat, ibanFormats } from './iban-registry.ts';

const groupChars = 4;

/** International bank account numbers (ISO 13616): country format, structure and check digits. */
export const iban: Detector = {
  id: 'iban',
  category: 'financial',
  weight: 0.4,
  sources: ['ISO 13616-1', 'ISO/IEC 7064'],
  specificity: 80,
  floor: { label: 'confidential', reason: 'account or card number' },
  anchors: { forms: [{ form: 'A{2}9{2}', isStart: true }] },
  find: findIban,
  normalise: compact,
  mask: (value) => `${compact(value).slice(0, 2)}** **** ${compact(value).slice(-4)}`,
  heedsExampleWords: true,
  context: [
    {
      effect: 0.5,
      words: {
        en: ['iban', 'bank', 'bank account', 'account number', 'transfer', 'bic', 'swift', 'payee'],
        de: [
          'konto',
          'kontonummer',
          'bankverbindung',
          'überweisung',
          'kontoinhaber',
          'lastschrift',
        ],
        fr: ['compte', 'banque', 'virement', 'rib', 'compte bancaire'],
        es: ['cuenta', 'banco', 'transferencia', 'cuenta bancaria'],
        it: ['conto', 'banca', 'bonifico', 'conto corrente'],
        pt: ['conta', 'banco', 'transferência', 'conta bancária'],
        nl: ['rekening', 'rekeningnummer', 'overschrijving'],
        pl: ['konto', 'rachunek', 'numer rachunku', 'przelew', 'numer konta'],
      },
    },
  ],
  hits: [
    { text: 'My IBAN is GB31YGJR46272857822446', values: ['GB31YGJR46272857822446'] },
    {
      text: 'Konto DE02 1203 0000 0000 2020 51, Kennwort Miete',
      values: ['DE02 1203 0000 0000 2020 51'],
    },
    { text: 'my iban is gb42nawi04454264788619', values: ['gb42nawi04454264788619'] },
    { text: 'RIB: FR7610107001011234567890129', values: ['FR7610107001011234567890129'] },
    { text: '<IBAN>NL39RABO0300065264</IBAN>', values: ['NL39RABO0300065264'] },
    { text: 'pay NO83 3000 1234 567 today', values: ['NO83 3000 1234 567'] },
  ],
  misses: [
    'IBAN GB31YGJR46272857822447',
    'IBAN DE02 1203 0000 0000 2020 5',
    'IBAN AB15012069000000311114',
    'example: DE89 3704 0044 0532 0130 00',
    'IBAN XGB31YGJR46272857822446',
    'IBAN GB31YGJR462728578224461',
    'IBAN DE02 12030000 0000 2020 51',
    'IBAN GB31 1234 4627 2857 8224 46',
    'IBAN DE00000000000000000066',
  ],
};

function findIban(window: TextWindow, start: number): Match | undefined {
  const format = byCountry[countryKey(byteAt(window, start), byteAt(window, start + 1))];
  return format === undefined ? undefined : matchIban(window, start, format);
}

/** Formats by the letters of their country. */
const byCountry: (IbanFormat | undefined)[] = new Array(1_024).fill(undefined);
for (const [country, format] of ibanFormats) {
  byCountry[countryKey(country.charCodeAt(0), country.charCodeAt(1))] = format;
}

/** Ten bits of two letters in any case. */
function countryKey(first: number, second: number): number {
  return ((first & 31) << 5) | (second & 31);
}

function matchIban(window: TextWindow, start: number, format: IbanFormat): Match | undefined {
  const separator = separatorAt(window, start + groupChars);
  let text = '';
  let i = start;
  let capitals = 0;
  let smalls = 0;
  for (let n = 0; n < format.length; n++) {
    if (separator !== 0 && n > 0 && n % groupChars === 0) {
      if (separatorAt(window, i) !== separator) return undefined;
      i += separator === 0xa0 ? 2 : 1;
    }
    const byte = byteAt(window, i);
    if (!fits(byte, n < 4 ? (n < 2 ? 'a' : 'n') : format.structure[n - 4])) return undefined;
    if (isUpper(byte)) capitals++;
    else if (!isDigit(byte)) smalls++;
    text += String.fromCharCode(isDigit(byte) ? byte : byte & 0xdf);
    i++;
  }
  const after = byteAt(window, i);
  if ((after < 0x80 && isLetterOrDigit(after)) || after === 0x5f) return undefined;
  if (capitals > 0 && smalls > 0) return undefined;
  const check = Number(text.slice(2, 4));
  // The algorithm gives 02 to 98; 00, 01 and 99 only look right.
  if (check < 2 || check > 98 || ibanRemainder(text) !== 1) return undefined;
  const match: Match = {
    start,
    end: i,
    pattern: `${separator === 0 ? 'compact' : 'grouped'}${smalls > 0 ? ', small letters' : ''}`,
    validator: 'mod97:passed',
    base: smalls > 0 ? 0.7 : 0.9,
    notes: [`country: ${text.slice(0, 2)}`],
  };
  if (exampleIbans.has(text)) match.published = 'example of documentation';
  return match;
}

function fits(byte: number, kind: string | undefined): boolean {
  if (isDigit(byte)) return kind === 'n' || kind === 'c';
  return isAsciiLetter(byte) && (kind === 'a' || kind === 'c');
}

/** Space, hyphen or no-break space (as 0xa0); 0 for anything else. */
function separatorAt(window: TextWindow, index: number): number {
  const byte = byteAt(window, index);
  if (byte === 0x20 || byte === 0x2d) return byte;
  return byte === 0xc2 && byteAt(window, index + 1) === 0xa0 ? 0xa0 : 0;
}

function compact(value: string): string {
  return value.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}
