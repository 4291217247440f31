import { isRepeated, isShortDate, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Russian tax number: ten digits of companies, twelve of persons; both by mod 11. */
const ruInn = shapedDetector({
  id: 'ru_inn',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'twelve digits', form: '9{12}', base: 0.35 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    if (compact.startsWith('00') || isRepeated(compact)) return undefined;
    if (compact.length === 10) {
      const sum = weightedSum(compact, [2, 4, 10, 3, 5, 9, 4, 6, 8]);
      return (sum % 11) % 10 === Number(compact[9]) ? { validator: 'mod11:passed' } : undefined;
    }
    const first = weightedSum(compact, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
    const second = weightedSum(compact, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
    return (first % 11) % 10 === Number(compact[10]) && (second % 11) % 10 === Number(compact[11])
      ? { validator: 'mod11,mod11:passed' }
      : undefined;
  },
  sources: ['Приказ ФНС России от 29.06.2012 № ММВ-7-6/435@'],
  context: idContext(
    { ru: ['инн', 'идентификационный номер налогоплательщика'], en: ['inn', 'russian tax number'] },
    { ru: ['кпп', 'огрн', 'налогоплательщик', 'ооо', 'реквизиты'] },
  ),
  hits: [
    'ИНН: [7748209168]',
    'ИНН [507302846149]',
    '{"inn":"[1619384731]"}',
    'имя,инн\nАнна,[782905718384]\n',
    'ООО Ромашка, ИНН [6658103937]',
  ],
  misses: [
    'ИНН: 7748209115',
    'ИНН: 77482091685',
    'ИНН: X507302846149',
    'телефон 1619384731',
    'read 507302846149 bytes',
  ],
});

/** Russian pension insurance number: nine digits and their weighted sum, mod 101. */
const ruSnils = shapedDetector({
  id: 'ru_snils',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-3-3 2', form: '9{3}-9{3}-9{3} 9{2}', base: 0.75 },
    { name: '3-3-3-2', form: '9{3}-9{3}-9{3}-9{2}', base: 0.65 },
    { name: 'eleven digits', form: '9{11}', base: 0.35 },
  ],
  check(compact) {
    if (Number(compact.slice(0, 9)) <= 1_001_998) return undefined;
    const sum = weightedSum(compact, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    return (sum % 101) % 100 === Number(compact.slice(9))
      ? { validator: 'mod101:passed' }
      : undefined;
  },
  sources: ['Федеральный закон от 01.04.1996 № 27-ФЗ; СФР'],
  context: idContext(
    { ru: ['снилс', 'страховой номер', 'страховое свидетельство'], en: ['snils'] },
    { ru: ['пенсионный', 'пфр', 'сфр'] },
  ),
  hits: [
    'СНИЛС: [148-209-173 64]',
    'СНИЛС [07302846143]',
    'Анна, [119-384-750 84]',
    '{"snils":"[129-057-183-62]"}',
    'имя,снилс\nАнна,[158-103-927 60]\n',
  ],
  misses: [
    'СНИЛС: 148-209-173 46',
    'СНИЛС: 148-209-173 645',
    'СНИЛС: 1148-209-173 64',
    'телефон 07302846143',
    'read 07302846143 bytes',
  ],
});

/** Ukrainian tax number of a person: days since 1900, serial, mod 11. */
const uaRnokpp = shapedDetector({
  id: 'ua_rnokpp',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'ten digits', form: '9{10}', base: 0.15 }],
  check(compact) {
    const sum = weightedSum(compact, [-1, 5, 7, 9, 4, 6, 10, 5, 7]);
    const check = (((sum % 11) + 11) % 11) % 10 === Number(compact[9]);
    return check && /^[0-4]/.test(compact) && !isRepeated(compact)
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Податковий кодекс України, ст. 70; ДПС, РНОКПП'],
  context: idContext(
    {
      uk: ['рнокпп', 'іпн', 'ідентифікаційний код', 'ідентифікаційний номер', 'податковий номер'],
      ru: ['идентификационный код'],
      en: ['rnokpp', 'ukrainian tax number'],
    },
    { uk: ['паспорт', 'фоп', 'платник податків'] },
  ),
  hits: [
    'РНОКПП: [3148209171]',
    'ІПН [2730284610]',
    '{"rnokpp":"[3019384752]"}',
    'імʼя,іпн\nОля,[3229057180]\n',
    'ідентифікаційний код [2858103927]',
  ],
  misses: [
    'РНОКПП: 3148209177',
    'РНОКПП: 31482091715',
    'РНОКПП: X2730284610',
    'phone 3019384752',
    'read 3019384752 bytes',
  ],
});

/** Kazakh individual number: birth date, century, serial, mod 11 in two passes. */
const kzIin = shapedDetector({
  id: 'kz_iin',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'twelve digits', form: '9{12}', base: 0.35 }],
  check(compact) {
    if (!/[1-6]/.test(compact[6] ?? '') || !isShortDate(compact)) return undefined;
    let check = weightedSum(compact, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
    if (check === 10) check = weightedSum(compact, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11;
    return check === Number(compact[11]) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Закон РК от 12.01.2007 № 223-III'],
  context: idContext(
    { ru: ['иин', 'индивидуальный идентификационный номер', 'жсн'], en: ['iin', 'kazakh iin'] },
    { ru: ['удостоверение', 'казахстан'] },
  ),
  hits: [
    'ИИН: [850412404828]',
    'ИИН [721103309175]',
    '{"iin":"[010728503027]"}',
    'имя,иин\nАйгуль,[930215404616]\n',
    'индивидуальный идентификационный номер [000706609388]',
  ],
  misses: [
    'ИИН: 850412404821',
    'ИИН: 851312404820',
    'ИИН: 8504124048285',
    'телефон 721103309175',
    'read 010728503027 bytes',
  ],
});

/** Kazakhstan, Russia and Ukraine. */
export const cyrillicIds: readonly Detector[] = [kzIin, ruInn, ruSnils, uaRnokpp];
