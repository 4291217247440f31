import { isRepeated, isShortDate, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
/** Since then the last six digits are random. */
const randomSince = '201005';

/** Korean resident registration number: birth date, sex and century, five digits and mod 11. */
const krRrn = shapedDetector({
  id: 'kr_rrn',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and seven', form: '9{6}-9{7}', base: 0.7 },
    { name: 'thirteen digits', form: '9{13}', base: 0.45 },
  ],
  check(compact) {
    if (!/[0-49]/.test(compact[6] ?? '') || !isShortDate(compact)) return undefined;
    if ((11 - (weightedSum(compact, weights) % 11)) % 10 === Number(compact[12])) {
      return { validator: 'mod11:passed' };
    }
    const isNewborn = /[34]/.test(compact[6] ?? '') && compact.slice(0, 6) >= randomSince;
    return isNewborn && compact.slice(0, 2) < '50'
      ? { validator: 'date:passed', base: 0.2, notes: ['no check digit since October 2020'] }
      : undefined;
  },
  sources: ['주민등록법 시행규칙 (Enforcement Rule of the Resident Registration Act), art. 2'],
  context: idContext(
    {
      ko: ['주민등록번호', '주민번호', '주민등록'],
      en: ['rrn', 'resident registration number', 'korean rrn', 'resident registration'],
    },
    { ko: ['생년월일', '신분증'], en: ['korea', 'korean'] },
  ),
  hits: [
    '주민등록번호: [850412-1482095]',
    'RRN [721103-2730284]',
    '[010728-3019389] 님',
    '{"rrn":"[9302151290570]"}',
    'name,resident registration number\nKim,[000706-4581030]\n',
  ],
  misses: [
    'RRN 850412-1482094',
    'RRN 851332-1482091',
    'RRN 850412-14820957',
    'RRN 760413-5212134',
    'timestamp 1700000000001',
  ],
});

/** Korean number of a registered foreigner: as a resident's, with sex digit 5 to 8. */
const krFrn = shapedDetector({
  id: 'kr_frn',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and seven', form: '9{6}-9{7}', base: 0.7 },
    { name: 'thirteen digits', form: '9{13}', base: 0.45 },
  ],
  check(compact) {
    if (!/[5-8]/.test(compact[6] ?? '') || !isShortDate(compact)) return undefined;
    return (13 - (weightedSum(compact, weights) % 11)) % 10 === Number(compact[12])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['출입국관리법 시행규칙 (Enforcement Rule of the Immigration Act)'],
  context: idContext(
    {
      ko: ['외국인등록번호', '외국인번호', '외국인등록'],
      en: ['frn', 'foreigner registration number', 'alien registration number'],
    },
    { en: ['korea', 'korean'] },
  ),
  hits: [
    '외국인등록번호: [850412-5482098]',
    'FRN [721103-6730287]',
    '{"frn":"[9302155290573]"}',
    'name,alien registration number\nLee,[010728-7019382]\n',
    'Korean foreigner registration number [000706-8581033]',
  ],
  misses: [
    'FRN 850412-5482091',
    'FRN 851332-5482091',
    'FRN 850412-54820987',
    'FRN 850412-1482091',
    'timestamp 9302155290573',
  ],
});

/** Korean business registration number: three, two and five digits. */
const krBrn = shapedDetector({
  id: 'kr_brn',
  category: 'financial',
  weight: 0.1,
  shapes: [
    { name: '3-2-5', form: '9{3}-9{2}-9{5}', base: 0.45 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    const sum =
      weightedSum(compact, [1, 3, 7, 1, 3, 7, 1, 3, 5, 1]) +
      Math.floor((Number(compact[8]) * 5) / 10);
    return sum % 10 === 0 && compact[0] !== '0' ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['국세청 (National Tax Service), 사업자등록번호'],
  context: bareContext(
    {
      ko: ['사업자등록번호', '사업자번호', '사업자'],
      en: ['brn', 'business registration number', 'korean brn', 'business number'],
    },
    { ko: ['주식회사', '대표'], en: ['tax registration number', 'co., ltd'] },
  ),
  hits: [
    '사업자등록번호 [148-20-91738]',
    'BRN: [273-02-84617]',
    '{"brn":"[3019384754]"}',
    'company,business registration number\nAcme,[412-90-57181]\n',
    '주식회사 가나 [658-10-39278]',
  ],
  misses: [
    'BRN 148-20-91731',
    'BRN 148-20-917385',
    'BRN 048-20-91738',
    'seq 3019384754 of the log',
    'BRN 148-20-9173A',
  ],
});

/** Korean driver's licence: region 11 to 28, year, serial and check digits, twelve in all. */
const krDriverLicense = shapedDetector({
  id: 'kr_driver_license',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: '2-2-6-2', form: '9{2}s9{2}s9{6}s9{2}', base: 0.35 },
    { name: 'twelve digits', form: '9{12}', base: 0.05 },
  ],
  check(compact) {
    const region = Number(compact.slice(0, 2));
    return region >= 11 && region <= 28 && !isRepeated(compact) ? {} : undefined;
  },
  sources: ['도로교통공단 (Road Traffic Authority), 운전면허번호'],
  context: idContext(
    {
      ko: ['운전면허', '운전면허번호', '면허번호'],
      en: ['korean driver license', "korean driver's license"],
    },
    { en: ["driver's license", 'driver license', 'korea', 'korean'] },
  ),
  hits: [
    '운전면허번호 [11-04-482091-73]',
    '면허번호: [26 19 730284 61]',
    '{"koreanDriverLicense":"[13-95-019384-75]"}',
    "Korean driver's license [28-00-290571-83]",
    '운전면허 [221758103927]',
  ],
  misses: [
    '운전면허번호 99-04-482091-73',
    '운전면허번호 11-04-482091-7',
    '운전면허번호 11-04-482091-731',
    'range 11-04-482091-73',
    '주문 221758103927',
  ],
});

/** Korean passport: M, S, R, O or D and eight digits, or three digits, a letter and four digits. */
const krPassport = shapedDetector({
  id: 'kr_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [
    { name: 'new', form: 'A9{3}A9{4}', base: 0.15 },
    { name: 'old', form: 'A9{8}', base: 0.08 },
  ],
  check: (compact): Check | undefined => (/^[MSROD]/.test(compact) ? {} : undefined),
  sources: ['여권법 시행령 (Enforcement Decree of the Passport Act); ICAO Doc 9303'],
  context: idContext(
    { ko: ['여권', '여권번호', '대한민국 여권'], en: ['korean passport'] },
    { en: ['passport', 'passport number', 'passport no'] },
  ),
  hits: [
    '여권번호: [M482K0917]',
    'Korean passport [S730T2846]',
    '{"passport":"[M019B3847]"}',
    '여권 [M29057183]',
    'Korean passport number [D581H0392]',
  ],
  misses: [
    '여권번호: A482K0917',
    '여권번호: M482K09173',
    '여권번호: M48K0917',
    'part M482K0917 in stock',
    '주문 M29057183',
  ],
});

/** Korea: residents, foreigners, businesses, licences and passports. */
export const krIds: readonly Detector[] = [krBrn, krDriverLicense, krFrn, krPassport, krRrn];
