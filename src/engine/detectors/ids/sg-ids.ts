import { weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** What is added for the series, and the letter by the remainder of the weighted sum by 11. */
const nricSeries: Readonly<Record<string, { offset: number; letters: string }>> = {
  S: { offset: 0, letters: 'JZIHGFEDCBA' },
  T: { offset: 4, letters: 'JZIHGFEDCBA' },
  F: { offset: 0, letters: 'XWUTRQPNMLK' },
  G: { offset: 4, letters: 'XWUTRQPNMLK' },
  M: { offset: 3, letters: 'XWUTRQPNJLK' },
};

/** Singaporean NRIC and FIN: S, T, F, G or M, seven digits and a letter by mod 11. */
const sgNricFin = shapedDetector({
  id: 'sg_nric_fin',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'nine characters', form: 'A9{7}A', base: 0.55 }],
  check(compact) {
    const series = nricSeries[compact[0] ?? ''];
    if (series === undefined) return undefined;
    const sum = weightedSum(compact.slice(1), [2, 7, 6, 5, 4, 3, 2]) + series.offset;
    return series.letters[sum % 11] === compact[8] ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['National Registration Act (Singapore); ICA, FIN series M (2022)'],
  context: idContext(
    { en: ['nric', 'fin', 'nric no', 'nric number', 'fin number', 'nric/fin'] },
    { en: ['singapore', 'work permit', 'singpass', 'identity card'] },
  ),
  hits: [
    'NRIC [S4820917C]',
    'FIN: [G7302846P]',
    'guest [T0193847E] signed in',
    '{"nric":"[F2905718N]"}',
    'name,fin\nTan,[M5810392J]\n',
  ],
  misses: [
    'NRIC S48209178',
    'NRIC A4820917Z',
    'NRIC S4820917C1',
    'NRIC XS4820917C',
    'NRIC S482091Z',
  ],
});

const entityTypes =
  /^[TSR]\d\d(LP|LL|FC|PF|RF|MQ|MM|NB|CC|CS|MB|FM|GS|GA|GB|DP|CP|NR|CM|CD|MD|HS|VH|CH|MH|CL|XL|CX|HC|RP|TU|TC|FB|FN|PA|PB|SS|MC|SM)/;
const businessLetters = 'XMKECAWLJDB';
const companyLetters = 'ZKCMDNERGWH';
const entityLetters = 'ABCDEFGHJKLMNPQRSTUVWX0123456789';

/** Singaporean unique entity number of businesses, companies and other entities. */
const sgUen = shapedDetector({
  id: 'sg_uen',
  category: 'financial',
  weight: 0.1,
  shapes: [
    { name: 'business', form: '9{8}A', base: 0.3 },
    { name: 'company', form: '9{9}A', base: 0.4 },
    { name: 'other entity', form: 'A9{2}A{2}9{4}A', base: 0.6 },
  ],
  check: checkEntity,
  sources: ['ACRA, Unique Entity Number (format of the UEN)'],
  context: bareContext(
    { en: ['uen', 'unique entity number', 'uen no', 'acra', 'business registration'] },
    { en: ['singapore', 'pte', 'gst reg no'] },
  ),
  hits: [
    'UEN [48209173L]',
    'Acme Pte Ltd, UEN: [201730284W]',
    '{"uen":"[T09LL0193K]"}',
    'company,uen\nAcme,[200529057Z]\n',
    'ACRA no. [S81SS5810J]',
  ],
  misses: [
    'UEN 482091731',
    'UEN T09QQ0193A',
    'UEN 48209173L7',
    'part 48209173L in stock',
    'UEN 299912345K',
  ],
});

function checkEntity(compact: string, { name }: { name: string }): Check | undefined {
  let expected: string | undefined;
  if (name === 'business') {
    expected = businessLetters[weightedSum(compact, [10, 4, 9, 3, 8, 2, 7, 1]) % 11];
  } else if (name === 'company') {
    if (!/^(19|20)/.test(compact)) return undefined;
    expected = companyLetters[weightedSum(compact, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11];
  } else if (entityTypes.test(compact)) {
    let sum = 0;
    [4, 3, 5, 3, 10, 2, 2, 5, 7].forEach((weight, n) => {
      sum += weight * entityLetters.indexOf(compact[n] as string);
    });
    expected = entityLetters[(((sum - 5) % 11) + 11) % 11];
  }
  return expected === compact.at(-1) ? { validator: 'mod11:passed' } : undefined;
}

/** Singapore: residents and foreigners, entities. */
export const sgIds: readonly Detector[] = [sgNricFin, sgUen];
