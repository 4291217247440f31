import { isDate, isRepeated, passesMod11And2, valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Chinese resident identity number: region, birth date, serial and ISO 7064 MOD 11-2. */
const cnResidentId = shapedDetector({
  id: 'cn_resident_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eighteen characters', form: '9{17}N', base: 0.85 }],
  check(compact) {
    const year = Number(compact.slice(6, 10));
    const isDay = isDate(year, Number(compact.slice(10, 12)), Number(compact.slice(12, 14)));
    const isRegion = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9)/.test(compact);
    if (!isRegion || year < 1850 || year > 2100 || !isDay) return undefined;
    return passesMod11And2(compact) ? { validator: 'mod11-2:passed' } : undefined;
  },
  sources: ['GB 11643-1999; ISO/IEC 7064'],
  context: idContext(
    {
      zh: ['身份证', '身份证号', '身份证号码', '公民身份号码', '身份證'],
      en: ['chinese id', 'resident identity card', 'prc id'],
    },
    { zh: ['居民', '证件号码'], en: ['china', 'identity card'] },
  ),
  hits: [
    '身份证号:[110105198504124824]',
    '公民身份号码是[310115197211039170]。',
    'guest [440306200107283024]',
    '{"idCard":"[510104199302154614]"}',
    'name,身份证\nLi,[330106200007069382]\n',
  ],
  misses: [
    '身份证号:110105198504124822',
    '身份证号:110105198513124820',
    '身份证号:1101051985041248245',
    '身份证号:001105198504124820',
    'order 3101151972110391707',
  ],
});

/** Hong Kong identity card: one or two letters, six digits and a check character in brackets. */
const hkId = shapedDetector({
  id: 'hk_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'check in brackets', form: 'A{1,2}9{6}(N)', base: 0.85 },
    { name: 'check in brackets, blank', form: 'A{1,2}9{6} (N)', base: 0.85 },
    { name: 'compact', form: 'A{1,2}9{6}N', base: 0.15 },
  ],
  check(compact) {
    const padded = compact.padStart(9, ' ');
    let sum = 0;
    for (let n = 0; n < 8; n++) sum += (padded[n] === ' ' ? 36 : valueAt(padded, n)) * (9 - n);
    const expected = '0A987654321'[sum % 11];
    return expected === padded[8] ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Registration of Persons Ordinance (Cap. 177); Immigration Department of Hong Kong'],
  context: idContext(
    { en: ['hkid', 'hong kong id', 'hong kong identity card'], zh: ['身份證', '身份證號碼'] },
    { en: ['identity card', 'hong kong'], zh: ['香港'] },
  ),
  hits: [
    'HKID: [K482091(6)]',
    '身份證號碼 [AB730284(1)]',
    'visitor [C193847(7)]',
    '{"hkid":"[Z290571(0)]"}',
    'name,hkid\nChan,[R5810395]\n',
  ],
  misses: [
    'HKID: K482091(7)',
    'HKID: K48209165',
    'HKID: ABC482091(3)',
    'part R5810395 in stock',
    'serial number R5810395',
  ],
});

/** Taiwanese identity number: letter of the place, sex, seven digits and a check digit. */
const twId = shapedDetector({
  id: 'tw_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'national', form: 'A9{9}', base: 0.45 },
    { name: 'old resident', form: 'A{2}9{8}', base: 0.2 },
  ],
  check(compact) {
    const second = compact[1] as string;
    if (!/[1289A-D]/.test(second)) return undefined;
    const place = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(compact[0] as string) + 10;
    const sex = second > '9' ? 'ABCDEFGHJK'.indexOf(second) % 10 : Number(second);
    const digits = `${place}${sex}${compact.slice(2)}`;
    const sum = weightedSum(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]);
    return sum % 10 === 0 && !isRepeated(compact.slice(2))
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['內政部戶政司 (Department of Household Registration, Taiwan)'],
  context: idContext(
    { zh: ['身分證', '身分證字號', '國民身分證', '居留證'], en: ['taiwan id', 'roc id'] },
    { zh: ['統一編號', '臺灣', '台灣'], en: ['taiwan', 'arc', 'national id'] },
  ),
  hits: [
    '身分證字號:[A148209179]',
    'Taiwan ID [F230284610]',
    '{"id":"x","note":"國民身分證 [K119384751]"}',
    'name,身分證\nLin,[Z229057185]\n',
    '居留證 [AC15810397]',
  ],
  misses: [
    '身分證字號:A148209171',
    '身分證字號:A348209173',
    '身分證字號:A1482091795',
    'part F230284610 in stock',
    'serial number F230284610',
  ],
});

/** Japanese individual number (My Number): eleven digits and a check digit by mod 11. */
const jpMyNumber = shapedDetector({
  id: 'jp_my_number',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-4-4', form: '9{4}s9{4}s9{4}', base: 0.3 },
    { name: 'twelve digits', form: '9{12}', base: 0.15 },
  ],
  check(compact) {
    const remainder = weightedSum(compact, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    return (remainder <= 1 ? 0 : 11 - remainder) === Number(compact[11]) && !isRepeated(compact)
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['総務省令第八十五号 (平成26年), 第五条 (個人番号の検査用数字)'],
  context: idContext(
    {
      ja: ['マイナンバー', '個人番号', '共通番号'],
      en: ['my number', 'mynumber', 'individual number'],
    },
    { ja: ['源泉徴収', '本人確認'], en: ['japan'] },
  ),
  hits: [
    'マイナンバー:[4820 9173 0280]',
    '個人番号は[730284619380]です',
    '{"myNumber":"[193847502900]"}',
    'name,my number\nSato,[290571830467]\n',
    'My Number [5810-3927-4615]',
  ],
  misses: [
    'マイナンバー:4820 9173 0285',
    'マイナンバー:7302846193805',
    'マイナンバー:X730284619380',
    'read 193847502900 bytes',
    '注文 290571830467',
  ],
});

/** Japanese corporate number: a check digit by mod 9, then twelve digits. */
const jpCorporateNumber = shapedDetector({
  id: 'jp_corporate_number',
  category: 'financial',
  weight: 0.05,
  shapes: [{ name: 'thirteen digits', form: '9{13}', base: 0.12 }],
  check(compact) {
    const sum = weightedSum(compact, [0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
    return 9 - (sum % 9) === Number(compact[0]) ? { validator: 'mod9:passed' } : undefined;
  },
  sources: ['法人番号の指定等に関する省令 (平成26年財務省令第70号)'],
  context: idContext(
    { ja: ['法人番号', '登録番号'], en: ['corporate number', 'japan corporate number'] },
    { ja: ['株式会社', '会社'] },
  ),
  hits: [
    '法人番号:[3482091730284]',
    'corporate number [6730284619384]',
    '{"note":"法人番号 [4193847502905]"}',
    'name,法人番号\nAcme,[3290571830461]\n',
    '株式会社 法人番号 [1581039274610]',
  ],
  misses: [
    '法人番号:5482091730284',
    '法人番号:34820917302845',
    '法人番号:X6730284619384',
    'timestamp 4193847502905',
    'read 4193847502905 bytes',
  ],
});

/** China, Hong Kong, Taiwan and Japan. */
export const eastAsianIds: readonly Detector[] = [
  cnResidentId,
  hkId,
  jpCorporateNumber,
  jpMyNumber,
  twId,
];
