import {
  isDate,
  isRepeated,
  isShortDateDayFirst,
  passesLuhnText,
  weightedSum,
} from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Scottish community health index: birth date, number and a check digit by mod 11. */
const ukChi = shapedDetector({
  id: 'uk_chi',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and four', form: '9{6} 9{4}', base: 0.3 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    if (!isShortDateDayFirst(compact.slice(0, 6))) return undefined;
    const sum = weightedSum(compact, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    return sum % 11 === 0 ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['NHS Scotland, ISD: CHI number'],
  context: idContext(
    { en: ['chi', 'chi number', 'chi no', 'community health index'] },
    { en: ['nhs scotland', 'patient', 'hospital'] },
  ),
  hits: [
    'CHI number: [1203874715]',
    'community health index [050991 2184]',
    '{"chi":"[2311650947]"}',
    'patient,chi\nJane,[1702965155]\n',
    'CHI no [010214 3315], NHS Scotland',
  ],
  misses: [
    'CHI number 1203874711',
    'CHI number 3213874712',
    'CHI number 12038747155',
    'seq 2311650947 in the log',
    'phone 2311650947',
  ],
});

/** Ontario health number: ten digits by Luhn and a version of two letters. */
const caOhip = shapedDetector({
  id: 'ca_ohip',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-3-3', form: '9{4}s9{3}s9{3}', base: 0.2 },
    { name: '4-3-3 and version', form: '9{4}s9{3}s9{3}sA{2}', base: 0.5 },
    { name: 'ten digits', form: '9{10}', base: 0.1 },
    { name: 'ten digits and version', form: '9{10} {0,1}A{2}', base: 0.25 },
  ],
  check: (compact) =>
    !/^0|^(\d)\1{9}/.test(compact) && passesLuhnText(compact.slice(0, 10))
      ? { validator: 'luhn:passed' }
      : undefined,
  sources: ['Ontario Ministry of Health, Health card validation reference manual'],
  context: idContext(
    { en: ['ohip', 'health card', 'health card number', 'health number', 'hcn', 'ohip number'] },
    { en: ['ontario', 'patient', 'version code'] },
  ),
  hits: [
    'OHIP: [4820 917 302]',
    'health card number [7302846014 KT]',
    '{"healthNumber":"[1938475066]"}',
    'patient,ohip\nJane,[2905-718-306-BX]\n',
    'HCN [5810392745], Ontario',
  ],
  misses: [
    'OHIP: 4820 917 307',
    'OHIP: 4820 917 3027',
    'OHIP: X7302846014',
    'seq 1938475066 in the log',
    'phone 1938475066',
  ],
});

/** British Columbia's personal health number: 9, eight digits and a check digit by mod 11. */
const caBcPhn = shapedDetector({
  id: 'ca_bc_phn',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-3-3', form: '9{4}s9{3}s9{3}', base: 0.3 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    const sum = weightedSum(compact.slice(1), [2, 4, 8, 5, 10, 9, 7, 3]);
    return compact[0] === '9' && 11 - (sum % 11) === Number(compact[9])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: [
    'British Columbia Ministry of Health, PHN check digit (professional software standards)',
  ],
  context: idContext(
    { en: ['phn', 'personal health number', 'msp', 'msp number', 'care card', 'bc services card'] },
    { en: ['british columbia', 'patient', 'health number'] },
  ),
  hits: [
    'PHN: [9482 091 737]',
    'Personal Health Number [9730284611]',
    '{"phn":"[9019384722]"}',
    'patient,phn\nJane,[9290571894]\n',
    'MSP number [9581-039-226]',
  ],
  misses: [
    'PHN 9482 091 706',
    'PHN 8482 091 730',
    'PHN 97302846117',
    'seq 9019384722 in the log',
    'phone 9019384722',
  ],
});

/** Quebec's health insurance number: letters of the name, birth date (women's month and 50). */
const caQuebecHin = shapedDetector({
  id: 'ca_quebec_hin',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: 'A{4} 9{4} 9{4}', base: 0.6 },
    { name: 'compact', form: 'A{4}9{8}', base: 0.35 },
  ],
  check(compact) {
    const month = Number(compact.slice(6, 8));
    const isDay = isDate(undefined, month > 50 ? month - 50 : month, Number(compact.slice(8, 10)));
    return isDay ? { validator: 'date:passed' } : undefined;
  },
  sources: ["Régie de l'assurance maladie du Québec, numéro d'assurance maladie"],
  context: idContext(
    {
      fr: [
        'ramq',
        'nam',
        "numéro d'assurance maladie",
        "carte d'assurance maladie",
        'carte soleil',
      ],
      en: ['quebec health insurance number', 'health insurance number', 'medicare card'],
    },
    { fr: ['assurance maladie', 'québec'], en: ['quebec', 'health card'] },
  ),
  hits: [
    'RAMQ: [ROEJ 8554 1217]',
    "numéro d'assurance maladie [TREM72110328]",
    'patient [GAGN 0107 2811] admis',
    '{"nam":"[LAVO93521509]"}',
    'patient,ramq\nJane,[BOUC 0057 0612]\n',
  ],
  misses: [
    'RAMQ: ROEJ 8513 1217',
    'RAMQ: ROEJ 8554 12178',
    'RAMQ: ROE 8554 1217',
    'build TREM72110328 failed',
    'RAMQ: ROEJ 8554 3217',
  ],
});

/** Letters without I and O count from 1, digits (after them) as they are. */
const nhiValues = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

/** New Zealand's national health index: three letters, then four digits, or two and two letters. */
const nzNhi = shapedDetector({
  id: 'nz_nhi',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'old', form: 'A{3}9{4}', base: 0.12 },
    { name: 'new', form: 'A{3}9{2}A{2}', base: 0.15 },
  ],
  check(compact) {
    let sum = 0;
    for (let n = 0; n < 6; n++) {
      const value = nhiValues.indexOf(compact[n] as string);
      if (value < 0) return undefined;
      sum += (value < 24 ? value + 1 : value - 24) * (7 - n);
    }
    const last = compact[6] as string;
    // Numbers were given by mod 23 before the standard settled on mod 24.
    if (last > '9') {
      const isLast = nhiValues[23 - (sum % 24)] === last || nhiValues[22 - (sum % 23)] === last;
      return isLast ? { validator: 'mod24:passed' } : undefined;
    }
    const remainder = sum % 11;
    const isRight = remainder > 0 && (11 - remainder) % 10 === Number(last);
    return isRight ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Health New Zealand, HISO 10046:2024 (NHI number format)'],
  context: idContext(
    { en: ['nhi', 'nhi number', 'national health index', 'nhi no'] },
    { en: ['patient', 'new zealand', 'hospital'] },
  ),
  hits: [
    'NHI: [KTR4826]',
    'NHI number [ABX7300]',
    '{"nhi":"[PQW0195]"}',
    'patient,nhi\nJane,[ZAC29KV]\n',
    'National Health Index [CGC58HF]',
  ],
  misses: [
    'NHI: KTR4824',
    'NHI: KTI4820',
    'NHI: KTR48265',
    'build ABX7300 failed',
    'order ABX7300',
  ],
});

/** European health insurance card: twenty digits, the first two 80 for health. */
const ehic = shapedDetector({
  id: 'eu_health_insurance_card',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'twenty digits', form: '9{20}', base: 0.3 },
    { name: 'grouped', form: '9{5} 9{5} 9{5} 9{5}', base: 0.3 },
  ],
  check: (compact) => (/^80\d/.test(compact) && !isRepeated(compact.slice(5)) ? {} : undefined),
  sources: ['Decision S2 of the Administrative Commission, EU 2010/C 106/09; EN 1867'],
  context: idContext({
    en: ['ehic', 'european health insurance card', 'health insurance card'],
    de: [
      'eu-krankenversicherungskarte',
      'gesundheitskarte',
      'europäische krankenversicherungskarte',
    ],
    fr: ["carte européenne d'assurance maladie", 'ceam', 'carte vitale'],
    es: ['tarjeta sanitaria europea', 'tse'],
    it: ['tessera sanitaria', 'team'],
    fi: ['eurooppalainen sairaanhoitokortti'],
    pl: ['ekuz'],
  }),
  hits: [
    'EHIC [80276482091730284610]',
    'Tessera sanitaria: [80380019384750620571]',
    '{"ehic":"[80246290571830462810]"}',
    'name,ehic\nJane,[80040581039274610482]\n',
    'carte vitale [80250 73028 46101 93847]',
  ],
  misses: [
    'EHIC 70276482091730284610',
    'EHIC 802764820917302846',
    'EHIC 802764820917302846101',
    'sum 80276482091730284610 of all',
    'EHIC 80276000000000000000',
  ],
});

/** Health numbers of Scotland, Canada, New Zealand and the European Union. */
export const healthIds: readonly Detector[] = [caBcPhn, caOhip, caQuebecHin, ehic, nzNhi, ukChi];
