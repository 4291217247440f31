import { isDate, passesLuhnText, valueAt } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Values of the characters in odd places, digits and letters alike, from 0 or A on. */
const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];
const monthLetters = 'ABCDEHLMPRST';
/** Letters that stand for digits where two persons would have the same code. */
const digitLetters = 'LMNPQRSTUV';

/** Italian fiscal code: names, birth date, birth place and a control letter by mod 26. */
const itFiscalCode = shapedDetector({
  id: 'it_fiscal_code',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'plain', form: 'A{6}9{2}A9{2}A9{3}A', base: 0.9 },
    { name: 'grouped', form: 'A{3} A{3} 9{2}A9{2} A9{3}A', base: 0.9 },
    { name: 'letters for digits', form: 'A{6}9NAN{2}AN{3}A', base: 0.85 },
  ],
  check: checkFiscalCode,
  sources: ['DM 23 dicembre 1976, n. 13813; Agenzia delle Entrate'],
  context: bareContext(
    { it: ['codice fiscale', 'cod. fisc.', 'cod fisc', 'c.f.', 'cf'] },
    { it: ['nato a', 'nata a', 'contribuente', 'tessera sanitaria'] },
  ),
  hits: [
    'codice fiscale [RSSGLN82C51F205L]',
    'C.F. [BNCLRT67T10H501K]',
    'persona [VRDMHL91A23L736W], residente a Padova',
    '{"codiceFiscale":"[FRRPLA58S44D612X]"}',
    'nome,cf\nAnna,[GLLSRA75P62A944W]\n',
  ],
  misses: [
    'codice fiscale RSSGLN82C51F2056',
    'codice fiscale RSSGLN82F51F205X',
    'codice fiscale RSSGLN82C51F205L9',
    'codice fiscale XRSSGLN82C51F205L',
    'codice fiscale RSSGLN 82C51F205X',
    'codice fiscale RSSGLN82C75F205X',
  ],
});

function checkFiscalCode(compact: string): Check | undefined {
  let sum = 0;
  for (let n = 0; n < 15; n++) {
    const value = valueAt(compact, n) - (compact.charCodeAt(n) > 0x39 ? 10 : 0);
    sum += n % 2 === 0 ? (oddValues[value] as number) : value;
  }
  if (sum % 26 !== valueAt(compact, 15) - 10) return undefined;
  const digits = [...compact].map((char) => {
    const digit = digitLetters.indexOf(char);
    return digit < 0 ? char : String(digit);
  });
  const year = Number(digits[6] as string) * 10 + Number(digits[7]);
  const month = monthLetters.indexOf(compact[8] as string) + 1;
  const day = Number(digits[9]) * 10 + Number(digits[10]);
  // The labelled day of women is forty higher; the year has two digits, so 2000 serves for leap days.
  const isDay =
    isDate(2000 + year, month, day > 40 ? day - 40 : day) ||
    isDate(1900 + year, month, day > 40 ? day - 40 : day);
  return isDay
    ? { validator: 'mod26:passed' }
    : { validator: 'mod26:passed', base: 0.2, notes: ['no birth date'] };
}

/** Italian VAT number: eleven digits by Luhn, of which three name the province. */
const itVatCode = shapedDetector({
  id: 'it_vat_code',
  category: 'financial',
  weight: 0.15,
  shapes: [
    { name: 'eleven digits', form: '9{11}', base: 0.15 },
    { name: 'with country', form: 'it9{11}', base: 0.6 },
    { name: '7-3-1', form: '9{7} 9{3} 9', base: 0.2 },
  ],
  check(compact) {
    const digits = compact.slice(-11);
    const office = Number(digits.slice(7, 10));
    const isOffice = (office >= 1 && office <= 121) || [888, 999].includes(office);
    if (/^0{7}/.test(digits) || !passesLuhnText(digits)) return undefined;
    return { validator: 'luhn:passed', ...(isOffice ? {} : { base: 0.05 }) };
  },
  sources: ['DPR 633/1972, art. 35; Agenzia delle Entrate, VIES'],
  context: bareContext(
    { it: ['partita iva', 'p.iva', 'p. iva', 'piva', 'p.i.', 'part. iva'], en: ['vat'] },
    { it: ['iva', 'fattura', 'ragione sociale', 's.r.l.', 's.p.a.', 'codice fiscale'] },
  ),
  hits: [
    'Partita IVA [04820910588]',
    'P.IVA: [IT17302840156]',
    '{"partitaIva":"[01938470273]"}',
    'ditta,piva\nAcme,[02905710634]\n',
    'Acme S.r.l., p. iva [05810390020]',
  ],
  misses: [
    'Partita IVA 04820910586',
    'Partita IVA 048209105882',
    'Partita IVA 00000000000',
    'il contatore segna 01938470273',
    'Partita IVA X04820910588',
  ],
});

/** Italian driving licence: two letters, seven digits and a letter, or U1 and a code. */
const itDriverLicense = shapedDetector({
  id: 'it_driver_license',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'letters and seven digits', form: 'A{2}9{7}A', base: 0.2 },
    { name: 'central office', form: 'u9N{7}A', base: 0.25 },
  ],
  check: (compact) => (/^U1[^AEIOQ]{7}[A-Z]$|^[A-Z]{2}\d/.test(compact) ? {} : undefined),
  sources: ['Ministero delle Infrastrutture e dei Trasporti; Directive 2006/126/EC'],
  context: idContext(
    { it: ['patente', 'patente di guida', 'numero patente'], en: ['italian driving licence'] },
    { it: ['licenza', 'licenza di guida', 'motorizzazione'], en: ['driving licence'] },
  ),
  hits: [
    'patente [MI4820917X]',
    'Patente di guida: [U1L83K05TW]',
    '{"numeroPatente":"[RM7302846D]"}',
    'nome,patente\nAnna,[U1X09D48RS]\n',
    'licenza di guida [TO0193847B]',
  ],
  misses: [
    'patente MI48209171X',
    'patente U1L83A05TW',
    'patente XMI4820917X',
    'pezzo MI4820917X in magazzino',
    'numero di serie RM7302846D',
  ],
});

/** Italian identity card: electronic (CA12345AA), or of paper with two letters and seven digits. */
const itIdentityCard = shapedDetector({
  id: 'it_identity_card',
  category: 'identity',
  weight: 0.4,
  specificity: 45,
  floor: governmentId,
  shapes: [
    { name: 'electronic', form: 'A{2}9{5}A{2}', base: 0.2 },
    { name: 'paper', form: 'A{2} {0,1}9{7}', base: 0.08 },
    { name: 'first electronic', form: '9{7}A{2}', base: 0.08 },
  ],
  sources: ['DM 23 dicembre 2015 (carta di identità elettronica)'],
  context: idContext(
    {
      it: ["carta d'identità", 'carta di identità', 'carta identità', 'cie', 'numero documento'],
      en: ['italian identity card'],
    },
    { it: ['documento', 'riconoscimento', 'espatrio', 'identità', 'elettronica'] },
  ),
  hits: [
    "carta d'identità [CA48209XK]",
    'Carta di identità n. [AT 7302846]',
    '{"cartaIdentita":"[AX0193847]"}',
    'CIE: [CB29057DL]',
    'carta identità [5810392AB], Comune di Bari',
  ],
  misses: [
    "carta d'identità CA482091XK",
    "carta d'identità CAX48209XK",
    'modello CA48209XK esaurito',
    'numero di serie AX0193847',
    "carta d'identità A7302846",
  ],
});

/** Italian passport: two letters and seven digits. */
const itPassport = shapedDetector({
  id: 'it_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [{ name: 'two letters and seven digits', form: 'A{2}9{7}', base: 0.08 }],
  sources: ['PRADO (Council of the EU); ICAO Doc 9303'],
  context: idContext(
    { it: ['passaporto', 'numero di passaporto', 'passaporto italiano'], en: ['italian passport'] },
    { en: ['passport', 'passport number'], it: ['documento di viaggio'] },
  ),
  hits: [
    'passaporto [YB4820917]',
    'Numero di passaporto: [AA7302846]',
    '{"passaporto":"[YA0193847]"}',
    'nome,passaporto\nAnna,[YC2905718]\n',
    'Italian passport [YB5810392]',
  ],
  misses: [
    'passaporto Y48209172',
    'passaporto YB48209172',
    'passaporto YBX4820917',
    'codice YB4820917 in archivio',
    'numero di serie AA7302846',
  ],
});

/** Italy: fiscal codes, VAT numbers, licences, identity cards and passports. */
export const itIds: readonly Detector[] = [
  itDriverLicense,
  itFiscalCode,
  itIdentityCard,
  itPassport,
  itVatCode,
];
