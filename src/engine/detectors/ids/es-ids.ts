import { isRepeated, remainderOf } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

const controlLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

function checkLetter(digits: string, letter: string): Check | undefined {
  return controlLetters[remainderOf(digits, 23)] === letter
    ? { validator: 'mod23:passed' }
    : undefined;
}

/** Spanish DNI and NIF of a person: up to eight digits and the letter of their remainder by 23. */
const esNif = shapedDetector({
  id: 'es_nif',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'compact', form: '9{8}A', base: 0.45 },
    { name: 'with hyphen', form: '9{7,8}-A', base: 0.5 },
    { name: 'with dots', form: '9{1,2}.9{3}.9{3}-{0,1}A', base: 0.6 },
    { name: 'with blank', form: '9{8} A', base: 0.2 },
    { name: 'seven digits', form: '9{7}A', base: 0.2 },
  ],
  check: (compact) => checkLetter(compact.slice(0, -1), compact.slice(-1)),
  sources: ['Real Decreto 1553/2005; Ministerio del Interior, cálculo del dígito de control'],
  context: bareContext(
    {
      es: [
        'dni',
        'nif',
        'd.n.i.',
        'n.i.f.',
        'documento nacional de identidad',
        'número de identificación fiscal',
      ],
    },
    { es: ['identificación', 'documento', 'titular', 'identidad'] },
  ),
  hits: [
    'DNI [48210736E]',
    'NIF: [7302914-T]',
    'con documento nacional de identidad [61.047.382-T]',
    '{"dni":"[05918243K]"}',
    'nombre,nif\nAna,[83049261X]\n',
  ],
  misses: [
    'DNI 482107362',
    'DNI 48210736EX',
    'DNI 148210736E',
    'DNI 148210736',
    'pieza 48210736E disponible',
  ],
});

/** Spanish number of a foreigner: X, Y or Z (0, 1, 2), seven digits and the letter by mod 23. */
const esNie = shapedDetector({
  id: 'es_nie',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'compact', form: 'A9{7}A', base: 0.5 },
    { name: 'with hyphens', form: 'A-9{7}-A', base: 0.6 },
    { name: 'with hyphen', form: 'A-{0,1}9{7}-A', base: 0.5 },
  ],
  check(compact) {
    const first = 'XYZ'.indexOf(compact[0] ?? ' ');
    return first < 0 ? undefined : checkLetter(first + compact.slice(1, 8), compact.slice(8));
  },
  sources: ['Real Decreto 557/2011, art. 206; Orden INT/2058/2008'],
  context: bareContext(
    {
      es: [
        'nie',
        'n.i.e.',
        'número de identidad de extranjero',
        'número de identificación de extranjero',
      ],
    },
    { es: ['extranjero', 'extranjería', 'residencia', 'nif', 'identificación'] },
  ),
  hits: [
    'NIE [X4820917W]',
    'su NIE es [Y7302846S], vigente',
    '{"nie":"[Z0193847P]"}',
    'nombre,nie\nAna,[X2905718J]\n',
    'NIE: [Y-5810392-P]',
  ],
  misses: ['NIE X48209171', 'NIE W4820917D', 'NIE X4820917WT', 'NIE 1X4820917W', 'NIE X482091D'],
});

/** Spanish tax id of a company: letter, seven digits, and a control digit or letter. */
const esCif = shapedDetector({
  id: 'es_cif',
  category: 'financial',
  weight: 0.15,
  shapes: [
    { name: 'compact', form: 'A9{7}N', base: 0.4 },
    { name: 'with hyphen', form: 'A-9{7}N', base: 0.45 },
    { name: 'with hyphens', form: 'A-9{7}-N', base: 0.45 },
  ],
  check: checkCompany,
  sources: ['Orden EHA/451/2008 (composición del NIF de las personas jurídicas)'],
  context: bareContext(
    { es: ['cif', 'c.i.f.', 'nif', 'código de identificación fiscal'] },
    { es: ['sociedad', 'empresa', 's.l.', 's.a.', 'factura', 'razón social'] },
  ),
  hits: [
    'CIF [B48209175]',
    'Acme S.L., C.I.F. [A-73028466]',
    '{"cif":"[B01938471]"}',
    'empresa,cif\nAcme,[B29057189]\n',
    'con código de identificación fiscal [G58103920]',
  ],
  misses: [
    'CIF B48209170',
    'CIF I48209171',
    'CIF B482091750',
    'pieza A73028466 disponible',
    'CIF XB48209175',
  ],
});

function checkCompany(compact: string): Check | undefined {
  if (!/^[A-HJNP-SUVW]/.test(compact)) return undefined;
  let sum = 0;
  for (let n = 1; n <= 7; n++) {
    const value = Number(compact[n]) * (n % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  const control = (10 - (sum % 10)) % 10;
  const last = compact[8] ?? '';
  const mayBeDigit = /^[A-HJUV]/.test(compact);
  const mayBeLetter = /^[C-GNP-SW]/.test(compact);
  const isRight =
    (mayBeDigit && last === String(control)) || (mayBeLetter && last === 'JABCDEFGHI'[control]);
  return isRight ? { validator: 'mod10:passed' } : undefined;
}

/** Spanish passport: three letters and six digits. */
const esPassport = shapedDetector({
  id: 'es_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [
    { name: 'three letters and six digits', form: 'A{3}9{6}', base: 0.1 },
    { name: 'two letters and six digits', form: 'A{2}9{6}', base: 0.03 },
  ],
  check: (compact) => (isRepeated(compact.slice(3)) ? undefined : {}),
  sources: ['Real Decreto 896/2003; PRADO (Council of the EU)'],
  context: idContext(
    { es: ['pasaporte', 'número de pasaporte', 'pasaporte español'], en: ['spanish passport'] },
    { en: ['passport', 'passport number'], es: ['documento de viaje'] },
  ),
  hits: [
    'pasaporte [PAB482091]',
    'Número de pasaporte: [XDC730284]',
    '{"pasaporte":"[AAK019384]"}',
    'nombre,pasaporte\nAna,[PAE290571]\n',
    'Spanish passport [XDA581039]',
  ],
  misses: [
    'pasaporte PABC48209',
    'pasaporte PAB4820917',
    'modelo PAB482091 agotado',
    'número de serie XDC730284',
    'pasaporte PAB000000',
  ],
});

/** Spain: persons, companies and passports. */
export const esIds: readonly Detector[] = [esCif, esNie, esNif, esPassport];
