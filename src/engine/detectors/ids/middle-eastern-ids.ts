import { isRepeated, passesLuhnText } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Israeli identity number: nine digits by Luhn. */
const ilId = shapedDetector({
  id: 'il_teudat_zehut',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'nine digits', form: '9{9}', base: 0.1 },
    { name: 'eight and one', form: '9{8}-9', base: 0.2 },
  ],
  check: (compact) =>
    passesLuhnText(compact) && !isRepeated(compact) && !compact.startsWith('0000')
      ? { validator: 'luhn:passed' }
      : undefined,
  sources: ['Population and Immigration Authority of Israel (Teudat Zehut)'],
  context: idContext(
    {
      he: ['תעודת זהות', 'מספר זהות', 'ת.ז.', 'ת"ז', 'מספר ת.ז'],
      en: ['teudat zehut', 'israeli id', 'israel id', 'tz'],
    },
    { en: ['israel', 'identity number', 'id number'], he: ['זהות'] },
  ),
  hits: [
    'תעודת זהות: [348209172]',
    'Teudat Zehut [073028466]',
    '{"israeliId":"[219384757]"}',
    'name,israeli id\nDana,[02905718-9]\n',
    'מספר זהות [358103927]',
  ],
  misses: [
    'תעודת זהות: 348209176',
    'Teudat Zehut 0730284665',
    'Teudat Zehut X073028466',
    'read 219384757 bytes',
    'invoice 219384757',
  ],
});

/** Saudi identity number: 1 for citizens, 2 for residents, eight digits and Luhn. */
const saNationalId = shapedDetector({
  id: 'sa_national_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'ten digits', form: '9{10}', base: 0.1 }],
  check: (compact) =>
    /^[12]/.test(compact) && passesLuhnText(compact) && !isRepeated(compact.slice(1))
      ? { validator: 'luhn:passed' }
      : undefined,
  sources: ['Ministry of Interior of Saudi Arabia (Absher)'],
  context: idContext(
    {
      ar: ['رقم الهوية', 'الهوية الوطنية', 'رقم الإقامة', 'هوية مقيم'],
      en: ['saudi id', 'iqama', 'iqama number', 'saudi national id'],
    },
    { en: ['national id', 'saudi', 'absher'], ar: ['السعودية'] },
  ),
  hits: [
    'Saudi ID: [1482091731]',
    'رقم الهوية [1073028464]',
    '{"iqama":"[2193847502]"}',
    'name,iqama number\nOmar,[2290571831]\n',
    'رقم الإقامة [2581039274]',
  ],
  misses: [
    'Saudi ID: 1482091733',
    'Saudi ID: 3482091730',
    'Saudi ID: 14820917315',
    'read 2193847502 bytes',
    'phone 2193847502',
  ],
});

/** Emirates identity number: 784, birth year, seven digits and Luhn. */
const aeEmiratesId = shapedDetector({
  id: 'ae_emirates_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-4-7-1', form: '9{3}-9{4}-9{7}-9', base: 0.9 },
    { name: 'fifteen digits', form: '9{15}', base: 0.65 },
  ],
  check: (compact) =>
    /^784(19|20)/.test(compact) && passesLuhnText(compact)
      ? { validator: 'luhn:passed' }
      : undefined,
  sources: ['Federal Authority for Identity and Citizenship (UAE)'],
  context: idContext(
    { en: ['emirates id', 'eid', 'uae id'], ar: ['رقم الهوية', 'الهوية الإماراتية'] },
    { en: ['uae', 'emirates', 'identity'] },
  ),
  hits: [
    'Emirates ID: [784-1985-4820917-4]',
    'EID [784197230284610]',
    'guest [784-2001-9384750-4]',
    '{"emiratesId":"[784-1993-2905718-8]"}',
    'name,emirates id\nOmar,[784200058103928]\n',
  ],
  misses: [
    'Emirates ID: 784-1985-4820917-8',
    'Emirates ID: 784-2585-4820917-3',
    'Emirates ID: 784-1985-4820917-45',
    'Emirates ID: 1784197230284610',
    'Emirates ID: 785-1985-4820917-3',
  ],
});

/** Qatari identity number: century, birth year, country code and serial; no check digit. */
const qaQid = shapedDetector({
  id: 'qa_qid',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.05 }],
  check: (compact) =>
    /^[23]\d\d[0-8]\d\d/.test(compact) && !isRepeated(compact.slice(1)) ? {} : undefined,
  sources: ['Ministry of Interior of Qatar (QID)'],
  context: idContext(
    { en: ['qid', 'qatar id', 'qatari id', 'qatar identification'], ar: ['الرقم الشخصي'] },
    { en: ['qatar', 'residency permit'], ar: ['قطر'] },
  ),
  hits: [
    'QID: [28563448209]',
    'Qatar ID [27235691730]',
    '{"qid":"[30163428461]"}',
    'name,qatari id\nOmar,[29358693847]\n',
    'الرقم الشخصي [30081850290]',
  ],
  misses: [
    'QID: 48563448209',
    'QID: 285634482091',
    'QID: X28563448209',
    'read 27235691730 bytes',
    'phone 30163428461',
  ],
});

/** Israel, Saudi Arabia, the Emirates and Qatar. */
export const middleEasternIds: readonly Detector[] = [aeEmiratesId, ilId, qaQid, saNationalId];
