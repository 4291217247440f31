import { isRepeated, isShortDateDayFirst, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Swiss old-age insurance number: 756, nine digits and the check digit of an EAN-13. */
const chAhv = shapedDetector({
  id: 'ch_ahv',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-4-4-2', form: '9{3}s9{4}s9{4}s9{2}', base: 0.9 },
    { name: 'thirteen digits', form: '9{13}', base: 0.7 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    return compact.startsWith('756') && sum % 10 === 0 && !isRepeated(compact.slice(3, 12))
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['AHVG Art. 50c; ZAS, AHV-Nummer (EAN-13)'],
  context: idContext(
    {
      de: ['ahv', 'ahv-nummer', 'ahv-nr', 'sozialversicherungsnummer', 'versichertennummer'],
      fr: ['avs', 'numéro avs', 'n° avs', 'navs13'],
      it: ['avs', 'numero avs'],
      en: ['ahv number', 'swiss social security number'],
    },
    { de: ['navs'] },
  ),
  hits: [
    'AHV-Nr. [756.4820.9173.04]',
    'numéro AVS : [756 7302 8461 92]',
    'Frau Huber, [7561938475061]',
    '{"ahv":"[756.2905.7183.03]"}',
    'name,ahv-nummer\nAnna,[7565810392743]\n',
  ],
  misses: [
    'AHV-Nr. 756.4820.9173.06',
    'AHV-Nr. 755.4820.9173.02',
    'AHV-Nr. 756.4820.9173.045',
    'AHV-Nr. 75619384750',
    'EAN 7561938475061',
  ],
});

/** Austrian insurance number: serial, check digit by mod 11 and birth date. */
const atSvnr = shapedDetector({
  id: 'at_svnr',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'four and six', form: '9{4} 9{6}', base: 0.45 },
    { name: 'four and six, hyphen', form: '9{4}-9{6}', base: 0.45 },
    { name: 'ten digits', form: '9{10}', base: 0.2 },
  ],
  check(compact) {
    const month = Number(compact.slice(6, 8));
    // Months 13 to 15 are given when the numbers of a day are used up.
    const date =
      month > 12 && month < 16 ? `${compact.slice(4, 6)}12${compact.slice(8)}` : compact.slice(4);
    if (compact[0] === '0' || !isShortDateDayFirst(date)) return undefined;
    const sum = weightedSum(compact, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    return sum % 11 === Number(compact[3]) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['ASVG § 31; Dachverband der Sozialversicherungsträger'],
  context: idContext(
    {
      de: ['svnr', 'sv-nummer', 'sv-nr', 'sozialversicherungsnummer', 'versicherungsnummer'],
      en: ['austrian social security number'],
    },
    { de: ['e-card', 'ögk', 'österreich', 'versicherte'] },
  ),
  hits: [
    'SVNR: [4854 120485]',
    'Sozialversicherungsnummer [7303031172]',
    '{"svnr":"[1930280701]"}',
    'name,sv-nummer\nAnna,[2902-150293]\n',
    'Versicherungsnummer [5828 060700], e-card',
  ],
  misses: [
    'SVNR: 4820 120485',
    'SVNR: 4824 321385',
    'SVNR: 4854 1204855',
    'Telefon 1930280701',
    'Zähler 7303031172 abgelesen',
  ],
});

/** Austrian VAT id: ATU and eight digits, the last by the rule of the tax office. */
const atVatId = shapedDetector({
  id: 'at_vat_id',
  category: 'financial',
  weight: 0.15,
  specificity: 55,
  shapes: [
    { name: 'compact', form: 'atu9{8}', base: 0.75 },
    { name: 'with blank', form: 'at u9{8}', base: 0.75 },
    { name: 'with blank', form: 'atu 9{8}', base: 0.75 },
  ],
  check(compact) {
    let sum = 0;
    for (let n = 0; n < 7; n++) {
      const value = Number(compact[n + 3]) * (n % 2 === 0 ? 1 : 2);
      sum += Math.floor(value / 10) + (value % 10);
    }
    return (10 - ((sum + 4) % 10)) % 10 === Number(compact[10])
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['UStG 1994 Art. 28; BMF, UID-Nummer; European Commission, VIES'],
  context: bareContext(
    { de: ['uid', 'uid-nummer', 'uid-nr', 'ust-idnr', 'atu'], en: ['vat', 'vat number'] },
    { de: ['rechnung', 'firmenbuch', 'impressum'] },
  ),
  hits: [
    'UID: [ATU48209175]',
    'UID-Nr. [ATU73028467]',
    'Acme GmbH [ATU19384752]',
    '{"vat":"[ATU29057187]"}',
    'VAT number [ATU 58103929]',
  ],
  misses: [
    'UID: ATU48209177',
    'UID: ATU482091',
    'UID: ATU482091755',
    'UID: XATU48209175',
    'UID: ATV48209171',
  ],
});

/** Swiss company id: CHE, eight digits and a check digit by mod 11. */
const chUid = shapedDetector({
  id: 'ch_uid',
  category: 'financial',
  weight: 0.1,
  specificity: 55,
  shapes: [
    { name: 'grouped', form: 'che-9{3}.9{3}.9{3}', base: 0.85 },
    { name: 'compact', form: 'che9{9}', base: 0.75 },
  ],
  check(compact) {
    const sum = weightedSum(compact.slice(3), [5, 4, 3, 2, 7, 6, 5, 4]);
    const check = 11 - (sum % 11);
    return check < 11 && check === Number(compact[11])
      ? { validator: 'mod11:passed' }
      : check === 11 && compact[11] === '0'
        ? { validator: 'mod11:passed' }
        : undefined;
  },
  sources: ['UIDG (Bundesgesetz über die Unternehmens-Identifikationsnummer); BFS'],
  context: bareContext(
    { de: ['uid', 'uid-nummer', 'mwst', 'mwst-nr'], fr: ['ide', 'tva'], it: ['idi', 'iva'] },
    { de: ['handelsregister', 'rechnung'] },
  ),
  hits: [
    'UID: [CHE-482.091.726]',
    'MWST-Nr. [CHE-730.284.662] MWST',
    'Acme AG [CHE-193.847.591]',
    '{"uid":"[CHE290571878]"}',
    'IDE [CHE-581.039.267] TVA',
  ],
  misses: [
    'UID: CHE-482.091.797',
    'UID: CHE-482.091.73',
    'UID: CHE-482.091.7265',
    'UID: XCHE290571878',
    'UID: CHF-482.091.730',
  ],
});

/** Austria and Switzerland. */
export const alpineIds: readonly Detector[] = [atSvnr, atVatId, chAhv, chUid];
