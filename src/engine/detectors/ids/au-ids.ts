import { isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Australian business number: eleven digits that divide by 89 when the first is lowered by one. */
const auAbn = shapedDetector({
  id: 'au_abn',
  category: 'financial',
  weight: 0.2,
  shapes: [
    { name: '2-3-3-3', form: '9{2}s9{3}s9{3}s9{3}', base: 0.35 },
    { name: 'eleven digits', form: '9{11}', base: 0.2 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10;
    return compact[0] !== '0' && sum % 89 === 0 ? { validator: 'mod89:passed' } : undefined;
  },
  sources: ['Australian Business Register, Format of the ABN'],
  context: bareContext(
    { en: ['abn', 'australian business number', 'abn number', 'abn no'] },
    { en: ['australia', 'pty', 'gst', 'tax invoice'] },
  ),
  hits: [
    'ABN [51 824 753 637]',
    'Acme Pty Ltd, ABN: [24 004 613 449], Sydney',
    '{"abn":"[71130465218]"}',
    'Australian Business Number [83 914 571 803].',
    'name,abn\nAcme,[60007491714]\n',
  ],
  misses: [
    'ABN 51 824 753 777',
    'ABN 151 824 753 556',
    'ABN 51 824 753 5561',
    'reference 51824753637 of the batch',
    'ABN 01 824 753 556',
  ],
});

/** Australian company number: nine digits, the last the complement of a weighted sum. */
const auAcn = shapedDetector({
  id: 'au_acn',
  category: 'financial',
  weight: 0.2,
  shapes: [
    { name: '3-3-3', form: '9{3}s9{3}s9{3}', base: 0.2 },
    { name: 'nine digits', form: '9{9}', base: 0.1 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [8, 7, 6, 5, 4, 3, 2, 1]);
    return (sum + Number(compact[8])) % 10 === 0 ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['ASIC, Australian Company Number (ACN) digit check'],
  context: bareContext(
    { en: ['acn', 'australian company number', 'acn number'] },
    { en: ['asic', 'pty', 'company number'] },
  ),
  hits: [
    'ACN [004 085 616]',
    'Acme Pty Ltd (ACN [627139048])',
    '{"acn":"[148307528]"}',
    'Australian Company Number: [010 499 966]',
    'name,acn\nAcme,[132608747]\n',
  ],
  misses: [
    'ACN 004 085 619',
    'ACN 1004 085 616',
    'ACN 6271390485',
    'part 627139048 in stock',
    'order number 148307528',
  ],
});

/** Australian tax file number, of nine digits since 1989; older ones have eight. */
const auTfn = shapedDetector({
  id: 'au_tfn',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-3-3', form: '9{3}s9{3}s9{3}', base: 0.2 },
    { name: 'nine digits', form: '9{9}', base: 0.1 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [1, 4, 3, 7, 5, 8, 6, 9, 10]);
    return sum % 11 === 0 && !isRepeated(compact) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Australian Taxation Office, TFN algorithm'],
  context: idContext(
    { en: ['tfn', 'tax file number', 'tax file no', 'tfn declaration'] },
    { en: ['ato', 'australian taxation office', 'superannuation', 'payg'] },
  ),
  hits: [
    'TFN: [648 188 527]',
    'her tax file number is [371402671].',
    '{"tfn":"[812659326]"}',
    'name,tfn\nJane,[456286391]\n',
    'Tax File Number [527-419-618]',
  ],
  misses: [
    'TFN 648 188 557',
    'TFN 3714026711',
    'TFN 1648 188 527',
    'the count was 371402671 yesterday',
    'tfn form, order number 812659326',
  ],
});

/** Australian Medicare card: eight digits, their check digit, the issue and perhaps the person. */
const auMedicare = shapedDetector({
  id: 'au_medicare',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-5-1', form: '9{4}s9{5}s9', base: 0.35 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
    { name: 'eleven digits', form: '9{11}', base: 0.08 },
  ],
  check: checkMedicare,
  sources: ['Services Australia, Medicare card number format'],
  context: idContext(
    { en: ['medicare', 'medicare number', 'medicare card', 'medicare no'] },
    { en: ['irn', 'bulk bill', 'health care card', 'patient'] },
  ),
  hits: [
    'Medicare [2951 83408 1]',
    'Medicare card number: [4950231681]',
    '{"medicareNumber":"[3391720432]"}',
    'patient,medicare\nJane,[6128407531]\n',
    'Medicare No [5123 47086 3], IRN 2',
  ],
  misses: [
    'Medicare 2951 83407 1',
    'Medicare 1951 83407 1',
    'Medicare 495023168177',
    'transfer of 4950231681 units',
    'phone 3391720432 (Medicare hotline)',
  ],
});

function checkMedicare(compact: string): Check | undefined {
  if (!/[2-6]/.test(compact[0] ?? '') || compact[9] === '0') return undefined;
  const sum = weightedSum(compact, [1, 3, 7, 9, 1, 3, 7, 9]);
  return sum % 10 === Number(compact[8]) ? { validator: 'mod10:passed' } : undefined;
}

/** Australia: business, company and tax file numbers, Medicare cards. */
export const auIds: readonly Detector[] = [auAbn, auAcn, auMedicare, auTfn];
