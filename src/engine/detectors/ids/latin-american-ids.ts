import { isRepeated, passesLuhnText, valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Chilean RUN and RUT: up to eight digits and a check character by mod 11. */
const clRut = shapedDetector({
  id: 'cl_rut',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'with dots', form: '9{1,2}.9{3}.9{3}-N', base: 0.7 },
    { name: 'with hyphen', form: '9{7,8}-N', base: 0.4 },
    { name: 'compact', form: '9{8,9}', base: 0.04 },
    { name: 'compact with K', form: '9{7,8}k', base: 0.2 },
  ],
  check(compact) {
    const digits = compact.slice(0, -1);
    if (isRepeated(digits)) return undefined;
    let sum = 0;
    for (let n = 0; n < digits.length; n++) {
      sum += valueAt(digits, digits.length - 1 - n) * ((n % 6) + 2);
    }
    return '0K987654321'[sum % 11] === compact.at(-1) ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['Servicio de Registro Civil e Identificación; SII (Chile)'],
  context: bareContext(
    {
      es: [
        'rut',
        'run',
        'r.u.t.',
        'rol único nacional',
        'rol único tributario',
        'cédula de identidad',
      ],
    },
    { es: ['chile', 'cédula', 'contribuyente', 'identidad'] },
  ),
  hits: [
    'RUT: [14.820.917-0]',
    'RUN [7.302.846-9]',
    '{"rut":"[19384750-1]"}',
    'nombre,rut\nAna,[22905718-9]\n',
    'cliente [15.810.392-3], Santiago',
  ],
  misses: [
    'RUT: 14.820.917-8',
    'RUT: 14.820.917-05',
    'RUT: 114.820.917-0',
    'RUT: 00.000.000-0',
    'total 19384750-1 unidades',
  ],
});

const cuitKind = /^(20|2[3-7]|30|33|34|50|51|55)/;

/** Argentine tax and labour number: kind, DNI and a check digit by mod 11. */
const arCuit = shapedDetector({
  id: 'ar_cuit',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: '2-8-1', form: '9{2}-9{8}-9', base: 0.75 },
    { name: 'with dots', form: '9{2}-9{2}.9{3}.9{3}-9', base: 0.85 },
    { name: 'eleven digits', form: '9{11}', base: 0.2 },
  ],
  check(compact) {
    const remainder = weightedSum(compact, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    const check = (11 - remainder) % 11;
    return cuitKind.test(compact) &&
      check === Number(compact[10]) &&
      !isRepeated(compact.slice(2, 10))
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['AFIP Resolución General 1817/05; ANSES, CUIL'],
  context: idContext(
    { es: ['cuit', 'cuil', 'c.u.i.t.', 'c.u.i.l.', 'clave única de identificación tributaria'] },
    { es: ['afip', 'anses', 'monotributo', 'argentina'] },
  ),
  hits: [
    'CUIT: [20-14820917-1]',
    'CUIL [27-30284619-2]',
    'proveedor [30-71938475-3]',
    '{"cuit":"[33702905716]"}',
    'nombre,cuil\nAna,[23-15810392-3]\n',
  ],
  misses: [
    'CUIT: 20-14820917-3',
    'CUIT: 20-14820917-15',
    'CUIT: 99-14820917-3',
    'teléfono 33702905716',
    'read 33702905716 bytes',
  ],
});

/** Argentine identity document: seven or eight digits, without a check digit. */
const arDni = shapedDetector({
  id: 'ar_dni',
  category: 'identity',
  weight: 0.4,
  specificity: 45,
  floor: governmentId,
  shapes: [
    { name: 'with dots', form: '9{1,2}.9{3}.9{3}', base: 0.08 },
    { name: 'seven or eight digits', form: '9{7,8}', base: 0.02 },
  ],
  check: (compact) => (/^9{8}$|^0/.test(compact) || isRepeated(compact) ? undefined : {}),
  sources: ['Ley 17.671 (Registro Nacional de las Personas)'],
  context: idContext(
    { es: ['dni', 'd.n.i.', 'documento nacional de identidad', 'documento'] },
    { es: ['argentina', 'renaper', 'titular'] },
  ),
  hits: [
    'DNI: [14.820.917]',
    'D.N.I. [30.284.619]',
    '{"dni":"[7193847]"}',
    'nombre,dni\nAna,[22905718]\n',
    'documento nacional de identidad [35.810.392]',
  ],
  misses: [
    'DNI: 99999999',
    'DNI: 14.820.9171',
    'total 14.820.917 unidades',
    'teléfono 22905718',
    'DNI: 148209',
  ],
});

/** Ecuadorian identity card: province, nine digits and a check digit by Luhn. */
const ecCedula = shapedDetector({
  id: 'ec_cedula',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'nine and one', form: '9{9}-9', base: 0.35 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    const province = Number(compact.slice(0, 2));
    const isProvince = (province >= 1 && province <= 24) || province === 30;
    return isProvince && /^..[0-5]/.test(compact) && passesLuhnText(compact)
      ? { validator: 'luhn:passed' }
      : undefined;
  },
  sources: ['Registro Civil del Ecuador'],
  context: idContext(
    { es: ['cédula', 'cédula de identidad', 'cédula de ciudadanía', 'ci', 'c.i.'] },
    { es: ['ecuador', 'registro civil'] },
  ),
  hits: [
    'cédula [171482091-5]',
    'C.I. [0913028460], Ecuador',
    '{"cédula":"[010193847-0]"}',
    'nombre,cédula de identidad\nAna,[122905718-5]\n',
    'cédula de identidad [241581039-5]',
  ],
  misses: [
    'cédula 171482091-9',
    'cédula 991482091-7',
    'cédula 171482091-55',
    'teléfono 0913028460',
    'total 010193847-0 unidades',
  ],
});

/** Argentina, Chile and Ecuador. */
export const latinAmericanIds: readonly Detector[] = [arCuit, arDni, clRut, ecCedula];
