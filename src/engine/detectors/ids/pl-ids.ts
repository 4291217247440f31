import { isDate, isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

const centuries = [1900, 2000, 2100, 2200, 1800];

/** Polish PESEL: birth date with the century in the month, serial, check digit by mod 10. */
const plPesel = shapedDetector({
  id: 'pl_pesel',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.35 }],
  check(compact) {
    const month = Number(compact.slice(2, 4));
    const century = centuries[Math.floor(month / 20)] ?? 0;
    const year = century + Number(compact.slice(0, 2));
    if (!isDate(year, month % 20, Number(compact.slice(4, 6)))) return undefined;
    const sum = weightedSum(compact, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    return sum % 10 === 0 ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['Ustawa o ewidencji ludności z 24 września 2010, art. 15'],
  context: idContext(
    { pl: ['pesel', 'nr pesel', 'numer pesel'] },
    { pl: ['urodzony', 'urodzona', 'data urodzenia', 'dowód osobisty'] },
  ),
  hits: [
    'PESEL: [85041248202]',
    'nr PESEL [72110327302]',
    '{"pesel":"[01272830195]"}',
    'imię,pesel\nAnna,[93021552906]\n',
    'numer PESEL [00270645811]',
  ],
  misses: [
    'PESEL 85041248200',
    'PESEL 85133248209',
    'PESEL 850412482025',
    'licznik 72110327302 impulsów',
    'zamówienie 72110327302',
  ],
});

/** Polish tax number NIP: ten digits, the last by mod 11. */
const plNip = shapedDetector({
  id: 'pl_nip',
  category: 'financial',
  weight: 0.2,
  shapes: [
    { name: '3-3-2-2', form: '9{3}-9{3}-9{2}-9{2}', base: 0.45 },
    { name: '3-2-2-3', form: '9{3}-9{2}-9{2}-9{3}', base: 0.45 },
    { name: 'with country', form: 'pl9{10}', base: 0.6 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    const digits = compact.slice(-10);
    const sum = weightedSum(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]);
    return sum % 11 === Number(digits[9]) && !isRepeated(digits) && digits[0] !== '0'
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Ustawa o zasadach ewidencji i identyfikacji podatników z 13 października 1995'],
  context: bareContext(
    { pl: ['nip', 'numer nip', 'nr nip', 'numer identyfikacji podatkowej'], en: ['vat'] },
    { pl: ['podatnik', 'firma', 'faktura', 'sp. z o.o.', 'urząd skarbowy'] },
  ),
  hits: [
    'NIP: [482-091-73-66]',
    'Acme Sp. z o.o., NIP [7302846039]',
    '{"nip":"[1938475068]"}',
    'firma,nip\nAcme,[290-57-18-371]\n',
    'VAT [PL5810392744]',
  ],
  misses: [
    'NIP 482-091-73-86',
    'NIP 73028460395',
    'NIP X7302846039',
    'licznik 1938475068 impulsów',
    'NIP 482-091-7-312',
  ],
});

/** Polish REGON of a business: nine digits, or fourteen for a branch; both by mod 11. */
const plRegon = shapedDetector({
  id: 'pl_regon',
  category: 'financial',
  weight: 0.1,
  shapes: [
    { name: 'nine digits', form: '9{9}', base: 0.1 },
    { name: 'fourteen digits', form: '9{14}', base: 0.2 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [8, 9, 2, 3, 4, 5, 6, 7]);
    if ((sum % 11) % 10 !== Number(compact[8]) || isRepeated(compact)) return undefined;
    if (compact.length === 9) return { validator: 'mod11:passed' };
    const long = weightedSum(compact, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]);
    return (long % 11) % 10 === Number(compact[13])
      ? { validator: 'mod11,mod11:passed' }
      : undefined;
  },
  sources: ['Rozporządzenie Rady Ministrów z 30 listopada 2015 (rejestr REGON)'],
  context: bareContext(
    { pl: ['regon', 'nr regon', 'numer regon'] },
    { pl: ['gus', 'przedsiębiorca', 'działalność gospodarcza'] },
  ),
  hits: [
    'REGON: [482091733]',
    'numer REGON [730284601]',
    '{"regon":"[193847502]"}',
    'firma,regon\nAcme,[290571835]\n',
    'REGON [58103927100014]',
  ],
  misses: [
    'REGON 482091734',
    'REGON 4820917335',
    'REGON X482091733',
    'licznik 730284601 impulsów',
    'zamówienie 730284601',
  ],
});

/** Polish identity card: three letters, a check digit by weights 7, 3, 1, and five digits. */
const plIdentityCard = shapedDetector({
  id: 'pl_identity_card',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'compact', form: 'A{3}9{6}', base: 0.3 },
    { name: 'letters apart', form: 'A{3} 9{6}', base: 0.3 },
  ],
  check(compact) {
    if (/[OQ]/.test(compact.slice(0, 3))) return undefined;
    const sum = weightedSum(compact, [7, 3, 1, 0, 7, 3, 1, 7, 3]);
    return sum % 10 === Number(compact[3]) ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['Ustawa o dowodach osobistych z 6 sierpnia 2010; ICAO Doc 9303 weights'],
  context: idContext(
    {
      pl: [
        'dowód osobisty',
        'nr dowodu',
        'numer dowodu',
        'seria i numer dowodu',
        'dowodu osobistego',
      ],
    },
    { pl: ['dokument tożsamości', 'dowód'], en: ['polish id', 'identity card'] },
  ),
  hits: [
    'dowód osobisty [CAB648209]',
    'nr dowodu: [DXK 673028]',
    '{"numerDowodu":"[ARL719384]"}',
    'imię,nr dowodu\nAnna,[BPM129057]\n',
    'seria i numer dowodu [CCE358103]',
  ],
  misses: [
    'dowód osobisty CAB348209',
    'dowód osobisty CAB6482097',
    'dowód osobisty XCAB648209',
    'model DXK673028 dostępny',
    'numer seryjny ARL719384',
  ],
});

/** Poland: persons, their cards, taxpayers and businesses. */
export const plIds: readonly Detector[] = [plIdentityCard, plNip, plPesel, plRegon];
