import {
  isDate,
  isRepeated,
  passesLuhnText,
  passesVerhoeff,
  remainderOf,
  weightedSum,
} from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Dutch citizen service number: nine digits by the eleven test. */
const nlBsn = shapedDetector({
  id: 'nl_bsn',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-2-3', form: '9{4}.9{2}.9{3}', base: 0.35 },
    { name: '3-3-3', form: '9{3}s9{3}s9{3}', base: 0.15 },
    { name: 'nine digits', form: '9{9}', base: 0.1 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [9, 8, 7, 6, 5, 4, 3, 2, -1]);
    return sum % 11 === 0 && !isRepeated(compact) && !compact.startsWith('00')
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Wet algemene bepalingen burgerservicenummer; RvIG, Logisch ontwerp BSN'],
  context: idContext(
    { nl: ['bsn', 'burgerservicenummer', 'sofinummer', 'sofi-nummer'], en: ['dutch bsn'] },
    { nl: ['persoonsnummer', 'identiteitsnummer', 'belastingdienst', 'geboortedatum'] },
  ),
  hits: [
    'BSN: [482091721]',
    'burgerservicenummer [7302.84.633]',
    '{"bsn":"[193847504]"}',
    'naam,bsn\nAnna,[290571819]\n',
    'Sofinummer [581 039 257]',
  ],
  misses: [
    'BSN: 482091739',
    'BSN: 4820917215',
    'BSN: X482091721',
    'meter 730284608 afgelezen',
    'bestelling 193847504',
  ],
});

/** Belgian national number: birth date, serial and 97 less the remainder; 2 before it from 2000. */
const beNrn = shapedDetector({
  id: 'be_national_number',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'yy.mm.dd-nnn.cc', form: '9{2}.9{2}.9{2}-9{3}.9{2}', base: 0.85 },
    { name: 'yymmdd-nnn-cc', form: '9{6}-9{3}-9{2}', base: 0.75 },
    { name: 'yymmdd nnn cc', form: '9{6} 9{3} 9{2}', base: 0.6 },
    { name: 'eleven digits', form: '9{11}', base: 0.45 },
  ],
  check(compact) {
    const month = Number(compact.slice(2, 4)) % 20;
    const day = Number(compact.slice(4, 6));
    // Who does not know the day has zeros; months are 20 or 40 higher in the bis register.
    if (month > 12 || day > 31 || compact.startsWith('000000')) return undefined;
    const body = compact.slice(0, 9);
    const check = Number(compact.slice(9));
    const isRight =
      97 - remainderOf(body, 97) === check || 97 - remainderOf(`2${body}`, 97) === check;
    return isRight ? { validator: 'mod97:passed' } : undefined;
  },
  sources: ['Koninklijk besluit van 3 april 1984 (Rijksregisternummer)'],
  context: idContext(
    {
      nl: ['rijksregisternummer', 'rijksregister', 'insz', 'identificatienummer'],
      fr: ['numéro national', 'registre national', 'numéro de registre national', 'niss'],
      en: ['belgian national number', 'national register number'],
    },
    { nl: ['rr-nummer'], fr: ['numéro de sécurité sociale'] },
  ),
  hits: [
    'rijksregisternummer [85.04.12-148.73]',
    'numéro national: [721103-273-62]',
    'client [01.07.28-301.93], Liège',
    '{"niss":"[93021529063]"}',
    'naam,rijksregisternummer\nAnna,[000706 458 22]\n',
  ],
  misses: [
    'rijksregisternummer 85.04.12-148.40',
    'rijksregisternummer 85.13.12-148.20',
    'rijksregisternummer 85.04.12-148.735',
    'telefoon 72110327362',
    'rijksregisternummer X93021529063',
  ],
});

/** Luxembourg's national number: birth date, serial, and check digits by Luhn and Verhoeff. */
const luNationalId = shapedDetector({
  id: 'lu_national_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'yyyymmdd nnncc', form: '9{8} 9{5}', base: 0.75 },
    { name: 'thirteen digits', form: '9{13}', base: 0.6 },
  ],
  check(compact) {
    if (!/^(1[89]|20)/.test(compact)) return undefined;
    const year = Number(compact.slice(0, 4));
    const isDay = isDate(year, Number(compact.slice(4, 6)), Number(compact.slice(6, 8)));
    if (!isDay) return undefined;
    const body = compact.slice(0, 11);
    return passesLuhnText(compact.slice(0, 12)) && passesVerhoeff(body + compact[12])
      ? { validator: 'luhn,verhoeff:passed' }
      : undefined;
  },
  sources: ['Loi du 19 juin 2013 relative à l’identification des personnes physiques'],
  context: idContext(
    {
      fr: ["numéro d'identification national", 'matricule', 'numéro de matricule'],
      de: ['matrikel', 'matrikelnummer', 'identifikationsnummer'],
      en: ['luxembourg id', 'national identification number'],
    },
    { fr: ['luxembourg', 'ccss'] },
  ),
  hits: [
    'matricule [1985041214117]',
    'numéro de matricule: [19721103 27886]',
    'assuré [2001072830752]',
    '{"matricule":"[1993021529544]"}',
    'nom,matricule\nAnne,[2000070645001]\n',
  ],
  misses: [
    'matricule 1985041214713',
    'matricule 1985131214820',
    'matricule 19850412141175',
    'timestamp 1700000000001',
    'matricule X1993021529544',
  ],
});

/** Dutch VAT id: NL, nine digits, B and two; of companies by the eleven test, else by mod 97. */
const nlVatId = shapedDetector({
  id: 'nl_vat_id',
  category: 'financial',
  weight: 0.15,
  specificity: 55,
  shapes: [
    { name: 'compact', form: 'nl9{9}b9{2}', base: 0.8 },
    { name: 'grouped', form: 'nl 9{4}.9{2}.9{3}.b.9{2}', base: 0.85 },
    { name: 'grouped', form: 'nl9{4}.9{2}.9{3}.b9{2}', base: 0.85 },
  ],
  check(compact) {
    const digits = compact.slice(2, 11);
    if (weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0) {
      return { validator: 'mod11:passed' };
    }
    const number = `2321${digits}11${compact.slice(12)}`;
    return remainderOf(number, 97) === 1 ? { validator: 'mod97:passed' } : undefined;
  },
  sources: ['Belastingdienst, btw-identificatienummer (2020); European Commission, VIES'],
  context: bareContext(
    { nl: ['btw', 'btw-nummer', 'btw-id', 'btw-identificatienummer'], en: ['vat', 'vat number'] },
    { nl: ['factuur', 'kvk'], en: ['invoice'] },
  ),
  hits: [
    'btw-id [NL482091782B01]',
    'BTW-nummer: [NL730284608B02]',
    'Acme B.V. [NL193847524B01]',
    '{"vat":"[NL290571844B04]"}',
    'VAT number [NL581039294B01]',
  ],
  misses: [
    'btw-id NL482091728B01',
    'btw-id NL48209173B01',
    'btw-id NL482091782B015',
    'btw-id XNL482091782B01',
    'btw-id NL482091730C01',
  ],
});

/** Belgium, Luxembourg and the Netherlands. */
export const beneluxIds: readonly Detector[] = [beNrn, luNationalId, nlBsn, nlVatId];
