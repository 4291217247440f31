import { isRepeated, valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Peruvian taxpayer number: kind, DNI or serial, and a check digit by mod 11. */
const peRuc = shapedDetector({
  id: 'pe_ruc',
  category: 'financial',
  weight: 0.3,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.2 }],
  check(compact) {
    const check = 11 - (weightedSum(compact, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
    return /^(10|15|16|17|20)/.test(compact) && check % 10 === Number(compact[10])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['SUNAT, Resolución N° 210-2004 (RUC)'],
  context: bareContext(
    { es: ['ruc', 'r.u.c.', 'registro único de contribuyentes'] },
    { es: ['sunat', 'razón social', 'perú'] },
  ),
  hits: [
    'RUC: [20148209171]',
    'R.U.C. [10730284611]',
    '{"ruc":"[20193847502]"}',
    'empresa,ruc\nAcme,[20290571830]\n',
    'SUNAT, RUC n. [10581039277]',
  ],
  misses: [
    'RUC: 20148209175',
    'RUC: 201482091715',
    'RUC: 99148209173',
    'read 20193847502 bytes',
    'RUC: X10730284611',
  ],
});

/** Peruvian identity document: eight digits and perhaps a check character. */
const peDni = shapedDetector({
  id: 'pe_dni',
  category: 'identity',
  weight: 0.4,
  specificity: 44,
  floor: governmentId,
  shapes: [
    { name: 'eight digits', form: '9{8}', base: 0.02 },
    { name: 'with check character', form: '9{8}-N', base: 0.15 },
  ],
  check(compact) {
    if (isRepeated(compact.slice(0, 8))) return undefined;
    if (compact.length === 8) return {};
    const remainder = weightedSum(compact, [3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    const last = compact[8] as string;
    const isRight = '65432110987'[remainder] === last || 'KJIHGFEDCBA'[10 - remainder] === last;
    return isRight ? { validator: 'mod11:passed' } : undefined;
  },
  sources: ['RENIEC (Perú), código de verificación del DNI'],
  context: idContext(
    { es: ['dni', 'd.n.i.', 'documento nacional de identidad'] },
    { es: ['perú', 'reniec', 'documento'] },
  ),
  hits: [
    'DNI n. [14820917-6], Lima',
    'DNI [73028461-1]',
    '{"dni":"[19384750-7]"}',
    'nombre,dni\nAna,[29057183-4]\n',
    'RENIEC, DNI [58103927-7]',
  ],
  misses: [
    'DNI n. 14820917-9',
    'DNI 00000000',
    'DNI 1482091',
    'total 73028461 unidades',
    'teléfono 73028461',
  ],
});

/** Uruguayan identity card: seven digits and a check digit by mod 10. */
const uyCi = shapedDetector({
  id: 'uy_ci',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'with dots', form: '9.9{3}.9{3}-9', base: 0.5 },
    { name: 'with hyphen', form: '9{7}-9', base: 0.25 },
    { name: 'eight digits', form: '9{8}', base: 0.04 },
  ],
  check(compact) {
    const sum = weightedSum(compact, [2, 9, 8, 7, 6, 3, 4]);
    return (10 - (sum % 10)) % 10 === Number(compact[7]) && !isRepeated(compact)
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['Dirección Nacional de Identificación Civil (Uruguay)'],
  context: idContext(
    { es: ['ci', 'c.i.', 'cédula', 'cédula de identidad'] },
    { es: ['uruguay', 'montevideo', 'documento'] },
  ),
  hits: [
    'C.I. [1.482.091-3]',
    'cédula de identidad [3082416-5]',
    '{"ci":"[1.938.475-2]"}',
    'nombre,cédula\nAna,[2905718-3]\n',
    'titular [5.810.392-7], Montevideo',
  ],
  misses: [
    'C.I. 1.482.091-1',
    'C.I. 1.482.091-35',
    'C.I. 13082416-9',
    'total 3028461-9 unidades',
    'teléfono 2905718-3',
  ],
});

/** Venezuelan identity card and tax number: a letter, digits, and for the RIF a check digit. */
const veCi = shapedDetector({
  id: 've_ci',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'identity card', form: 'A-{0,1}9{7,8}', base: 0.1 },
    { name: 'identity card, dots', form: 'A-{0,1}9{1,2}.9{3}.9{3}', base: 0.35 },
    { name: 'RIF', form: 'A-9{8}-9', base: 0.55 },
    { name: 'RIF, compact', form: 'A9{9}', base: 0.2 },
  ],
  check(compact, { name }) {
    if (!name.startsWith('RIF')) return /^[VE]/.test(compact) ? {} : undefined;
    const kind = ' VEJPG'.indexOf(compact[0] as string);
    if (kind < 1) return undefined;
    let sum = kind * 4;
    [3, 2, 7, 6, 5, 4, 3, 2].forEach((weight, n) => {
      sum += valueAt(compact, n + 1) * weight;
    });
    const check = 11 - (sum % 11);
    return (check > 9 ? 0 : check) === Number(compact[9])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['SAIME; SENIAT, Providencia 0048 (RIF)'],
  context: idContext(
    { es: ['cédula', 'cédula de identidad', 'c.i.', 'ci', 'rif', 'r.i.f.'] },
    { es: ['venezuela', 'caracas', 'saime', 'seniat'] },
  ),
  hits: [
    'C.I. [V-14.820.917]',
    'cédula de identidad [V73028461]',
    'RIF: [J-19384750-0]',
    '{"rif":"[G-29057183-0]"}',
    'nombre,cédula\nAna,[E-5810392]\n',
  ],
  misses: [
    'RIF: J-19384750-4',
    'C.I. X-14.820.917',
    'C.I. V-148209',
    'part V73028461 in stock',
    'serial number E-5810392',
  ],
});

/** Paraguayan tax number: digits and a check digit by mod 11. */
const pyRuc = shapedDetector({
  id: 'py_ruc',
  category: 'financial',
  weight: 0.3,
  floor: governmentId,
  shapes: [{ name: 'with hyphen', form: '9{6,8}-9', base: 0.2 }],
  check(compact) {
    const digits = compact.slice(0, -1);
    let sum = 0;
    for (let n = 0; n < digits.length; n++) sum += valueAt(digits, digits.length - 1 - n) * (n + 2);
    const remainder = sum % 11;
    return (remainder > 1 ? 11 - remainder : 0) === Number(compact.at(-1))
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['SET (Paraguay), Ley 125/91, dígito verificador del RUC'],
  context: bareContext(
    { es: ['ruc', 'r.u.c.', 'registro único de contribuyentes'] },
    { es: ['paraguay', 'asunción', 'razón social'] },
  ),
  hits: [
    'RUC: [8148209-4]',
    'R.U.C. [3028461-9]',
    '{"ruc":"[80193847-3]"}',
    'empresa,ruc\nAcme,[2905718-3]\n',
    'Asunción, RUC [5810392-9]',
  ],
  misses: [
    'RUC: 8148209-5',
    'RUC: 8148209-45',
    'RUC: X8148209-4',
    'range 3028461-9 of the map',
    'RUC: 81482-0',
  ],
});

/** Paraguay, Peru, Uruguay and Venezuela. */
export const andeanIds: readonly Detector[] = [peDni, peRuc, pyRuc, uyCi, veCi];
