import { isRepeated, passesLuhnText, remainderOf } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** French social security number: sex, year, month, place, order, and 97 less the remainder. */
const frNir = shapedDetector({
  id: 'fr_nir',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: '9s9{2}s9{2}s9{2}s9{3}s9{3}s9{2}', base: 0.9 },
    { name: 'grouped, Corsica', form: '9s9{2}s9{2}s9As9{3}s9{3}s9{2}', base: 0.9 },
    { name: 'key apart', form: '9{13} 9{2}', base: 0.75 },
    { name: 'fifteen digits', form: '9{15}', base: 0.6 },
    { name: 'Corsica', form: '9{6}A9{8}', base: 0.75 },
  ],
  check(compact) {
    const month = Number(compact.slice(3, 5));
    const isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    if (!/^[1-478]/.test(compact) || !isMonth || /^.{5}00/.test(compact)) return undefined;
    if (/^.{6}[^\dAB]/.test(compact)) return undefined;
    const number = compact
      .slice(0, 13)
      .replace(/^(.{5})2A/, '$119')
      .replace(/^(.{5})2B/, '$118');
    if (/\D/.test(number)) return undefined;
    return 97 - remainderOf(number, 97) === Number(compact.slice(13))
      ? { validator: 'mod97:passed' }
      : undefined;
  },
  sources: ['Décret n° 82-103 du 22 janvier 1982 (RNIPP); INSEE'],
  context: idContext(
    {
      fr: [
        'sécurité sociale',
        'numéro de sécurité sociale',
        'n° de sécurité sociale',
        'nir',
        'insee',
        'numéro insee',
        'carte vitale',
        'numéro de sécu',
      ],
      en: ['french social security number'],
    },
    { fr: ['assuré', 'cpam', 'assurance maladie'] },
  ),
  hits: [
    'sécurité sociale [2 85 04 75 148 209 86]',
    'NIR : [172110327302836]',
    'assurée [2 01 07 2A 301 938 55]',
    '{"nir":"[1930233290571 07]"}',
    'nom,numéro de sécurité sociale\nAnne,[200072B45810339]\n',
  ],
  misses: [
    'sécurité sociale 2 85 04 75 148 209 92',
    'sécurité sociale 9 85 04 75 148 209 47',
    'sécurité sociale 2 85 14 75 148 209 47',
    'sécurité sociale 1721103273028365',
    'facture X172110327302836',
  ],
});

/** French tax reference of a person: thirteen digits, the last three the rest by 511. */
const frSpi = shapedDetector({
  id: 'fr_tax_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: '9{2} 9{2} 9{3} 9{3} 9{3}', base: 0.7 },
    { name: 'thirteen digits', form: '9{13}', base: 0.4 },
  ],
  check(compact) {
    return /^[0-3]/.test(compact) &&
      Number(compact.slice(0, 10)) % 511 === Number(compact.slice(10))
      ? { validator: 'mod511:passed' }
      : undefined;
  },
  sources: ['Direction générale des Finances publiques (numéro SPI); European Commission, TIN'],
  context: idContext(
    {
      fr: ['numéro fiscal', 'spi', 'numéro spi', 'référence fiscale', 'identifiant fiscal', 'tin'],
      en: ['french tax number'],
    },
    { fr: ['impôts', 'impôt', 'dgfip', "avis d'imposition", 'déclarant'] },
  ),
  hits: [
    'numéro fiscal [30 20 917 302 277]',
    'Numéro SPI : [0730284610202]',
    '{"numeroFiscal":"[1938475062139]"}',
    'nom,référence fiscale\nAnne,[2905718304097]\n',
    'identifiant fiscal [1581039274164]',
  ],
  misses: [
    'numéro fiscal 30 20 917 302 444',
    'numéro fiscal 4820917302001',
    'numéro fiscal 07302846102025',
    'timestamp 1938475062139',
    'commande 1938475062139',
  ],
});

/** French number of a company (SIREN) or establishment (SIRET), by Luhn. */
const frSiret = shapedDetector({
  id: 'fr_siret',
  category: 'financial',
  weight: 0.1,
  shapes: [
    { name: 'SIREN', form: '9{3} 9{3} 9{3}', base: 0.15 },
    { name: 'SIREN, compact', form: '9{9}', base: 0.06 },
    { name: 'SIRET', form: '9{3} 9{3} 9{3} 9{5}', base: 0.35 },
    { name: 'SIRET, compact', form: '9{14}', base: 0.25 },
  ],
  check(compact) {
    const isRight = passesLuhnText(compact.slice(0, 9)) && passesLuhnText(compact);
    return isRight && !isRepeated(compact) ? { validator: 'luhn:passed' } : undefined;
  },
  sources: ['Code de commerce, R. 123-220 and following; INSEE, SIRENE'],
  context: bareContext(
    { fr: ['siret', 'siren', 'n° siret', 'n° siren', 'numéro siret', 'numéro siren'] },
    { fr: ['rcs', 'sarl', 'sas', 'société', 'entreprise', 'ape'] },
  ),
  hits: [
    'SIRET [482 091 733 00014]',
    'SIREN : [730 284 619]',
    '{"siren":"[193847506]"}',
    'société,siret\nAcme,[29057183500021]\n',
    'Acme SARL, n° SIREN [581039278]',
  ],
  misses: [
    'SIREN 730 284 618',
    'SIREN 1938475065',
    'SIREN X193847506',
    'compteur 193847506 relevé',
    'SIRET 2905718350002',
  ],
});

/** French national identity card: nine characters since 2021, twelve digits before. */
const frIdCard = shapedDetector({
  id: 'fr_id_card',
  category: 'identity',
  weight: 0.4,
  specificity: 45,
  floor: governmentId,
  shapes: [
    { name: 'twelve digits', form: '9{12}', base: 0.04 },
    { name: 'twelve characters', form: '9{2}9{2}N{3}9{5}', base: 0.05 },
    { name: 'nine characters', form: 'A9{1,2}N{6,7}', base: 0.08 },
  ],
  check(compact) {
    const month = Number(compact.slice(2, 4));
    if (compact.length === 12 && (month < 1 || month > 12)) return undefined;
    if (compact.length < 9 || (compact.length === 9 && !/\d$/.test(compact))) return undefined;
    return isRepeated(compact) ? undefined : {};
  },
  sources: ['Décret n° 55-1397 du 22 octobre 1955; Décret n° 2021-279'],
  context: idContext(
    {
      fr: ["carte d'identité", "carte nationale d'identité", 'cni', "numéro de carte d'identité"],
      en: ['french identity card'],
    },
    { fr: ["pièce d'identité", 'titre', 'préfecture'] },
  ),
  hits: [
    "carte d'identité [850475148209]",
    'CNI : [T48X09173]',
    '{"cni":"[071192730284]"}',
    "nom,carte nationale d'identité\nAnne,[930233290571]\n",
    'CNI n° [120775458103]',
  ],
  misses: [
    "carte d'identité 851375148209",
    "carte d'identité 8504751482091",
    "carte d'identité X850475148209",
    'total 071192730284 octets',
    'commande 071192730284',
  ],
});

/** France: persons, taxpayers, companies and identity cards. */
export const frIds: readonly Detector[] = [frIdCard, frNir, frSiret, frSpi];
