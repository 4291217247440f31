import { isRepeated, passesMod11And10 } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { shapedDetector } from '../../shaped-detector.ts';
import { bareContext } from './id-context.ts';

/** German VAT id: DE and nine digits, the last by ISO 7064 MOD 11,10. */
const deVatId = shapedDetector({
  id: 'de_vat_id',
  category: 'financial',
  weight: 0.15,
  specificity: 55,
  shapes: [
    { name: 'compact', form: 'de9{9}', base: 0.6 },
    { name: 'grouped', form: 'des9{3}s9{3}s9{3}', base: 0.65 },
    { name: 'country apart', form: 'de 9{9}', base: 0.55 },
  ],
  check(compact) {
    const number = compact.slice(2);
    if (number[0] === '0' || isRepeated(number)) return undefined;
    return passesMod11And10(number) ? { validator: 'mod11,10:passed' } : undefined;
  },
  sources: ['§ 27a UStG; BZSt, Aufbau der USt-IdNr.; European Commission, VIES'],
  context: bareContext(
    {
      de: [
        'umsatzsteuer-identifikationsnummer',
        'umsatzsteueridentifikationsnummer',
        'ust-idnr',
        'ust-id',
        'ustidnr',
        'umsatzsteuer-id',
        'ust-id-nr',
      ],
      en: ['vat', 'vat id', 'vat number', 'vat no', 'vat reg no'],
    },
    { de: ['mehrwertsteuer', 'finanzamt', 'rechnung', 'impressum'], en: ['invoice'] },
  ),
  hits: [
    'USt-IdNr.: [DE281407397]',
    'VAT ID [DE 317 204 891]',
    'Impressum: Muster GmbH, [DE194068277]',
    '{"vatId":"[DE251830464]"}',
    'Rechnung, USt-IdNr. [DE 609173520]',
  ],
  misses: [
    'USt-IdNr. DE281407390',
    'USt-IdNr. AT281407391',
    'USt-IdNr. DE2814073972',
    'USt-IdNr. XDE281407397',
    'USt-IdNr. DE28140739',
  ],
});

/** German tax number of a tax office: 10 or 11 digits with slashes, or 13 for all of Germany. */
const deTaxNumber = shapedDetector({
  id: 'de_tax_number',
  category: 'financial',
  weight: 0.3,
  shapes: [
    { name: 'with slashes', form: '9{2,3}/9{3,4}/9{4,5}', base: 0.3 },
    { name: 'with blanks', form: '9{3} 9{3,4} 9{4,5}', base: 0.1 },
    { name: 'thirteen digits', form: '9{13}', base: 0.1 },
  ],
  check(compact, { name }) {
    if (name === 'thirteen digits') return compact[4] === '0' ? {} : { base: 0.02 };
    return compact.length === 10 || compact.length === 11 ? {} : undefined;
  },
  sources: ['ELSTER, Prüfung der Steuernummern (unified federal scheme)'],
  context: bareContext(
    {
      de: ['steuernummer', 'steuer-nr', 'st.-nr', 'st.nr', 'st-nr', 'stnr', 'steuer nr'],
    },
    { de: ['finanzamt', 'umsatzsteuer', 'einkommensteuer', 'gewerbesteuer', 'steuerbescheid'] },
  ),
  hits: [
    'Steuernummer: [21/815/08150]',
    'St.-Nr. [181/815/08155] bitte angeben',
    'Finanzamt München, Steuer-Nr. [9181081508155]',
    '{"steuernummer":"[133/8150/8159]"}',
    'Steuernummer [151 815 08156]',
  ],
  misses: [
    'Datum 12/2024/0815',
    'Steuernummer 1/815/08150',
    'Steuernummer 21/815/081501',
    'Zeit 9181081508155 Takte',
    'am 21/815/08150 vorbei',
  ],
});

/** Entry in a German commercial register: section A or B and up to six digits. */
const deHandelsregister = shapedDetector({
  id: 'de_handelsregister',
  category: 'financial',
  weight: 0.1,
  shapes: [
    { name: 'section A', form: 'hra{1} {0,1}9{1,6}', base: 0.45 },
    { name: 'section B', form: 'hrb{1} {0,1}9{1,6}', base: 0.45 },
    { name: 'section B, Berlin', form: 'hrb 9{1,6} b', base: 0.5 },
  ],
  check: (compact) => (/^HR.0/.test(compact) ? undefined : {}),
  sources: ['§ 13 HRV (Handelsregisterverordnung)'],
  context: bareContext(
    {
      de: [
        'handelsregister',
        'handelsregisternummer',
        'amtsgericht',
        'registergericht',
        'hr-nummer',
        'registerauszug',
        'handelsregistereintrag',
      ],
    },
    {
      de: [
        'firma',
        'gesellschaft',
        'gmbh',
        'ag',
        'ug',
        'kg',
        'ohg',
        'geschäftsführer',
        'impressum',
      ],
    },
  ),
  hits: [
    'Amtsgericht Köln, [HRB 48213]',
    'eingetragen im Handelsregister unter [HRA 7204]',
    'Muster GmbH, Registergericht Bonn [HRB19482]',
    'Handelsregister: [HRB 163054 B]',
    '{"handelsregisternummer":"[HRB 902]"}',
  ],
  misses: [
    'Amtsgericht Köln, HRC 48213',
    'Amtsgericht Köln, HR 48213',
    'Amtsgericht Köln, HRB 4821399',
    'der Motor HRB 482 läuft',
    'Amtsgericht Köln, XHRB 48213',
  ],
});

/** Germany: VAT and tax numbers of businesses, the commercial register. */
export const deBusinessIds: readonly Detector[] = [deHandelsregister, deTaxNumber, deVatId];
