import { passesLuhnText } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Canadian social insurance number; no number starts with 0 or 8 (0 is for fictitious ones). */
export const caSin: Detector = shapedDetector({
  id: 'ca_sin',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-3-3', form: '9{3}s9{3}s9{3}', base: 0.25 },
    { name: 'nine digits', form: '9{9}', base: 0.08 },
  ],
  check(compact) {
    if (/^[08]|^(.)\1{8}$/.test(compact)) return undefined;
    return passesLuhnText(compact) ? { validator: 'luhn:passed' } : undefined;
  },
  sources: ['Service Canada, SIN Code of Practice; Employment Insurance Act'],
  context: idContext(
    {
      en: ['social insurance', 'social insurance number', 'sin', 'sin number', 'sin #', 'sins'],
      fr: ['nas', 'numéro nas', "numéro d'assurance sociale", 'assurance sociale'],
    },
    { en: ['canada', 'canadian', 'cra', 't4'], fr: ['arc'] },
  ),
  hits: [
    'my SIN is [418-702-932]',
    'mon NAS : [267 915 403]',
    '{"sin":"[531840965]"}',
    'Social insurance number [672 304 185]',
    'name,sin\nJane,[149082737]\n',
  ],
  misses: [
    'SIN 418-702-933',
    'SIN 818-702-931',
    'SIN 5318409654',
    'SIN 418-702 930',
    'shipped 531840965 pieces',
    'sin of pride, order number 531840965',
  ],
});
