import { isRepeated, valueAt } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Turkish identity number: eleven digits, the last two of which are check digits. */
const trNationalId = shapedDetector({
  id: 'tr_national_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.4 }],
  check(compact) {
    if (compact[0] === '0') return undefined;
    let odd = 0;
    let even = 0;
    for (let n = 0; n < 9; n++) {
      if (n % 2 === 0) odd += valueAt(compact, n);
      else even += valueAt(compact, n);
    }
    const tenth = (((odd * 7 - even) % 10) + 10) % 10;
    const last = (odd + even + tenth) % 10;
    return tenth === valueAt(compact, 9) && last === valueAt(compact, 10)
      ? { validator: 'mod10,mod10:passed' }
      : undefined;
  },
  sources: ['5490 sayılı Nüfus Hizmetleri Kanunu; NVİ, T.C. kimlik numarası'],
  context: idContext(
    {
      tr: [
        'tc kimlik',
        't.c. kimlik',
        'tc kimlik no',
        'kimlik no',
        'kimlik numarası',
        'tckn',
        'tc no',
        'türk kimlik',
      ],
      en: ['turkish id', 'turkish national id'],
    },
    { tr: ['nüfus cüzdanı', 'nüfus', 'vatandaşlık'], en: ['national id', 'turkey'] },
  ),
  hits: [
    'TC Kimlik No: [48209173026]',
    'TCKN [73028460156]',
    '{"tckn":"[19384750692]"}',
    'ad,kimlik no\nAyşe,[29057183016]\n',
    'Turkish ID [58103927410]',
  ],
  misses: [
    'TC Kimlik No 48209173042',
    'TC Kimlik No 02531814694',
    'TC Kimlik No 482091730265',
    'read 73028460156 bytes',
    'sipariş 73028460156',
  ],
});

/** Turkish tax number: ten digits, the last by the Revenue Administration's algorithm. */
const trTaxNumber = shapedDetector({
  id: 'tr_tax_number',
  category: 'financial',
  weight: 0.2,
  shapes: [{ name: 'ten digits', form: '9{10}', base: 0.1 }],
  check(compact) {
    let sum = 0;
    for (let n = 0; n < 9; n++) {
      const value = (valueAt(compact, n) + 9 - n) % 10;
      const power = (value * 2 ** (9 - n)) % 9;
      sum += value !== 0 && power === 0 ? 9 : power;
    }
    return (10 - (sum % 10)) % 10 === valueAt(compact, 9) && !isRepeated(compact)
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['Gelir İdaresi Başkanlığı, vergi kimlik numarası'],
  context: idContext(
    { tr: ['vergi no', 'vergi numarası', 'vergi kimlik', 'vergi kimlik numarası', 'vkn'] },
    { tr: ['vergi', 'vergi dairesi', 'mükellef'], en: ['tax number'] },
  ),
  hits: [
    'Vergi No: [4820917309]',
    'VKN [7302846011]',
    '{"vkn":"[1938475065]"}',
    'firma,vergi numarası\nAcme,[2905718304]\n',
    'vergi kimlik numarası [5810392745]',
  ],
  misses: [
    'Vergi No 4820917305',
    'Vergi No 48209173095',
    'Vergi No X4820917309',
    'read 7302846011 bytes',
    'sipariş 7302846011',
  ],
});

/** Turkish number plate: province 1 to 81, one to three letters, two to five digits. */
const trLicensePlate = shapedDetector({
  id: 'tr_license_plate',
  category: 'vehicle',
  weight: 0.25,
  specificity: 40,
  shapes: [
    { name: 'with blanks', form: '9{2} A{1,3} 9{2,5}', base: 0.25 },
    { name: 'compact', form: '9{2}A{1,3}9{2,5}', base: 0.15 },
    { name: 'partly apart', form: '9{2} A{1,3}9{2,5}', base: 0.2 },
  ],
  check(compact) {
    const province = Number(compact.slice(0, 2));
    const letters = compact.replace(/\d/g, '').length;
    const digits = compact.length - 2 - letters;
    // One letter goes with four or five digits, two with two to four, three with two to four.
    const fits = letters === 1 ? digits >= 4 : digits <= 4;
    return province >= 1 && province <= 81 && fits ? { validator: 'province:passed' } : undefined;
  },
  sources: ['Karayolları Trafik Yönetmeliği, tescil plakaları'],
  context: idContext(
    {
      tr: ['plaka', 'araç plakası', 'plaka no', 'plaka numarası', 'kayıt plakası', 'taşıt plakası'],
      en: ['license plate', 'number plate', 'licence plate'],
    },
    { tr: ['araç', 'kayıt', 'ruhsat'], en: ['plate', 'vehicle'] },
  ),
  hits: [
    'Plaka: [34 KTR 482]',
    'araç plakası [06 BD 7302]',
    '{"plaka":"[35AB193]"}',
    'sahip,plaka\nAyşe,[16 H 2905]\n',
    'License plate [07 ABC 58]',
  ],
  misses: [
    'Plaka: 00 KTR 482',
    'Plaka: 82 KTR 482',
    'Plaka: 34 K 482',
    'on 12 May 2024 we met',
    'Plaka: 34 KTRX 482',
  ],
});

/** Turkey: persons, taxpayers and vehicles. */
export const trIds: readonly Detector[] = [trLicensePlate, trNationalId, trTaxNumber];
