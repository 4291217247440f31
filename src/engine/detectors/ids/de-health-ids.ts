import { isRepeated, valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** German health insurance number: a letter and nine digits, the last by digit sums mod 10. */
const deHealthInsurance = shapedDetector({
  id: 'de_health_insurance',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'letter and nine digits', form: 'A9{9}', base: 0.35 }],
  check(compact) {
    const digits = String(valueAt(compact, 0) - 9).padStart(2, '0') + compact.slice(1);
    let sum = 0;
    for (let n = 0; n < 10; n++) {
      const product = valueAt(digits, n) * (n % 2 === 0 ? 1 : 2);
      sum += Math.floor(product / 10) + (product % 10);
    }
    return sum % 10 === Number(compact[9]) ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['§ 290 SGB V; GKV-Spitzenverband, Richtlinie Krankenversichertennummer'],
  context: idContext(
    {
      de: [
        'krankenversicherungsnummer',
        'krankenversichertennummer',
        'versichertennummer',
        'versicherten-nr',
        'kvnr',
        'egk',
        'egk-nummer',
      ],
    },
    {
      de: [
        'krankenkasse',
        'krankenversicherung',
        'gesundheitskarte',
        'gkv',
        'versichertenkarte',
        'aok',
        'barmer',
        'dak',
      ],
    },
  ),
  hits: [
    'KVNR [K382059148]',
    'Versichertennummer: [P704193622]',
    '{"kvnr":"[D159382072]"}',
    'name,krankenversichertennummer\nErika,[W602748154]\n',
    'eGK-Nummer [B940617380] bitte angeben',
  ],
  misses: [
    'KVNR K382059146',
    'KVNR K3820591487',
    'KVNR XK382059148',
    'Teil P704193622 auf Lager',
    'Seriennummer P704193622',
  ],
});

/** Physician number of German statutory care: six digits, their check digit, the specialty. */
const deLanr = shapedDetector({
  id: 'de_lanr',
  category: 'health',
  weight: 0.2,
  shapes: [{ name: 'nine digits', form: '9{9}', base: 0.1 }],
  check(compact) {
    const sum = weightedSum(compact, [4, 9, 4, 9, 4, 9]);
    return (sum + Number(compact[6])) % 10 === 0 ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['KBV, Richtlinie nach § 75 Abs. 7 SGB V (Arzt- und Betriebsstättennummern)'],
  context: idContext(
    { de: ['lanr', 'arztnummer', 'lebenslange arztnummer', 'arzt-nr', 'arzt-nummer'] },
    {
      de: [
        'vertragsarzt',
        'kassenarzt',
        'kbv',
        'kassenärztliche vereinigung',
        'rezept',
        'verschreibung',
        'behandelnder arzt',
        'hausarzt',
        'facharzt',
      ],
    },
  ),
  hits: [
    'LANR: [482061101]',
    'Arztnummer [739205634] auf dem Rezept',
    '{"lanr":"[150938607]"}',
    'arzt,lanr\nDr. Muster,[604718111]\n',
    'Lebenslange Arztnummer [927364103]',
  ],
  misses: [
    'LANR 482061901',
    'LANR 4820611010',
    'LANR 9482061101',
    'es waren 739205634 Schritte',
    'Auftragsnummer 739205634',
  ],
});

/** Practice number of German statutory care: nine digits, without a check digit. */
const deBsnr = shapedDetector({
  id: 'de_bsnr',
  category: 'health',
  weight: 0.15,
  specificity: 45,
  shapes: [{ name: 'nine digits', form: '9{9}', base: 0.05 }],
  check: (compact) => (isRepeated(compact) ? undefined : {}),
  sources: ['KBV, Richtlinie nach § 75 Abs. 7 SGB V (Arzt- und Betriebsstättennummern)'],
  context: idContext(
    { de: ['bsnr', 'betriebsstättennummer', 'betriebsstätten-nummer', 'nbsnr'] },
    {
      de: [
        'betriebsstätte',
        'praxisnummer',
        'arztpraxis',
        'praxis',
        'kv-nummer',
        'nebenbetriebsstätte',
        'vertragsarztpraxis',
      ],
    },
  ),
  hits: [
    'BSNR: [381720500]',
    'Betriebsstättennummer [021946300] der Praxis',
    '{"bsnr":"[712038400]"}',
    'praxis,bsnr\nMuster,[527401900]\n',
    'BSNR [203918700], LANR folgt',
  ],
  misses: [
    'BSNR 000000000',
    'BSNR 3817205001',
    'BSNR A381720500',
    'es waren 381720500 Schritte',
    'Bestellnummer 381720500',
  ],
});

/** Health care of Germany: the insured, physicians and practices. */
export const deHealthIds: readonly Detector[] = [deBsnr, deHealthInsurance, deLanr];
