import { isRepeated, isShortDate, passesLuhnText } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { accountNumber, type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Values of CURP characters; Ñ has a place but never stands in a code. */
const curpValues = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
const states =
  /^.{11}(AS|BC|BS|CC|CS|CH|CL|CM|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE)/;

/** Mexican population registry code: names, birth date, sex, state and a check digit by mod 10. */
const mxCurp = shapedDetector({
  id: 'mx_curp',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eighteen characters', form: 'A{4}9{6}A{6}N9', base: 0.9 }],
  check(compact) {
    const isKnown = /^.{10}[HMX]/.test(compact) && states.test(compact);
    if (!isKnown || !isShortDate(compact.slice(4))) return undefined;
    let sum = 0;
    for (let n = 0; n < 17; n++) sum += curpValues.indexOf(compact[n] as string) * (18 - n);
    return (10 - (sum % 10)) % 10 === Number(compact[17])
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['Instructivo Normativo para la asignación de la CURP (DOF 18/10/2021)'],
  context: idContext(
    { es: ['curp', 'clave única', 'clave única de registro de población'] },
    { es: ['renapo', 'méxico', 'registro de población'] },
  ),
  hits: [
    'CURP: [ROEJ850412MDFXXN01]',
    'clave única [TEMR721103HJCRRB00]',
    'alumno [GANL010728HNLRTSA7]',
    '{"curp":"[LAVO930215MPLGLL02]"}',
    'nombre,curp\nAna,[BOUC000706MYNTRRA5]\n',
  ],
  misses: [
    'CURP: ROEJ850412MDFXXN07',
    'CURP: ROEJ851312MDFXXN05',
    'CURP: ROEJ850412MDFXXN015',
    'CURP: ROEJ850412MXXXXN05',
    'CURP: XROEJ850412MDFXXN01',
  ],
});

const rfcValues = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
const genericRfc = /^X[AE]XX010101000$/;

/** Mexican taxpayer code: four letters (three of a company), a date and three characters. */
const mxRfc = shapedDetector({
  id: 'mx_rfc',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'person', form: 'A{4}9{6}N{3}', base: 0.6 },
    { name: 'company', form: 'A{3}9{6}N{3}', base: 0.5 },
    { name: 'person, grouped', form: 'A{4}-9{6}-N{3}', base: 0.65 },
    { name: 'company, grouped', form: 'A{3}-9{6}-N{3}', base: 0.6 },
  ],
  check: checkTaxpayer,
  sources: ['Código Fiscal de la Federación, art. 27; SAT, Anexo 1 (algoritmo del RFC)'],
  context: bareContext(
    { es: ['rfc', 'r.f.c.', 'registro federal de contribuyentes'] },
    { es: ['sat', 'contribuyente', 'cfdi', 'méxico', 'razón social'] },
  ),
  hits: [
    'RFC: [ROEJ850412AB1]',
    'R.F.C. [TEMR-721103-9C8]',
    '{"rfc":"[ACM010728KL8]"}',
    'nombre,rfc\nAna,[LAVO9302157T3]\n',
    'Registro Federal de Contribuyentes [BOU-000706-H3A]',
  ],
  misses: [
    'RFC: ROEJ850412AB6',
    'RFC: XAXX010101000',
    'RFC: ROEJ851312AB3',
    'RFC: ROEJ850412AB15',
    'RFC: XTEMR7211039C1',
  ],
});

function checkTaxpayer(compact: string): Check | undefined {
  const padded = compact.padStart(13, ' ');
  if (!isShortDate(padded.slice(4)) || genericRfc.test(compact)) return undefined;
  let sum = 0;
  for (let n = 0; n < 12; n++) sum += rfcValues.indexOf(padded[n] as string) * (13 - n);
  const check = 11 - (sum % 11);
  const expected = check === 11 ? '0' : check === 10 ? 'A' : String(check);
  return expected === padded[12] ? { validator: 'mod11:passed' } : undefined;
}

/** Mexican bank account (CLABE): bank, place, account and a check digit by weights 3, 7, 1. */
const mxClabe = shapedDetector({
  id: 'mx_clabe',
  category: 'financial',
  weight: 0.4,
  floor: accountNumber,
  shapes: [
    { name: 'eighteen digits', form: '9{18}', base: 0.3 },
    { name: '3-3-11-1', form: '9{3} 9{3} 9{11} 9', base: 0.5 },
  ],
  check(compact) {
    let sum = 0;
    for (let n = 0; n < 17; n++) sum += (Number(compact[n]) * ([3, 7, 1][n % 3] as number)) % 10;
    return (10 - (sum % 10)) % 10 === Number(compact[17]) && !isRepeated(compact)
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['Asociación de Bancos de México, CLABE'],
  context: idContext(
    { es: ['clabe', 'clabe interbancaria', 'cuenta clabe'] },
    { es: ['banco', 'cuenta', 'spei', 'transferencia'] },
  ),
  hits: [
    'CLABE: [012180148209173029]',
    'CLABE interbancaria [002 010 73028461938 4]',
    '{"clabe":"[072320193847502904]"}',
    'nombre,clabe\nAna,[014580290571830465]\n',
    'cuenta CLABE [032180581039274612]',
  ],
  misses: [
    'CLABE: 012180148209173024',
    'CLABE: 0121801482091730295',
    'CLABE: X012180148209173029',
    'read 072320193847502904 bytes',
    'pedido 014580290571830465',
  ],
});

/** Mexican social security number: eleven digits by Luhn. */
const mxNss = shapedDetector({
  id: 'mx_nss',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'eleven digits', form: '9{11}', base: 0.12 },
    { name: '2-2-2-4-1', form: '9{2}-9{2}-9{2}-9{4}-9', base: 0.6 },
  ],
  check: (compact) =>
    passesLuhnText(compact) && !isRepeated(compact) ? { validator: 'luhn:passed' } : undefined,
  sources: ['Ley del Seguro Social (México); IMSS, NSS'],
  context: idContext(
    { es: ['nss', 'número de seguridad social', 'imss', 'seguro social'] },
    { es: ['afiliación', 'trabajador', 'infonavit'] },
  ),
  hits: [
    'NSS: [14858209175]',
    'IMSS [72-03-81-0284-3]',
    '{"nss":"[01938475025]"}',
    'nombre,número de seguridad social\nAna,[29057183047]\n',
    'seguro social [58103927461]',
  ],
  misses: [
    'NSS: 14858209177',
    'NSS: 148582091755',
    'NSS: X14858209175',
    'read 01938475025 bytes',
    'teléfono 29057183047',
  ],
});

/** Mexico: persons, taxpayers, accounts and the insured. */
export const mxIds: readonly Detector[] = [mxClabe, mxCurp, mxNss, mxRfc];
