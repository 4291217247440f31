import { isDate, isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** NHS number of England, Wales and the Isle of Man: ten digits, the last by mod 11. */
const ukNhs = shapedDetector({
  id: 'uk_nhs',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-3-4', form: '9{3}s9{3}s9{4}', base: 0.3 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    return sum % 11 === 0 && !isRepeated(compact) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['NHS Data Dictionary, NHS NUMBER'],
  context: idContext(
    {
      en: ['nhs', 'nhs number', 'nhs no', 'national health service', 'nhs id'],
    },
    { en: ['health authority', 'health services authority', 'gp', 'patient', 'hospital number'] },
  ),
  hits: [
    'NHS number: [478 215 9021]',
    'NHS No [613-804-2735] seen today',
    '{"nhsNumber":"[7204918576]"}',
    'patient,nhs\nJane,[5391740258]\n',
    'National Health Service id [945 617 3062]',
  ],
  misses: [
    'NHS number 478 215 9041',
    'call 613-804-2735 now',
    'NHS number 1478 215 9021',
    'NHS 720491857677',
    'page 7204918576 of the wiki',
    'NHS helpline, phone 613-804-2735',
  ],
});

const ninoPrefixes = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]/;

/** National insurance number: two letters, six digits and a letter A to D. */
const ukNino = shapedDetector({
  id: 'uk_nino',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'in pairs', form: 'A{2}s9{2}s9{2}s9{2}sA', base: 0.65 },
    { name: 'compact', form: 'A{2}9{6}A', base: 0.45 },
    { name: 'letters apart', form: 'A{2} 9{6} A', base: 0.5 },
  ],
  check(compact) {
    return ninoPrefixes.test(compact) && /[A-D]$/.test(compact) ? {} : undefined;
  },
  sources: ['HMRC, National Insurance Manual NIM39110'],
  context: idContext(
    {
      en: ['nino', 'national insurance', 'national insurance number', 'ni number', 'ni no', 'nin'],
    },
    { en: ['hmrc', 'paye', 'payroll', 'dwp', 'universal credit'] },
  ),
  hits: [
    'NINO AB is [JG 12 13 16 A]',
    'national insurance number: [PX348152C]',
    'Employee [HR 65 20 91 B] starts on Monday',
    '{"niNumber":"[CE104739D]"}',
    'NI No. [TW 209384 A]',
  ],
  misses: [
    'NINO FQ 12 13 16 A',
    'NINO BG 12 13 16 A',
    'NINO JG 12 13 16 E',
    'NINO JG 12 13 16 AB',
    'part PX348152C of the kit',
    'NINO XJG121316A',
  ],
});

/** British passport: nine digits, or two letters and seven digits on some cards. */
const ukPassport = shapedDetector({
  id: 'uk_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [
    { name: 'two letters and seven digits', form: 'A{2}9{7}', base: 0.1 },
    { name: 'nine digits', form: '9{9}', base: 0.02 },
  ],
  check: (compact) => (isRepeated(compact.slice(2)) ? undefined : {}),
  sources: ['HM Passport Office; ICAO Doc 9303'],
  context: idContext(
    {
      en: ['uk passport', 'british passport', 'hmpo', 'hm passport', 'gb passport'],
    },
    { en: ['passport', 'passport number', 'passport no', 'travel document'] },
  ),
  hits: [
    'UK passport [VX4820917]',
    'British passport: [540817263]',
    'HM Passport Office issued [LT7301942] to her',
    '{"ukPassport":"[206914785]"}',
    'GB passport no [KD5182046]',
  ],
  misses: [
    'passport A12345678',
    'UK passport VX48209173',
    'part VX4820917 fits',
    'UK passport 5408172631',
    'order number 540817263',
    'VX482091',
  ],
});

/** British driving licence: surname, birth date and initials in sixteen characters. */
const ukDrivingLicence = shapedDetector({
  id: 'uk_driving_licence',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [{ name: 'driver number', form: 'A{1,5}9{6,10}AN{2}A{2}', base: 0.75 }],
  check: checkDriverNumber,
  sources: ['DVLA, Driver number format'],
  context: idContext(
    {
      en: [
        'driving licence',
        'driving license',
        "driver's licence",
        "driver's license",
        'driver number',
        'licence number',
        'license number',
        'dl number',
        'dvla',
      ],
    },
    { en: ['driver', 'licence'] },
  ),
  hits: [
    'Driving licence HARPE is [HARPE703214KT9BX]',
    'DVLA driver number [QUINN851026A99DV]',
    '{"licenceNumber":"[FO999512018PA1AB]"}',
    'her licence: [WINTE657054SM9IJ], valid',
    'driver,licence number\nJane,[BAKER802290AB1CD]\n',
  ],
  misses: [
    'driving licence HARPE713214KT9BX',
    'driving licence HARPE703324KT9BX',
    'driving licence 99999703214KT9BX',
    'driving licence HARPE703214KT9BXX',
    'id xHARPE703214KT9BX',
    'driving licence HARPE70321KT9BX',
  ],
});

function checkDriverNumber(compact: string): Check | undefined {
  if (!/^[A-Z]+9{0,4}\d{6}[A-Z][A-Z9][A-Z0-9]{1}[A-Z]{2}$/.test(compact)) return undefined;
  if (compact.length !== 16 || !/^[A-Z]{1,5}9*$/.test(compact.slice(0, 5))) return undefined;
  const month = Number(compact.slice(6, 8));
  const year = Number(`${compact[5]}${compact[10]}`);
  const day = Number(compact.slice(8, 10));
  const isDay = isDate(2000 + year, month > 50 ? month - 50 : month, day);
  return isDay ? { validator: 'date:passed' } : undefined;
}

/** The United Kingdom: NHS and national insurance numbers, passports, driving licences. */
export const ukIds: readonly Detector[] = [ukDrivingLicence, ukNhs, ukNino, ukPassport];
