import { isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** British unique taxpayer reference: a check digit by mod 11, then nine digits. */
export const ukUtr: Detector = shapedDetector({
  id: 'uk_utr',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'ten digits', form: '9{10}', base: 0.1 },
    { name: 'five and five', form: '9{5} 9{5}', base: 0.15 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [0, 6, 7, 8, 9, 10, 5, 4, 3, 2]);
    return '21987654321'[sum % 11] === compact[0] && !isRepeated(compact)
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['HMRC, Unique Taxpayer Reference; European Commission, TIN'],
  context: idContext(
    { en: ['utr', 'utr number', 'unique taxpayer reference', 'tax reference'] },
    { en: ['hmrc', 'self assessment', 'sa100', 'tax return'] },
  ),
  hits: [
    'UTR: [3482091730]',
    'Unique Taxpayer Reference [57302 84619]',
    '{"utr":"[2193847502]"}',
    'name,utr number\nJane,[6290571830]\n',
    'HMRC tax reference [3581039274]',
  ],
  misses: [
    'UTR: 8482091730',
    'UTR: 34820917305',
    'UTR: X2193847502',
    'read 2193847502 bytes',
    'order number 6290571830',
  ],
});
