import { weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** New Zealand's tax number: eight or nine digits by mod 11, with a second set of weights. */
export const nzIrd: Detector = shapedDetector({
  id: 'nz_ird',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: '9{2,3}-9{3}-9{3}', base: 0.2 },
    { name: 'eight or nine digits', form: '9{8,9}', base: 0.05 },
  ],
  check(compact) {
    const number = Number(compact);
    if (number < 10_000_000 || number > 150_000_000) return undefined;
    const digits = compact.padStart(9, '0');
    let check = 11 - (weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2]) % 11);
    if (check === 10) check = 11 - (weightedSum(digits, [7, 4, 3, 2, 5, 2, 7, 6]) % 11);
    if (check === 10) return undefined;
    return check % 11 === Number(digits[8]) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Inland Revenue (New Zealand), RWT and NRWT specification, IRD number validation'],
  context: idContext(
    { en: ['ird', 'ird number', 'ird no', 'inland revenue number'] },
    { en: ['inland revenue', 'new zealand', 'kiwisaver', 'tax code'] },
  ),
  hits: [
    'IRD: [48-209-173]',
    'IRD number [073-028-469]',
    '{"ird":"[119384753]"}',
    'name,ird no\nAroha,[129-057-181]\n',
    'Inland Revenue number [58103926]',
  ],
  misses: [
    'IRD: 48-209-174',
    'IRD: 48-209-1735',
    'IRD: 948-209-173',
    'read 119384753 bytes',
    'phone 129-057-181',
  ],
});
