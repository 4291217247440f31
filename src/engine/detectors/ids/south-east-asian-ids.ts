import { isDate, isRepeated, isShortDate, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Highest second digit of a Thai province by its first one. */
const thaiProvinces: Readonly<Record<string, number>> = {
  1: 9,
  2: 7,
  3: 9,
  4: 9,
  5: 8,
  6: 7,
  7: 7,
  8: 6,
  9: 6,
};

/** Thai population identification number: kind, province, district, two serials and mod 11. */
const thTnin = shapedDetector({
  id: 'th_tnin',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '1-4-5-2-1', form: '9s9{4}s9{5}s9{2}s9', base: 0.65 },
    { name: 'thirteen digits', form: '9{13}', base: 0.3 },
  ],
  check(compact) {
    const most = thaiProvinces[compact[1] ?? ''];
    if (!/^[1-8]/.test(compact) || most === undefined || Number(compact[2]) > most) {
      return undefined;
    }
    const sum = weightedSum(compact, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    return (11 - (sum % 11)) % 10 === Number(compact[12]) && !isRepeated(compact)
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Department of Provincial Administration of Thailand; ISO 3166-2:TH'],
  context: idContext(
    {
      th: ['เลขประจำตัวประชาชน', 'เลขบัตรประชาชน', 'บัตรประชาชน', 'รหัสปชช'],
      en: ['thai national id', 'thai id', 'thai id number', 'tnin'],
    },
    { en: ['thailand', 'national id', 'citizen id'] },
  ),
  hits: [
    'Thai ID: [1482091730283]',
    'เลขประจำตัวประชาชน [3 1014 82091 73 2]',
    '{"thaiId":"[5501938475069]"}',
    'บัตรประชาชน [8-6029-05718-30-7]',
    'name,thai national id\nSom,[2765810392741]\n',
  ],
  misses: [
    'Thai ID 1482091730289',
    'Thai ID 1284567890124',
    'Thai ID 14820917302835',
    'timestamp 1482091730283',
    'read 5501938475069 bytes',
  ],
});

/** Philippine tax number: nine digits, the ninth by mod 11, and perhaps a branch. */
const phTin = shapedDetector({
  id: 'ph_tin',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'with branch', form: '9{3}-9{3}-9{3}-9{3,5}', base: 0.4 },
    { name: '3-3-3', form: '9{3}-9{3}-9{3}', base: 0.2 },
    { name: 'nine digits', form: '9{9}', base: 0.05 },
    { name: 'twelve digits', form: '9{12}', base: 0.05 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [9, 8, 7, 6, 5, 4, 3, 2]);
    if (isRepeated(compact.slice(0, 8))) return undefined;
    return sum % 11 === Number(compact[8]) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Bureau of Internal Revenue of the Philippines, TIN structure'],
  context: idContext(
    { en: ['tin', 'bir', 'taxpayer identification number', 'taxpayer id', 'tax id', 'bir tin'] },
    { en: ['rdo', 'revenue district office', 'philippines'] },
  ),
  hits: [
    'BIR TIN: [148-209-063]',
    'TIN [273-028-431-000]',
    '{"bir_tin":"[301938465]"}',
    'name,taxpayer id\nJuan,[412-905-668-00001]\n',
    'TIN no [658103957000] of the RDO',
  ],
  misses: [
    'BIR TIN 148-209-133',
    'BIR TIN 148-209-0639',
    'BIR TIN 9148-209-063',
    'read 301938465 rows',
    'invoice number 301938465',
  ],
});

/** Indonesian NIK: region, birth date (women's day and 40) and serial; without a check digit. */
const idNik = shapedDetector({
  id: 'id_nik',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'sixteen digits', form: '9{16}', base: 0.2 }],
  check(compact) {
    const province = Number(compact.slice(0, 2));
    const day = Number(compact.slice(6, 8));
    const isRegion = province >= 11 && province <= 97 && !/^..00|^....00/.test(compact);
    const isDay = isDate(undefined, Number(compact.slice(8, 10)), day > 40 ? day - 40 : day);
    return isRegion && isDay && !compact.endsWith('0000')
      ? { validator: 'date:passed' }
      : undefined;
  },
  sources: ['UU No. 24/2013 and Permendagri 72/2022 (Nomor Induk Kependudukan)'],
  context: idContext(
    { id: ['nik', 'nomor induk kependudukan', 'ktp', 'no ktp', 'e-ktp'] },
    { id: ['kependudukan', 'kartu keluarga', 'penduduk'], en: ['indonesia'] },
  ),
  hits: [
    'NIK: [3174125204820917]',
    'No KTP [5171031207730284]',
    '{"nik":"[1271060101930193]"}',
    'nama,nik\nBudi,[3578194808905718]\n',
    'Nomor Induk Kependudukan [9271052911810392]',
  ],
  misses: [
    'NIK 3174125213820917',
    'NIK 3174127204820917',
    'NIK 31741252048209171',
    'total 3174125204820917 satuan',
    'NIK 0074125204820917',
  ],
});

const noBirthPlaces = /^(00|17|18|19|20|69|70|73|80|81|94|95|96|97)$/;

/** Malaysian MyKad: birth date, place of birth and serial; without a check digit. */
const myMykad = shapedDetector({
  id: 'my_mykad',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '6-2-4', form: '9{6}-9{2}-9{4}', base: 0.6 },
    { name: 'twelve digits', form: '9{12}', base: 0.12 },
  ],
  check(compact): Check | undefined {
    const isPlace = !noBirthPlaces.test(compact.slice(6, 8));
    return isShortDate(compact) && isPlace ? { validator: 'date:passed' } : undefined;
  },
  sources: ['Jabatan Pendaftaran Negara Malaysia, National Registration Regulations 1990'],
  context: idContext(
    {
      ms: ['mykad', 'kad pengenalan', 'no kad pengenalan', 'no. k/p', 'nombor kad pengenalan'],
      en: ['nric', 'ic number', 'ic no', 'mykad number'],
    },
    { en: ['malaysia', 'identity card'] },
  ),
  hits: [
    'MyKad: [850412-14-8209]',
    'No Kad Pengenalan [721103-02-7302]',
    'guest [010728-10-3019], Penang',
    '{"mykad":"[930215051290]"}',
    'name,ic number\nAli,[000706-01-4581]\n',
  ],
  misses: [
    'MyKad 851312-14-8209',
    'MyKad 850412-00-8209',
    'MyKad 850412-14-82091',
    'read 930215051290 bytes',
    'order number 930215051290',
  ],
});

/** Indonesia, Malaysia, the Philippines and Thailand: persons and taxpayers. */
export const southEastAsianIds: readonly Detector[] = [idNik, myMykad, phTin, thTnin];
