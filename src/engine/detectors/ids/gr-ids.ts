import { isShortDateDayFirst, passesLuhnText, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Greek tax number (AFM): nine digits, weighted by powers of two, mod 11. */
const grAfm = shapedDetector({
  id: 'gr_afm',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'nine digits', form: '9{9}', base: 0.1 },
    { name: 'with country', form: 'el9{9}', base: 0.55 },
  ],
  check(compact) {
    const digits = compact.slice(-9);
    const sum = weightedSum(digits, [256, 128, 64, 32, 16, 8, 4, 2]);
    return (sum % 11) % 10 === Number(digits[8]) && !/^0{8}/.test(digits)
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['ΑΑΔΕ (Independent Authority for Public Revenue); European Commission, VIES'],
  context: bareContext(
    { el: ['αφμ', 'α.φ.μ.'], en: ['afm', 'greek tax number', 'vat'] },
    { el: ['δου', 'τιμολόγιο', 'επωνυμία'] },
  ),
  hits: [
    'ΑΦΜ: [048209171]',
    'AFM [173028465]',
    '{"afm":"[019384758]"}',
    'όνομα,αφμ\nΆννα,[129057181]\n',
    'VAT [EL095810393]',
  ],
  misses: [
    'ΑΦΜ: 048209177',
    'ΑΦΜ: 0482091715',
    'ΑΦΜ: X173028465',
    'counter 019384758 read',
    'ΑΦΜ: 000000000',
  ],
});

/** Greek social security (AMKA): birth date and number, eleven digits by Luhn. */
const grAmka = shapedDetector({
  id: 'gr_amka',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.35 }],
  check: (compact) =>
    isShortDateDayFirst(compact.slice(0, 6)) && passesLuhnText(compact)
      ? { validator: 'luhn:passed' }
      : undefined,
  sources: ['Νόμος 3655/2008 (ΑΜΚΑ); ΗΔΙΚΑ'],
  context: idContext(
    { el: ['αμκα', 'α.μ.κ.α.'], en: ['amka', 'greek social security number'] },
    { el: ['ασφαλισμένος', 'εφκα', 'κοινωνικής ασφάλισης'] },
  ),
  hits: [
    'ΑΜΚΑ: [12048548205]',
    'AMKA [03117291736]',
    '{"amka":"[28070130282]"}',
    'όνομα,αμκα\nΆννα,[15029346192]\n',
    'Α.Μ.Κ.Α. [06070038473]',
  ],
  misses: [
    'ΑΜΚΑ: 12048548209',
    'ΑΜΚΑ: 32048548203',
    'ΑΜΚΑ: 120485482055',
    'counter 03117291736 read',
    'phone 28070130282',
  ],
});

/** Greece: the insured and taxpayers. */
export const grIds: readonly Detector[] = [grAfm, grAmka];
