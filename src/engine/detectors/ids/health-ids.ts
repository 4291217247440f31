import { isRepeated, isShortDateDayFirst, weightedSum } from '../../check-digits.ts';
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

/** Health numbers of Scotland, New Zealand and the European Union. */
export const healthIds: readonly Detector[] = [ehic, nzNhi, ukChi];
