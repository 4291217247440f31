import { isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Colombian citizenship card: six to ten digits, without a check digit. */
const coCedula = shapedDetector({
  id: 'co_cedula',
  category: 'identity',
  weight: 0.4,
  specificity: 45,
  floor: governmentId,
  shapes: [
    { name: 'with dots', form: '9{1,3}.9{3}.9{3}', base: 0.06 },
    { name: 'with dots, ten digits', form: '9.9{3}.9{3}.9{3}', base: 0.15 },
    { name: 'six to ten digits', form: '9{6,10}', base: 0.02 },
  ],
  check: (compact) => (compact[0] === '0' || isRepeated(compact) ? undefined : {}),
  sources: ['Registraduría Nacional del Estado Civil (Colombia)'],
  context: idContext(
    { es: ['cédula de ciudadanía', 'cedula', 'cédula', 'c.c.', 'número de cédula'] },
    { es: ['colombia', 'ciudadanía', 'registraduría', 'identificado con'] },
  ),
  hits: [
    'cédula de ciudadanía [1.014.820.917]',
    'C.C. [73.028.461]',
    '{"cedula":"[1193847502]"}',
    'nombre,cédula\nAna,[52905718]\n',
    'cédula de ciudadanía n. [3158103927]',
  ],
  misses: [
    'cédula de ciudadanía 10148',
    'cédula de ciudadanía 0148209173',
    'total 73.028.461 unidades',
    'teléfono 1193847502',
    'cédula de ciudadanía 99999999',
  ],
});

/** Colombian tax number: nine digits and a check digit by weights of primes. */
const coNit = shapedDetector({
  id: 'co_nit',
  category: 'financial',
  weight: 0.3,
  floor: governmentId,
  shapes: [
    { name: 'with dots', form: '9{3}.9{3}.9{3}-9', base: 0.6 },
    { name: 'with hyphen', form: '9{9}-9', base: 0.45 },
    { name: 'ten digits', form: '9{10}', base: 0.08 },
  ],
  check(compact) {
    const remainder = weightedSum(compact, [41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
    return (remainder < 2 ? remainder : 11 - remainder) === Number(compact[9]) &&
      !isRepeated(compact)
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['DIAN, Decreto 2460 de 2013 (RUT)'],
  context: bareContext(
    { es: ['nit', 'n.i.t.', 'número de identificación tributaria'] },
    { es: ['dian', 'colombia', 'razón social', 'rut'] },
  ),
  hits: [
    'NIT: [814.820.917-1]',
    'N.I.T. [830284619-8]',
    '{"nit":"[9019384751]"}',
    'empresa,nit\nAcme,[822905718-6]\n',
    'Acme S.A.S. [915.810.392-7]',
  ],
  misses: [
    'NIT: 814.820.917-4',
    'NIT: 814.820.917-15',
    'NIT: 1830284619-8',
    'total 9019384751 unidades',
    'NIT: 81.820.917-3',
  ],
});

/** Colombia: persons and taxpayers. */
export const coIds: readonly Detector[] = [coCedula, coNit];
