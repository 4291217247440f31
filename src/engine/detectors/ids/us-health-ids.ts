import { isRepeated, passesLuhnText, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** National provider identifier: Luhn over the number with the issuer's prefix 80840. */
const usNpi = shapedDetector({
  id: 'us_npi',
  category: 'health',
  weight: 0.15,
  shapes: [
    { name: 'ten digits', form: '9{10}', base: 0.12 },
    { name: '4-3-3', form: '9{4}s9{3}s9{3}', base: 0.2 },
  ],
  check(compact) {
    if (!/^[12]/.test(compact) || isRepeated(compact.slice(0, 9))) return undefined;
    return passesLuhnText(`80840${compact}`) ? { validator: 'luhn:passed' } : undefined;
  },
  sources: ['45 CFR 162.406; CMS, NPI check digit calculation'],
  context: idContext(
    {
      en: ['npi', 'npis', 'npi number', 'national provider', 'national provider identifier'],
    },
    { en: ['provider', 'provider id', 'provider identifier', 'taxonomy', 'physician', 'hipaa'] },
  ),
  hits: [
    'NPI: [1472039514]',
    'National Provider Identifier [2681047355]',
    '{"npi":"[1938402678]"}',
    'provider,npi\nDr. Roe,[1049283769]\n',
    'physician NPI number [1850-246-392]',
  ],
  misses: [
    'NPI 1472039513',
    'NPI 3472039514',
    'NPI 14720395147',
    'seq 1938402678 written',
    'phone 1938402678',
    'NPI 1111111112',
  ],
});

/** Medicare beneficiary identifier: eleven characters, no S, L, O, I, B or Z among the letters. */
const usMbi = shapedDetector({
  id: 'us_mbi',
  category: 'health',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-3-4', form: '9AN9-AN9-A{2}9{2}', base: 0.65 },
    { name: 'compact', form: '9AN9AN9A{2}9{2}', base: 0.45 },
  ],
  check: (compact) => (/^[1-9]/.test(compact) && !/[SLOIBZ]/.test(compact) ? {} : undefined),
  sources: ['CMS, Understanding the Medicare Beneficiary Identifier format'],
  context: idContext(
    { en: ['mbi', 'medicare', 'medicare beneficiary', 'medicare id', 'medicare number'] },
    { en: ['beneficiary', 'cms', 'medicaid', 'hicn', 'hic'] },
  ),
  hits: [
    'MBI: [2FH7-WR4-KM61]',
    'Medicare number [9TD3EQ8VY20]',
    'claim of [6CA1-N29-PX47] paid',
    '{"medicareId":"[4GY5UJ0HK83]"}',
    'beneficiary,mbi\nJane,[7MN2-P81-QT35]\n',
  ],
  misses: [
    'MBI 2BH7-WR4-KM61',
    'MBI 0FH7-WR4-KM61',
    'MBI 2FH7-WR4-KM617',
    'MBI A2FH7-WR4-KM61',
    'serial 9TD3EQ8VY20',
    'id 9TD3EQ8VY20 in the list',
  ],
});

/** Registration of the Drug Enforcement Administration for whoever handles drugs. */
const usDea = shapedDetector({
  id: 'us_dea',
  category: 'health',
  weight: 0.3,
  specificity: 55,
  floor: governmentId,
  shapes: [
    { name: 'two letters and seven digits', form: 'A{2}9{7}', base: 0.35 },
    { name: 'letter, 9 and seven digits', form: 'A9{8}', base: 0.2 },
  ],
  check(compact) {
    if (!/^[ABCDEFGHJKLMPRSTUX][A-Z9]/.test(compact)) return undefined;
    const sum = weightedSum(compact.slice(2), [1, 2, 1, 2, 1, 2]);
    return sum % 10 === Number(compact[8]) ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['DEA, Diversion Control Division, registration number check'],
  context: idContext(
    { en: ['dea', 'dea number', 'dea registration', 'dea no', 'drug enforcement', 'dea #'] },
    { en: ['medical', 'prescriber', 'prescription', 'certificate', 'controlled substance'] },
  ),
  hits: [
    'DEA number [BR4817308]',
    'DEA: [MK9204619]',
    '{"dea":"[AS7351822]"}',
    'prescriber,dea\nDr. Roe,[FT6081424]\n',
    'Drug Enforcement registration [XD2739401].',
  ],
  misses: [
    'DEA number BR4817304',
    'DEA number BR48173082',
    'DEA number XBR4817308',
    'item BR4817308 in stock',
    'serial number MK9204619',
  ],
});

/** Health care of the United States: beneficiaries, providers and prescribers. */
export const usHealthIds: readonly Detector[] = [usDea, usMbi, usNpi];
