import { isDate, isShortDateDayFirst, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Finnish personal identity code: birth date, century sign, number and a character by mod 31. */
const fiPersonalIdentityCode = shapedDetector({
  id: 'fi_personal_identity_code',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'letter as century sign', form: '9{6}A9{3}N', base: 0.85 },
    { name: 'hyphen as century sign', form: '9{6}-9{3}N', base: 0.75 },
    { name: 'plus as century sign', form: '9{6}+9{3}N', base: 0.85 },
  ],
  check(compact, { name }) {
    if (name.startsWith('letter') && !/^.{6}[A-FU-Y]/.test(compact)) return undefined;
    const digits = compact.slice(0, 6) + compact.slice(-4, -1);
    if (!isShortDateDayFirst(compact.slice(0, 6)) || Number(digits.slice(6)) < 2) return undefined;
    const expected = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31];
    return expected === compact.at(-1) ? { validator: 'mod31:passed' } : undefined;
  },
  sources: ['Digital and Population Data Services Agency; Valtioneuvoston asetus 128/2010'],
  context: idContext({
    fi: ['hetu', 'henkilötunnus', 'sotu'],
    sv: ['personbeteckning', 'personbeteckningen'],
    en: ['personal identity code', 'finnish id'],
  }),
  hits: [
    'hetu [120387-471T]',
    'Henkilötunnus: [050901A8206]',
    'asiakas [231165-093F] on täällä',
    '{"hetu":"[170296Y5171]"}',
    'nimi,henkilötunnus\nAino,[010214C3162]\n',
  ],
  misses: [
    'hetu 120387-471S',
    'hetu 321387-471K',
    'hetu 120387/471K',
    'hetu 120387-471T5',
    'hetu 4120387-471T',
  ],
});

/** Danish CPR number: birth date and four digits; mod 11 holds for most given before October 2007. */
const dkCpr = shapedDetector({
  id: 'dk_cpr',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and four', form: '9{6}-9{4}', base: 0.45 },
    { name: 'six and four, blank', form: '9{6} 9{4}', base: 0.2 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact): Check | undefined {
    if (!isShortDateDayFirst(compact.slice(0, 6)) || compact.endsWith('0000')) return undefined;
    const sum = weightedSum(compact, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]);
    return sum % 11 === 0
      ? { validator: 'mod11:passed' }
      : { validator: 'date:passed', base: 0.2, notes: ['no mod 11, as some since 2007'] };
  },
  sources: ['CPR-kontoret, Personnummeret i CPR; Personnumre uden kontrolciffer (2007)'],
  context: idContext(
    {
      da: ['cpr', 'cpr-nr', 'cpr-nummer', 'cprnr', 'personnummer'],
      en: ['danish id', 'cpr number'],
    },
    { da: ['født', 'sundhedskort', 'borger'] },
  ),
  hits: [
    'CPR [120387-4719]',
    'CPR-nr.: [050991-5185]',
    '{"cpr":"[2311650937]"}',
    'navn,personnummer\nIda,[170296-5170]\n',
    'cpr-nummer [010214 6316]',
  ],
  misses: [
    'CPR 321387-4713',
    'CPR 120387-0000',
    'CPR 120387-47195',
    'konto 231165-0931 er lukket',
    'ordrenummer 2311650937',
  ],
});

/** Norwegian birth number (D-number: day and 40): birth date, number, two digits by mod 11. */
const noFodselsnummer = shapedDetector({
  id: 'no_fodselsnummer',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and five', form: '9{6} 9{5}', base: 0.6 },
    { name: 'eleven digits', form: '9{11}', base: 0.45 },
  ],
  check(compact) {
    const day = Number(compact.slice(0, 2));
    const month = Number(compact.slice(2, 4));
    const date = [day > 40 ? day - 40 : day, month > 40 ? month - 40 : month]
      .map((part) => String(part).padStart(2, '0'))
      .join('');
    if (!isShortDateDayFirst(date + compact.slice(4, 6))) return undefined;
    const first = weightedSum(compact, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11;
    const second = weightedSum(compact, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11;
    return first === 0 && second === 0 ? { validator: 'mod11,mod11:passed' } : undefined;
  },
  sources: ['Folkeregisterforskriften § 2-2-1; Skatteetaten'],
  context: idContext(
    {
      no: ['fødselsnummer', 'fnr', 'personnummer', 'd-nummer', 'fødselsnr'],
      en: ['norwegian id', 'national identity number'],
    },
    { no: ['født', 'folkeregisteret', 'skatteetaten'] },
  ),
  hits: [
    'fødselsnummer [12038747191]',
    'Fnr: [050991 18239]',
    '{"fnr":"[23116509393]"}',
    'navn,personnummer\nIda,[17029651477]\n',
    'D-nummer [61028831667]',
  ],
  misses: [
    'fødselsnummer 12038747135',
    'fødselsnummer 32138747112',
    'fødselsnummer 120387471915',
    'måler 23116509393 avlest',
    'ordrenummer 23116509393',
  ],
});

/** Icelandic kennitala: birth date, number, mod 11 digit and century; companies add 40 to the day. */
const isKennitala = shapedDetector({
  id: 'is_kennitala',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and four', form: '9{6}-9{4}', base: 0.5 },
    { name: 'ten digits', form: '9{10}', base: 0.15 },
  ],
  check(compact) {
    const day = Number(compact.slice(0, 2)) % 40;
    const century = { '8': 1800, '9': 1900, '0': 2000 }[compact[9] ?? ''];
    const year = Number(compact.slice(4, 6));
    if (century === undefined) return undefined;
    if (!isDate(century + year, Number(compact.slice(2, 4)), day)) return undefined;
    const sum = weightedSum(compact, [3, 2, 7, 6, 5, 4, 3, 2, 1]);
    return sum % 11 === 0 ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Þjóðskrá (Registers Iceland), Kennitala'],
  context: idContext(
    { is: ['kennitala', 'kt', 'kennitölu', 'kennitalan'], en: ['kennitala', 'icelandic id'] },
    { is: ['fæddur', 'fædd', 'þjóðskrá'] },
  ),
  hits: [
    'kennitala [120387-4729]',
    'kt. [050901-2890]',
    '{"kennitala":"[2311650969]"}',
    'nafn,kennitala\nJón,[170296-5169]\n',
    'Kennitala: [540214-3950]',
  ],
  misses: [
    'kennitala 120387-4759',
    'kennitala 321387-4799',
    'kennitala 120387-47295',
    'alls 2311650969 krónur',
    'phone 2311650969',
  ],
});

/** Denmark, Finland, Iceland and Norway: personal numbers. */
export const nordicIds: readonly Detector[] = [
  dkCpr,
  fiPersonalIdentityCode,
  isKennitala,
  noFodselsnummer,
];
