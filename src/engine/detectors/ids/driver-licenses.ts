import type { Detector } from '../../detector.ts';
import { type DocumentRow, documentDetectors } from './document-family.ts';

const europe: readonly DocumentRow[] = [
  {
    country: 'at',
    adjective: 'Austrian',
    forms: ['9{8}'],
    words: { de: ['österreichischer führerschein', 'führerschein', 'führerscheinnummer'] },
  },
  {
    country: 'be',
    adjective: 'Belgian',
    forms: ['9{10}'],
    words: { nl: ['belgisch rijbewijs'], fr: ['permis de conduire'] },
  },
  {
    country: 'bg',
    adjective: 'Bulgarian',
    forms: ['9{9}'],
    words: { bg: ['шофьорска книжка', 'свидетелство за управление'] },
  },
  {
    country: 'cy',
    adjective: 'Cypriot',
    forms: ['9{12}'],
    words: { el: ['κυπριακή άδεια οδήγησης'] },
  },
  {
    country: 'cz',
    adjective: 'Czech',
    forms: ['A{2} {0,1}9{6}'],
    words: { cs: ['řidičský průkaz', 'řidičského průkazu'] },
  },
  {
    country: 'dk',
    adjective: 'Danish',
    forms: ['9{8}'],
    words: { da: ['kørekort', 'kørekortnummer'] },
  },
  {
    country: 'ee',
    adjective: 'Estonian',
    forms: ['A{2}9{6}'],
    words: { et: ['juhiluba', 'juhiloa number'] },
  },
  {
    country: 'fi',
    adjective: 'Finnish',
    forms: ['9{6}-9{3}N'],
    words: { fi: ['ajokortti', 'ajokortin numero'] },
  },
  {
    country: 'fr',
    adjective: 'French',
    forms: ['9{12}', '9{2}A{2}9{5}'],
    words: { fr: ['permis de conduire', 'numéro de permis'] },
  },
  {
    country: 'gr',
    adjective: 'Greek',
    forms: ['9{9}'],
    words: { el: ['άδεια οδήγησης', 'δίπλωμα οδήγησης'] },
  },
  {
    country: 'hr',
    adjective: 'Croatian',
    forms: ['9{8}'],
    words: { hr: ['vozačka dozvola', 'vozačke dozvole'] },
  },
  {
    country: 'hu',
    adjective: 'Hungarian',
    forms: ['A{2}9{6}'],
    words: { hu: ['vezetői engedély', 'jogosítvány'] },
  },
  {
    country: 'ie',
    adjective: 'Irish',
    forms: ['9{9}', '9{6}A{2}9{4}'],
    words: { en: ['irish licence'] },
  },
  {
    country: 'lt',
    adjective: 'Lithuanian',
    forms: ['9{8}'],
    words: { lt: ['vairuotojo pažymėjimas'] },
  },
  {
    country: 'lu',
    adjective: 'Luxembourgish',
    forms: ['9{6}'],
    words: { fr: ['permis luxembourgeois'] },
  },
  {
    country: 'lv',
    adjective: 'Latvian',
    forms: ['A{2}9{6}', 'A{3}9{6}'],
    words: { lv: ['vadītāja apliecība', 'autovadītāja apliecība'] },
  },
  { country: 'mt', adjective: 'Maltese', forms: ['A{2} 9{3} 9{3}', 'A{2}9{6}'], words: {} },
  {
    country: 'nl',
    adjective: 'Dutch',
    forms: ['9{10}'],
    words: { nl: ['rijbewijs', 'rijbewijsnummer'] },
  },
  {
    country: 'pl',
    adjective: 'Polish',
    forms: ['9{5}/9{2}/9{4}'],
    words: { pl: ['prawo jazdy', 'numer prawa jazdy', 'prawa jazdy'] },
  },
  {
    country: 'pt',
    adjective: 'Portuguese',
    forms: ['A{1,2}-9{4,6} 9', 'A{1,2}9{7}'],
    words: { pt: ['carta de condução', 'número da carta de condução'] },
  },
  {
    country: 'ro',
    adjective: 'Romanian',
    forms: ['A9{8}N'],
    words: { ro: ['permis de conducere', 'permisul de conducere'] },
  },
  {
    country: 'se',
    adjective: 'Swedish',
    forms: ['9{6}-9{4}'],
    words: { sv: ['körkort', 'körkortsnummer'] },
  },
  {
    country: 'si',
    adjective: 'Slovenian',
    forms: ['9{9}'],
    words: { sl: ['vozniško dovoljenje'] },
  },
  {
    country: 'sk',
    adjective: 'Slovak',
    forms: ['A9{7}'],
    words: { sk: ['vodičský preukaz', 'vodičského preukazu'] },
  },
  {
    country: 'es',
    adjective: 'Spanish',
    forms: ['9{8}-{0,1}A'],
    words: { es: ['permiso de conducir', 'carné de conducir', 'permiso de conducción'] },
  },
];

const world: readonly DocumentRow[] = [
  {
    country: 'au',
    adjective: 'Australian',
    forms: ['9{8,10}', '9{3} 9{3} 9{3}', 'A9{5}'],
    words: {},
  },
  {
    country: 'ca',
    adjective: 'Canadian',
    forms: ['A9{4}-9{5}-9{5}', 'A9{4}-9{6}-9{2}', '9{6}-9{3}', 'A9{14}', '9{7,9}'],
    words: { fr: ['permis de conduire du québec'] },
  },
  {
    country: 'in',
    adjective: 'Indian',
    forms: ['A{2}9{2} 9{11}', 'A{2}-9{2}-9{4}-9{7}', 'A{2}9{13}'],
    words: {},
  },
  {
    country: 'jp',
    adjective: 'Japanese',
    forms: ['9{12}'],
    words: { ja: ['運転免許', '運転免許証番号', '免許証'] },
  },
  { country: 'nz', adjective: 'New Zealand', forms: ['A{2}9{6}'], words: {} },
];

/** Driver's licences by country, beside those with files of their own. */
export const driverLicenses: readonly Detector[] = documentDetectors(
  {
    suffix: 'driver_license',
    nouns: [
      "driver's license",
      'driving licence',
      'driver license',
      'drivers license',
      'driving license',
    ],
    sources: ['Directive 2006/126/EC, annex I (field 5)', 'AAMVA; licensing authorities'],
  },
  [...europe, ...world],
);
