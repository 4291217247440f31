import { isAsciiLetter, isDigit, isLetterOrDigit, isUpper } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { addressContext } from './address-context.ts';

/** Postcode areas in use (Royal Mail, Postcode Address File), Crown dependencies and GIR with them. */
const areas: ReadonlySet<string> = new Set(
  `AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU
M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW
SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE`.split(/\s+/),
);

const surest = 0.4;

/**
 * British postcodes: area, district and a digit with two letters, of which C, I, K, M, O and V are
 * never used (Royal Mail, PAF Programmers' Guide; BS 7666).
 */
export const ukPostcode: Detector = {
  id: 'uk_postcode',
  category: 'contact',
  weight: 0.03,
  specificity: 20,
  anchors: {
    forms: [
      'A{1,2}9{1,2} 9AA',
      'A{1,2}9A 9AA',
      'A{1,2}9{2,3}AA',
      'A{1,2}9A9AA',
      'gir {0,1}9AA',
    ].map((form) => ({ form, base: surest, isStart: true })),
  },
  find: findPostcode,
  normalise: (value) => value.toUpperCase().replace(/\s/g, ''),
  mask: (value) => `${/^[A-Z]+/i.exec(value)?.[0] ?? ''}** ***`,
  heedsExampleWords: true,
  sources: ['https://www.poweredbypaf.com/programmers-guide/'],
  context: [
    {
      effect: 0.6,
      words: {
        en: [
          'postcode',
          'post code',
          'postal code',
          'pcode',
          'london',
          'england',
          'scotland',
          'wales',
          'uk',
          'united kingdom',
          'great britain',
        ],
      },
    },
    ...addressContext,
    {
      effect: -0.7,
      words: {
        en: [
          'part',
          'model',
          'serial',
          'sku',
          'version',
          'batch',
          'registration',
          'plate',
          'hex',
          'color',
        ],
      },
    },
  ],
  hits: [
    { text: 'Our address: Rose Cottage, Leeds LS2 7HZ', values: ['LS2 7HZ'] },
    { text: 'postcode: sw1a2ab', values: ['sw1a2ab'] },
    { text: 'name,postcode\nBo,EH127TB\nAl,G12 8QQ\n', values: ['EH127TB', 'G12 8QQ'] },
    { text: '{"postCode":"CB2 1TN"}', values: ['CB2 1TN'] },
    { text: 'London WC2N 5DU', values: ['WC2N 5DU'] },
    { text: 'deliver to DN55 1PT', values: ['DN55 1PT'] },
  ],
  misses: [
    'postcode QA1 1AA or ZZ9 9ZZ',
    'postcode M1 1CA, M1 1AI and B33 8TO',
    'postcode XLS2 7HZ and LS2 7HZA and LS222 7HZ',
    'colour e7 8ab and A4 5BB',
    'part M1 1AA in batch G2 3DD',
    'commit M11AA',
  ],
};

/** The form ends with the two letters behind the digit of the last part. */
function findPostcode(window: TextWindow, _: number, formEnd: number): Match | undefined {
  const end = formEnd - 2;
  const inward = end - 1;
  if (!isInwardLetter(byteAt(window, end)) || !isInwardLetter(byteAt(window, end + 1)))
    return undefined;
  const after = byteAt(window, end + 2);
  if (isLetterOrDigit(after) || after === 0x5f || after === 0x2d) return undefined;
  let i = inward;
  const isSpaced = byteAt(window, i - 1) === 0x20;
  if (isSpaced) i--;
  let outward = '';
  while (outward.length < 5 && isAlphanumeric(byteAt(window, i - 1))) {
    outward = String.fromCharCode(byteAt(window, --i)) + outward;
  }
  const before = byteAt(window, i - 1);
  if (isLetterOrDigit(before) || before === 0x5f || before === 0x2d || before === 0x23)
    return undefined;
  if (!isOutward(outward.toUpperCase())) return undefined;
  const isCapital =
    isUpper(byteAt(window, end)) && isUpper(byteAt(window, end + 1)) && /^[A-Z]/.test(outward);
  const base = isSpaced ? (isCapital ? surest : 0.1) : isCapital ? 0.1 : 0.05;
  const pattern = isSpaced ? 'two parts' : 'one word';
  return { start: i, end: end + 2, pattern, validator: 'area:known', base };
}

/** A9, A99, AA9, AA99, A9A, AA9A, and GIR, the old giro bank. */
function isOutward(text: string): boolean {
  if (text === 'GIR') return true;
  const parts = /^([A-Z]{1,2})(?:\d{1,2}|\d[A-HJKMNPR-Y])$/.exec(text);
  return parts !== null && areas.has(parts[1] ?? '');
}

function isInwardLetter(byte: number): boolean {
  return isAsciiLetter(byte) && !'cikmov'.includes(String.fromCharCode(byte | 0x20));
}

function isAlphanumeric(byte: number): boolean {
  return isAsciiLetter(byte) || isDigit(byte);
}
