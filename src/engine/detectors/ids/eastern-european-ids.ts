import { isDate, isShortDateDayFirst, valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

const romanianCenturies = [0, 1900, 1900, 1800, 1800, 2000, 2000, 1900, 1900, 1900];

/** Romanian personal code: sex and century, birth date, county, serial, mod 11. */
const roCnp = shapedDetector({
  id: 'ro_cnp',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'thirteen digits', form: '9{13}', base: 0.48 }],
  check(compact) {
    const year = (romanianCenturies[valueAt(compact, 0)] ?? 0) + Number(compact.slice(1, 3));
    const county = Number(compact.slice(7, 9));
    const isDay = isDate(year, Number(compact.slice(3, 5)), Number(compact.slice(5, 7)));
    const isCounty = (county >= 1 && county <= 52) || county === 70;
    if (compact[0] === '0' || !isDay || !isCounty) return undefined;
    const remainder = weightedSum(compact, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    return (remainder === 10 ? 1 : remainder) === Number(compact[12])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['OUG 97/2005; DEPABD, Codul numeric personal'],
  context: idContext(
    { ro: ['cnp', 'cod numeric personal', 'codul numeric personal'], en: ['romanian cnp'] },
    { ro: ['născut', 'născută', 'carte de identitate', 'buletin'] },
  ),
  hits: [
    'CNP: [2850412404824]',
    'cod numeric personal [1721103120910]',
    '{"cnp":"[5010728353028]"}',
    'nume,cnp\nAna,[2930215277187]\n',
    'CNP [6000706099381], născută',
  ],
  misses: [
    'CNP: 2850412404829',
    'CNP: 2851312404820',
    'CNP: 28504124048245',
    'timestamp 1700000000001',
    'CNP: X1721103120910',
  ],
});

/** Bulgarian uniform civil number: birth date with the century in the month, serial, mod 11. */
const bgEgn = shapedDetector({
  id: 'bg_egn',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'ten digits', form: '9{10}', base: 0.2 }],
  check(compact) {
    const month = Number(compact.slice(2, 4));
    const century = month > 40 ? 2000 : month > 20 ? 1800 : 1900;
    const year = century + Number(compact.slice(0, 2));
    if (!isDate(year, month % 20, Number(compact.slice(4, 6)))) return undefined;
    const sum = weightedSum(compact, [2, 4, 8, 5, 10, 9, 7, 3, 6]);
    return (sum % 11) % 10 === Number(compact[9]) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Закон за гражданската регистрация, чл. 11; ГРАО'],
  context: idContext(
    {
      bg: ['егн', 'единен граждански номер'],
      en: ['egn', 'bulgarian egn', 'uniform civil number'],
    },
    { bg: ['роден', 'родена', 'лична карта'] },
  ),
  hits: [
    'ЕГН: [8504124825]',
    'EGN [7211039175]',
    '{"egn":"[0147283029]"}',
    'име,егн\nАна,[9302154614]\n',
    'единен граждански номер [0047069380]',
  ],
  misses: [
    'ЕГН: 8504124828',
    'ЕГН: 8513124820',
    'ЕГН: 85041248255',
    'phone 7211039175',
    'read 0147283029 bytes',
  ],
});

/** Estonian and Lithuanian codes: sex and century, birth date, serial, mod 11 in two passes. */
function checkBaltic(compact: string): Check | undefined {
  const sex = valueAt(compact, 0);
  const year = 1800 + Math.floor((sex - 1) / 2) * 100 + Number(compact.slice(1, 3));
  const isDay = isDate(year, Number(compact.slice(3, 5)), Number(compact.slice(5, 7)));
  if (sex < 1 || sex > 8 || !isDay) return undefined;
  let check = weightedSum(compact, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  if (check === 10) check = (weightedSum(compact, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
  return check === Number(compact[10]) ? { validator: 'mod11:passed' } : undefined;
}

const eeIsikukood = shapedDetector({
  id: 'ee_personal_code',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.4 }],
  check: checkBaltic,
  sources: ['EVS 585:2007 Isikukood'],
  context: idContext(
    { et: ['isikukood', 'isikukoodi', 'ik'], en: ['estonian personal code', 'personal id code'] },
    { et: ['sündinud', 'id-kaart'] },
  ),
  hits: [
    'isikukood: [48504124825]',
    'Isikukood [37211039179]',
    '{"isikukood":"[50107283025]"}',
    'nimi,isikukood\nAnna,[49302154614]\n',
    'ID-kaart, isikukoodi [60007069383]',
  ],
  misses: [
    'isikukood: 48504124827',
    'isikukood: 48513124820',
    'isikukood: 485041248255',
    'telefon 37211039179',
    'read 50107283025 bytes',
  ],
});

const ltAsmensKodas = shapedDetector({
  id: 'lt_personal_code',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.4 }],
  check: checkBaltic,
  sources: ['Lietuvos Respublikos gyventojų registro įstatymas'],
  context: idContext(
    { lt: ['asmens kodas', 'asmens kodą', 'a.k.', 'a. k.'], en: ['lithuanian personal code'] },
    { lt: ['gimęs', 'gimusi', 'asmens tapatybės kortelė'] },
  ),
  hits: [
    'asmens kodas: [48504129179]',
    'Asmens kodas [37211034825]',
    '{"asmens_kodas":"[50107284610]"}',
    'vardas,asmens kodas\nAna,[49302153029]\n',
    'a.k. [60007064822]',
  ],
  misses: [
    'asmens kodas: 48504129170',
    'asmens kodas: 48513129170',
    'asmens kodas: 485041291795',
    'phone 37211034825',
    'read 50107284610 bytes',
  ],
});

/** Latvian personal code: birth date, century, serial, check digit; new codes start with 32. */
const lvPersonasKods = shapedDetector({
  id: 'lv_personal_code',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'six and five', form: '9{6}-9{5}', base: 0.45 },
    { name: 'eleven digits', form: '9{11}', base: 0.2 },
  ],
  check(compact) {
    if (/^3[2-9]/.test(compact)) return { base: 0.15 };
    const isCentury = /[012]/.test(compact[6] ?? '');
    if (!isCentury || !isShortDateDayFirst(compact.slice(0, 6))) return undefined;
    const sum = weightedSum(compact, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    return ((1101 - sum) % 11) % 10 === Number(compact[10])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Fizisko personu reģistra likums; PMLP, personas kods (2017)'],
  context: idContext(
    { lv: ['personas kods', 'personas kodu', 'p.k.'], en: ['latvian personal code'] },
    { lv: ['dzimis', 'dzimusi', 'pase'] },
  ),
  hits: [
    'personas kods: [120485-14827]',
    'Personas kods [031172-19174]',
    '{"personas_kods":"[280701-23028]"}',
    'vārds,personas kods\nAnna,[150293-14612]\n',
    'p.k. [324820-91730]',
  ],
  misses: [
    'personas kods: 120485-14822',
    'personas kods: 311385-14820',
    'personas kods: 120485-148275',
    'range 031172-19174 of the map',
    'phone 324820-91730',
  ],
});

/** Bulgaria, Estonia, Latvia, Lithuania and Romania. */
export const easternEuropeanIds: readonly Detector[] = [
  bgEgn,
  eeIsikukood,
  ltAsmensKodas,
  lvPersonasKods,
  roCnp,
];
