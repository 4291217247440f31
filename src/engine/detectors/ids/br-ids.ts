import { isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** The check digit by mod 11 of a weighted sum, 10 counting as 0. */
function mod11Digit(sum: number): number {
  const remainder = sum % 11;
  return remainder < 2 ? 0 : 11 - remainder;
}

/** Brazilian tax number of a person: nine digits and two check digits by mod 11. */
const brCpf = shapedDetector({
  id: 'br_cpf',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3.3.3-2', form: '9{3}.9{3}.9{3}-9{2}', base: 0.85 },
    { name: 'nine and two', form: '9{9}-9{2}', base: 0.6 },
    { name: 'eleven digits', form: '9{11}', base: 0.35 },
  ],
  check(compact) {
    if (isRepeated(compact)) return undefined;
    const first = mod11Digit(weightedSum(compact, [10, 9, 8, 7, 6, 5, 4, 3, 2]));
    const second = mod11Digit(weightedSum(compact, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]));
    return compact.endsWith(`${first}${second}`) ? { validator: 'mod11,mod11:passed' } : undefined;
  },
  sources: ['Receita Federal do Brasil, Instrução Normativa RFB nº 2.172/2024'],
  context: idContext(
    { pt: ['cpf', 'cpf/mf', 'cadastro de pessoa física', 'cadastro de pessoas físicas'] },
    { pt: ['contribuinte', 'titular', 'receita federal', 'portador'] },
  ),
  hits: [
    'CPF: [482.091.730-73]',
    'inscrita no CPF [73820461922]',
    'cliente [193.847.502-04], Recife',
    '{"cpf":"[29507183027]"}',
    'nome,cpf\nAna,[581039274-14]\n',
  ],
  misses: [
    'CPF: 482.091.730-82',
    'CPF: 482.091.730-735',
    'CPF: 111.111.111-11',
    'telefone 73028461987',
    'read 29057183027 bytes',
  ],
});

/** A digit counts as itself, a letter as its ASCII code less 48 (from July 2026 on). */
function cnpjSum(compact: string, count: number): number {
  let sum = 0;
  for (let n = 0; n < count; n++) {
    sum += (compact.charCodeAt(n) - 48) * (((count - 1 - n) % 8) + 2);
  }
  return sum;
}

/** Brazilian company number: twelve characters and two check digits by mod 11. */
const brCnpj = shapedDetector({
  id: 'br_cnpj',
  category: 'financial',
  weight: 0.15,
  shapes: [
    { name: '2.3.3/4-2', form: '9N.N{3}.N{3}/N{4}-9{2}', base: 0.9 },
    { name: '2.3.3/4-2, letter first', form: 'A9.N{3}.N{3}/N{4}-9{2}', base: 0.9 },
    { name: 'fourteen digits', form: '9{14}', base: 0.5 },
  ],
  check(compact) {
    if (isRepeated(compact.slice(0, 12))) return undefined;
    const first = mod11Digit(cnpjSum(compact, 12));
    const second = mod11Digit(cnpjSum(compact, 13));
    return compact.endsWith(`${first}${second}`) ? { validator: 'mod11,mod11:passed' } : undefined;
  },
  sources: ['Instrução Normativa RFB nº 2.229/2024 (CNPJ alfanumérico)'],
  context: bareContext(
    { pt: ['cnpj', 'cnpj/mf', 'cadastro nacional da pessoa jurídica'] },
    { pt: ['razão social', 'ltda', 'empresa', 'inscrição estadual'] },
  ),
  hits: [
    'CNPJ: [48.209.173/0001-40]',
    'Acme Ltda, CNPJ [73028461000731]',
    'fornecedor [19.384.750/0002-13]',
    '{"cnpj":"[29.0AB.183/0001-44]"}',
    'empresa,cnpj\nAcme,[58103927000480]\n',
  ],
  misses: [
    'CNPJ: 48.209.173/0001-56',
    'CNPJ: 48.209.173/0001-405',
    'CNPJ: 00.000.000/0000-00',
    'CNPJ: 48.209.173/001-73',
    'CNPJ: X73028461000731',
  ],
});

/** Brazilian identity card of a state: no common check digit. */
const brRg = shapedDetector({
  id: 'br_rg',
  category: 'identity',
  weight: 0.4,
  specificity: 45,
  floor: governmentId,
  shapes: [
    { name: '2.3.3-1', form: '9{2}.9{3}.9{3}-N', base: 0.3 },
    { name: 'with state', form: 'A{2}-9{2}.9{3}.9{3}', base: 0.35 },
    { name: 'nine characters', form: '9{8}N', base: 0.03 },
  ],
  check: (compact) =>
    /^([A-Z]{2})?\d{8}[\dX]?$/.test(compact) && !isRepeated(compact) ? {} : undefined,
  sources: ['Lei nº 7.116/1983 (Carteira de Identidade)'],
  context: idContext(
    { pt: ['rg', 'registro geral', 'carteira de identidade', 'cédula de identidade'] },
    { pt: ['identidade', 'ssp', 'órgão emissor'] },
  ),
  hits: [
    'RG: [48.209.173-0]',
    'registro geral [MG-73.028.461]',
    '{"rg":"[193847502]"}',
    'nome,rg\nAna,[29.057.183-X]\n',
    'carteira de identidade [581039274] SSP',
  ],
  misses: [
    'RG: 48.209.173-01',
    'RG: 48.209.17-0',
    'total 193847502 unidades',
    'telefone 581039274',
    'RG: 00.000.000-0',
  ],
});

/** Brazilian driving licence (CNH): nine digits and two check digits. */
const brCnh = shapedDetector({
  id: 'br_cnh',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.2 }],
  check(compact) {
    if (isRepeated(compact)) return undefined;
    const first = weightedSum(compact, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    const second = weightedSum(compact, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    const decrement = first >= 10 ? 2 : 0;
    const last = second >= 10 ? 0 : (second - decrement + 11) % 11;
    return compact.endsWith(`${first >= 10 ? 0 : first}${last >= 10 ? 0 : last}`)
      ? { validator: 'mod11,mod11:passed' }
      : undefined;
  },
  sources: ['Resolução CONTRAN nº 886/2021 (CNH)'],
  context: idContext(
    { pt: ['cnh', 'carteira de motorista', 'carteira nacional de habilitação', 'habilitação'] },
    { pt: ['detran', 'motorista', 'condutor'] },
  ),
  hits: [
    'CNH: [48209173037]',
    'carteira de motorista [73028461987]',
    '{"cnh":"[19384750260]"}',
    'nome,cnh\nAna,[29057183027]\n',
    'habilitação [58103927441], Detran',
  ],
  misses: [
    'CNH: 48209173095',
    'CNH: 482091730375',
    'CNH: X73028461987',
    'telefone 19384750260',
    'read 29057183027 bytes',
  ],
});

/** Brazilian worker's number (PIS, PASEP, NIS): ten digits and a check digit by mod 11. */
const brPis = shapedDetector({
  id: 'br_pis',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3.5.2-1', form: '9{3}.9{5}.9{2}-9', base: 0.6 },
    { name: 'eleven digits', form: '9{11}', base: 0.15 },
  ],
  check: (compact) =>
    mod11Digit(weightedSum(compact, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === Number(compact[10]) &&
    !isRepeated(compact)
      ? { validator: 'mod11:passed' }
      : undefined,
  sources: ['Caixa Econômica Federal, NIS (PIS/PASEP/NIT)'],
  context: idContext(
    { pt: ['pis', 'pasep', 'pis/pasep', 'nis', 'nit'] },
    { pt: ['trabalhador', 'carteira de trabalho', 'inss', 'ctps'] },
  ),
  hits: [
    'PIS: [120.48209.17-5]',
    'PIS/PASEP [12730284615]',
    '{"pis":"[20193847501]"}',
    'nome,nis\nAna,[161.29057.18-1]\n',
    'NIT [12581039274], INSS',
  ],
  misses: [
    'PIS: 120.48209.17-6',
    'PIS: 120.48209.17-55',
    'PIS: X12730284615',
    'telefone 20193847501',
    'read 20193847501 bytes',
  ],
});

/** Brazil: persons, companies, drivers and workers. */
export const brIds: readonly Detector[] = [brCnh, brCnpj, brCpf, brPis, brRg];
