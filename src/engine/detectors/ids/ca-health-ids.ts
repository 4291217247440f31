import { isDate, passesLuhnText, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

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

/** Canada: health numbers of the provinces. */
export const caHealthIds: readonly Detector[] = [caBcPhn, caOhip, caQuebecHin];
