import { valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Irish personal public service number: seven digits, check letter by mod 23, perhaps one more. */
export const iePpsn: Detector = shapedDetector({
  id: 'ie_ppsn',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'eight characters', form: '9{7}A', base: 0.3 },
    { name: 'nine characters', form: '9{7}A{2}', base: 0.45 },
  ],
  check(compact) {
    const second = compact[8];
    if (second !== undefined && !/[A-IW]/.test(second)) return undefined;
    const extra = second === undefined || second === 'W' ? 0 : valueAt(second, 0) - 9;
    const sum = weightedSum(compact, [8, 7, 6, 5, 4, 3, 2]) + extra * 9;
    return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === compact[7]
      ? { validator: 'mod23:passed' }
      : undefined;
  },
  sources: ['Social Welfare Consolidation Act 2005 (Ireland), s. 262; Revenue, PPSN format 2013'],
  context: idContext(
    { en: ['ppsn', 'pps', 'pps number', 'pps no', 'personal public service number', 'rsi number'] },
    { en: ['ireland', 'irish', 'welfare'] },
  ),
  hits: [
    'PPSN: [4820917O]',
    'PPS number [7302846NA]',
    '{"ppsn":"[1938475JB]"}',
    'name,pps no\nAoife,[2905718M]\n',
    'Personal Public Service Number [5810392GW]',
  ],
  misses: [
    'PPSN: 48209172',
    'PPSN: 4820917OAB',
    'PPSN: 14820917O',
    'part 7302846NA in stock',
    'PPSN: 482091T',
  ],
});
