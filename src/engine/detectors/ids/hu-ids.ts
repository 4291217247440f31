import { isRepeated, isShortDateDayFirst, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Hungarian personal identifier: sex and century, birth date, serial, mod 11. */
const huPersonalId = shapedDetector({
  id: 'hu_personal_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '1-6-4', form: '9s9{6}s9{4}', base: 0.6 },
    { name: 'eleven digits', form: '9{11}', base: 0.3 },
  ],
  check(compact) {
    const date = compact.slice(5, 7) + compact.slice(3, 5) + compact.slice(1, 3);
    if (!/^[1-8]/.test(compact) || !isShortDateDayFirst(date)) return undefined;
    const isNew = /^[34]/.test(compact) || Number(compact.slice(1, 3)) >= 97;
    const weights = isNew ? [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    return weightedSum(compact, weights) % 11 === Number(compact[10])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['1996. évi XX. törvény, melléklet'],
  context: idContext(
    {
      hu: ['személyi szám', 'személyi azonosító', 'személyazonosító jel', 'személyi azonosító jel'],
      en: ['hungarian personal id'],
    },
    { hu: ['született', 'lakcímkártya'] },
  ),
  hits: [
    'személyi szám: [2 850412 4893]',
    'személyi azonosító [1-721103-9156]',
    '{"személyi_szám":"[30107283043]"}',
    'név,személyi szám\nAnna,[29302154657]\n',
    'személyazonosító jel [4 000706 9373]',
  ],
  misses: [
    'személyi szám: 2 850412 4837',
    'személyi szám: 2 851312 4820',
    'személyi szám: 2 850412 48935',
    'read 30107283043 bytes',
    'phone 29302154657',
  ],
});

/** Hungarian social security number (TAJ): nine digits, weights 3 and 7. */
const huTaj = shapedDetector({
  id: 'hu_taj',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-3-3', form: '9{3}s9{3}s9{3}', base: 0.2 },
    { name: 'nine digits', form: '9{9}', base: 0.08 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [3, 7, 3, 7, 3, 7, 3, 7]);
    return sum % 10 === Number(compact[8]) && !isRepeated(compact)
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['1996. évi XX. törvény, melléklet (TAJ-szám)'],
  context: idContext(
    { hu: ['taj', 'taj-szám', 'taj szám', 'társadalombiztosítási azonosító'], en: ['taj number'] },
    { hu: ['társadalombiztosítás', 'neak', 'biztosított'] },
  ),
  hits: [
    'TAJ: [482 091 730]',
    'TAJ-szám [730284613]',
    '{"taj":"[193-847-507]"}',
    'név,taj szám\nAnna,[290571837]\n',
    'TAJ number [581 039 271]',
  ],
  misses: [
    'TAJ: 482 091 731',
    'TAJ: 482 091 7305',
    'TAJ: X730284613',
    'read 730284613 bytes',
    'invoice 290571837',
  ],
});

/** Hungarian tax id of a person: 8, birth day number, serial, mod 11. */
const huTaxId = shapedDetector({
  id: 'hu_tax_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'ten digits', form: '9{10}', base: 0.12 }],
  check: (compact) =>
    compact[0] === '8' &&
    weightedSum(compact, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === Number(compact[9])
      ? { validator: 'mod11:passed' }
      : undefined,
  sources: ['1996. évi XX. törvény, melléklet (adóazonosító jel)'],
  context: idContext(
    { hu: ['adóazonosító', 'adóazonosító jel', 'adóazonosító jele'], en: ['hungarian tax id'] },
    { hu: ['adó', 'nav', 'munkavállaló'] },
  ),
  hits: [
    'adóazonosító jel: [8482091719]',
    'Adóazonosító [8302846155]',
    '{"adóazonosító":"[8193847520]"}',
    'név,adóazonosító jel\nAnna,[8290571836]\n',
    'Hungarian tax ID [8581039235]',
  ],
  misses: [
    'adóazonosító jel: 8482091740',
    'adóazonosító jel: 7482091730',
    'adóazonosító jel: 84820917195',
    'read 8302846155 bytes',
    'phone 8193847520',
  ],
});

/** Hungary: persons, the insured and taxpayers. */
export const huIds: readonly Detector[] = [huPersonalId, huTaj, huTaxId];
