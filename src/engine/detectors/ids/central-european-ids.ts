import { isDate, passesMod11And10, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Czech and Slovak birth number: birth date (women's month and 50), serial; divides by eleven. */
const czRodneCislo = shapedDetector({
  id: 'cz_birth_number',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'with slash', form: '9{6}/9{4}', base: 0.65 },
    { name: 'with slash, before 1954', form: '9{6}/9{3}', base: 0.25 },
    { name: 'ten digits', form: '9{10}', base: 0.15 },
  ],
  check(compact) {
    const year = Number(compact.slice(0, 2));
    const isOld = compact.length === 9;
    const century = isOld || year >= 54 ? 1900 : 2000;
    const month = (Number(compact.slice(2, 4)) % 50) % 20;
    if (!isDate(century + year, month, Number(compact.slice(4, 6)))) return undefined;
    if (isOld)
      return year < 54 && !compact.endsWith('000') ? { validator: 'date:passed' } : undefined;
    const remainder = Number(compact.slice(0, 9)) % 11;
    return remainder % 10 === Number(compact[9]) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Zákon č. 133/2000 Sb., § 13; Zákon č. 301/1995 Z. z.'],
  context: idContext(
    {
      cs: ['rodné číslo', 'rodného čísla', 'r.č.', 'rč'],
      sk: ['rodné číslo', 'rodného čísla', 'r. č.'],
      en: ['birth number', 'czech personal identity number'],
    },
    { cs: ['narozen', 'narozena', 'pojištěnec'], sk: ['narodený', 'narodená', 'poistenec'] },
  ),
  hits: [
    'rodné číslo [855412/4821]',
    'r.č. [721103/9176]',
    'pan Novák, [010728/3022]',
    '{"rodneCislo":"[9352154614]"}',
    'jméno,rodné číslo\nAnna,[450706/938]\n',
  ],
  misses: [
    'rodné číslo 855412/4826',
    'rodné číslo 853212/4820',
    'rodné číslo 855412/48215',
    'telefon 7211039176',
    'read 0107283022 bytes',
  ],
});

/** Croatian OIB: eleven digits by ISO 7064 MOD 11,10. */
const hrOib = shapedDetector({
  id: 'hr_oib',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'eleven digits', form: '9{11}', base: 0.2 },
    { name: 'with country', form: 'hr9{11}', base: 0.55 },
  ],
  check: (compact) =>
    passesMod11And10(compact.slice(-11)) ? { validator: 'mod11,10:passed' } : undefined,
  sources: ['Zakon o osobnom identifikacijskom broju (NN 60/08); ISO/IEC 7064'],
  context: idContext(
    { hr: ['oib', 'osobni identifikacijski broj'], en: ['oib', 'croatian oib'] },
    { hr: ['porezna uprava', 'porezni', 'građanin'], en: ['vat'] },
  ),
  hits: [
    'OIB: [48209173028]',
    'osobni identifikacijski broj [73028461934]',
    '{"oib":"[19384750291]"}',
    'ime,oib\nAna,[29057183049]\n',
    'VAT, OIB [HR58103927462]',
  ],
  misses: [
    'OIB: 48209173020',
    'OIB: 482091730285',
    'OIB: X48209173028',
    'read 73028461934 bytes',
    'phone 19384750291',
  ],
});

/** Unique master citizen number of Slovenia and its neighbours: birth date, region, mod 11. */
const siEmso = shapedDetector({
  id: 'si_emso',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'thirteen digits', form: '9{13}', base: 0.45 }],
  check(compact) {
    const last = Number(compact.slice(4, 7));
    const year = last + (last < 800 ? 2000 : 1000);
    const isDay = isDate(year, Number(compact.slice(2, 4)), Number(compact.slice(0, 2)));
    if (!isDay || year > 2100 || year < 1800) return undefined;
    const remainder = weightedSum(compact, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    if (remainder === 1) return undefined;
    return (11 - remainder) % 11 === Number(compact[12])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Zakon o centralnem registru prebivalstva (Slovenia); JMBG (1977)'],
  context: idContext(
    {
      sl: ['emšo', 'enotna matična številka'],
      hr: ['jmbg', 'matični broj', 'matični broj građana'],
      en: ['emso', 'unique master citizen number'],
    },
    { sl: ['rojen', 'rojena', 'davčna številka'] },
  ),
  hits: [
    'EMŠO: [1204985504820]',
    'EMSO [0311972509170]',
    '{"emšo":"[2807001503020]"}',
    'ime,jmbg\nAna,[1502993718466]\n',
    'enotna matična številka [0607000509304]',
  ],
  misses: [
    'EMŠO: 1204985504826',
    'EMŠO: 3204985504823',
    'EMŠO: 12049855048205',
    'timestamp 1700000000001',
    'EMŠO: X0311972509170',
  ],
});

/** Croatia, Czechia, Slovakia and Slovenia. */
export const centralEuropeanIds: readonly Detector[] = [czRodneCislo, hrOib, siEmso];
