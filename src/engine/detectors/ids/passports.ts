import type { Detector } from '../../detector.ts';
import { type DocumentRow, documentDetectors } from './document-family.ts';

const europe: readonly DocumentRow[] = [
  {
    country: 'at',
    adjective: 'Austrian',
    forms: ['A 9{7}', 'A9{7}'],
    words: { de: ['österreichischer reisepass', 'reisepass'] },
  },
  {
    country: 'be',
    adjective: 'Belgian',
    forms: ['A{2}9{6}'],
    words: { nl: ['paspoort', 'paspoortnummer'], fr: ['passeport belge'] },
  },
  {
    country: 'bg',
    adjective: 'Bulgarian',
    forms: ['9{9}'],
    words: { bg: ['номер на паспорта', 'български паспорт'] },
  },
  {
    country: 'by',
    adjective: 'Belarusian',
    forms: ['A{2}9{7}'],
    words: { ru: ['паспорт беларуси'] },
  },
  {
    country: 'cy',
    adjective: 'Cypriot',
    forms: ['A9{6}', 'A9{8}'],
    words: { el: ['κυπριακό διαβατήριο'] },
  },
  {
    country: 'cz',
    adjective: 'Czech',
    forms: ['9{8}'],
    words: { cs: ['cestovní pas', 'číslo pasu'] },
  },
  {
    country: 'dk',
    adjective: 'Danish',
    forms: ['9{9}'],
    words: { da: ['dansk pas', 'pasnummer'] },
  },
  {
    country: 'ee',
    adjective: 'Estonian',
    forms: ['A{1,2}9{7}'],
    words: { et: ['eesti pass', 'passi number'] },
  },
  {
    country: 'fi',
    adjective: 'Finnish',
    forms: ['A{2}9{7}'],
    words: { fi: ['passi', 'passin numero', 'passinumero'] },
  },
  {
    country: 'fr',
    adjective: 'French',
    forms: ['9{2}A{2}9{5}'],
    words: { fr: ['passeport', 'numéro de passeport'] },
  },
  {
    country: 'gr',
    adjective: 'Greek',
    forms: ['A{2}9{7}'],
    words: { el: ['διαβατήριο', 'αριθμός διαβατηρίου'] },
  },
  {
    country: 'hr',
    adjective: 'Croatian',
    forms: ['9{9}'],
    words: { hr: ['putovnica', 'broj putovnice'] },
  },
  {
    country: 'hu',
    adjective: 'Hungarian',
    forms: ['A{2}9{6,7}'],
    words: { hu: ['útlevél', 'útlevélszám'] },
  },
  { country: 'ie', adjective: 'Irish', forms: ['A{2}9{7}', 'A9{8}'], words: {} },
  {
    country: 'lt',
    adjective: 'Lithuanian',
    forms: ['9{8}'],
    words: { lt: ['pasas', 'paso numeris'] },
  },
  {
    country: 'lu',
    adjective: 'Luxembourgish',
    forms: ['A{2}9{6}', 'A{2}N{5}9'],
    words: { fr: ['passeport luxembourgeois'] },
  },
  {
    country: 'lv',
    adjective: 'Latvian',
    forms: ['A{2}9{7}'],
    words: { lv: ['pase', 'pases numurs'] },
  },
  { country: 'mt', adjective: 'Maltese', forms: ['9{7}'], words: {} },
  {
    country: 'nl',
    adjective: 'Dutch',
    forms: ['A{2}N{6}9'],
    words: { nl: ['nederlands paspoort', 'paspoort', 'paspoortnummer'] },
  },
  {
    country: 'pl',
    adjective: 'Polish',
    forms: ['A{2}9{7}'],
    words: { pl: ['paszport', 'numer paszportu'] },
  },
  {
    country: 'pt',
    adjective: 'Portuguese',
    forms: ['A{1,2}9{6}'],
    words: { pt: ['passaporte', 'número do passaporte'] },
  },
  {
    country: 'ro',
    adjective: 'Romanian',
    forms: ['9{8,9}'],
    words: { ro: ['pașaport', 'numărul pașaportului'] },
  },
  {
    country: 'ru',
    adjective: 'Russian',
    forms: ['9{2} 9{2} 9{6}', '9{4} 9{6}', '9{2} 9{7}', '9{10}'],
    words: { ru: ['паспорт', 'серия и номер паспорта', 'номер паспорта'] },
  },
  {
    country: 'se',
    adjective: 'Swedish',
    forms: ['9{8}', 'A{2}9{6}'],
    words: { sv: ['svenskt pass', 'passnummer'] },
  },
  {
    country: 'si',
    adjective: 'Slovenian',
    forms: ['A{2}9{7}'],
    words: { sl: ['potni list', 'številka potnega lista'] },
  },
  {
    country: 'sk',
    adjective: 'Slovak',
    forms: ['A{2}9{7}', '9{8}'],
    words: { sk: ['cestovný pas', 'číslo pasu'] },
  },
  {
    country: 'ua',
    adjective: 'Ukrainian',
    forms: ['A{2}9{6}', '9{9}'],
    words: { uk: ['паспорт україни', 'номер паспорту'] },
  },
];

const world: readonly DocumentRow[] = [
  { country: 'am', adjective: 'Armenian', forms: ['A{2}9{7}'], words: {} },
  { country: 'au', adjective: 'Australian', forms: ['A{1,2}9{7}'], words: {} },
  { country: 'az', adjective: 'Azerbaijani', forms: ['A9{8}', 'A{2}9{7}'], words: {} },
  {
    country: 'ca',
    adjective: 'Canadian',
    forms: ['A{2}9{6}', 'A9{6}A{2}'],
    words: { fr: ['passeport canadien'] },
  },
  {
    country: 'cn',
    adjective: 'Chinese',
    forms: ['A9{8}', 'A{2}9{7}'],
    words: { zh: ['护照', '护照号码'] },
  },
  {
    country: 'id',
    adjective: 'Indonesian',
    forms: ['A{1,2}9{6,7}'],
    words: { id: ['paspor', 'nomor paspor'] },
  },
  {
    country: 'jp',
    adjective: 'Japanese',
    forms: ['A{2}9{7}'],
    words: { ja: ['パスポート', '旅券番号', '旅券'] },
  },
  { country: 'kz', adjective: 'Kazakh', forms: ['A9{8}'], words: { ru: ['паспорт казахстана'] } },
  { country: 'mx', adjective: 'Mexican', forms: ['A9{8}'], words: { es: ['pasaporte mexicano'] } },
  { country: 'ph', adjective: 'Philippine', forms: ['A9{7}A', 'A{2}9{7}'], words: {} },
  { country: 'sg', adjective: 'Singapore', forms: ['A9{7}A'], words: {} },
  {
    country: 'tw',
    adjective: 'Taiwanese',
    forms: ['9{9}'],
    words: { zh: ['中華民國護照'] },
  },
  { country: 'uz', adjective: 'Uzbek', forms: ['A{2}9{7}'], words: {} },
];

/** Passports by country, beside those with files of their own. */
export const passports: readonly Detector[] = documentDetectors(
  {
    suffix: 'passport',
    nouns: ['passport', 'passport number', 'passport no'],
    sources: ['ICAO Doc 9303-4', 'PRADO, Council of the European Union'],
  },
  [...europe, ...world],
);
