import { remainderOf, valueAt, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { accountNumber, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Portuguese tax number of persons and companies: nine digits by mod 11. */
const ptNif = shapedDetector({
  id: 'pt_nif',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: '3-3-3', form: '9{3}s9{3}s9{3}', base: 0.2 },
    { name: 'nine digits', form: '9{9}', base: 0.1 },
    { name: 'with country', form: 'pt9{9}', base: 0.55 },
  ],
  check(compact) {
    const digits = compact.slice(-9);
    if (!/^([123568]|45|7[0-2]|7[4579]|9[0189])/.test(digits)) return undefined;
    const remainder = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    return (remainder < 2 ? 0 : 11 - remainder) === Number(digits[8])
      ? { validator: 'mod11:passed' }
      : undefined;
  },
  sources: ['Decreto-Lei n.º 14/2013; Autoridade Tributária e Aduaneira'],
  context: bareContext(
    { pt: ['nif', 'nipc', 'número de contribuinte', 'contribuinte', 'número fiscal'], en: ['vat'] },
    { pt: ['finanças', 'fatura', 'morada', 'portugal'] },
  ),
  hits: [
    'NIF: [248209175]',
    'contribuinte n.º [173 028 462]',
    '{"nif":"[519384750]"}',
    'nome,nif\nAna,[229057187]\n',
    'VAT [PT505810395]',
  ],
  misses: [
    'NIF: 248209177',
    'NIF: 448209173',
    'NIF: 2482091755',
    'total 519384750 unidades',
    'NIF: X248209175',
  ],
});

/** Portuguese social security: eleven digits, weighted by primes. */
const ptNiss = shapedDetector({
  id: 'pt_niss',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.2 }],
  check(compact) {
    const sum = weightedSum(compact, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]);
    return /^[12]/.test(compact) && 9 - (sum % 10) === Number(compact[10])
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['Instituto da Segurança Social, NISS'],
  context: idContext(
    { pt: ['niss', 'segurança social', 'número de segurança social', 'beneficiário'] },
    { pt: ['contribuições', 'subsídio', 'trabalhador'] },
  ),
  hits: [
    'NISS: [12482091731]',
    'Segurança Social n.º [11730284615]',
    '{"niss":"[12193847507]"}',
    'nome,niss\nAna,[25290571836]\n',
    'número de segurança social [11581039277]',
  ],
  misses: [
    'NISS: 12482091739',
    'NISS: 34820917302',
    'NISS: 124820917315',
    'total 12193847507 unidades',
    'encomenda, pedido 12193847507',
  ],
});

/** Portuguese citizen card: civil number, its check digit, version and a check digit by Luhn. */
const ptCitizenCard = shapedDetector({
  id: 'pt_citizen_card',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: '9{8} 9 N{2}9', base: 0.65 },
    { name: 'compact', form: '9{9}A{2}9', base: 0.55 },
    { name: 'partly grouped', form: '9{8} 9N{2}9', base: 0.6 },
  ],
  check(compact) {
    let sum = 0;
    for (let n = 0; n < 12; n++) {
      const value = valueAt(compact, n) * (n % 2 === 0 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 === 0 && /[A-Z]/.test(compact) ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['Lei n.º 7/2007; AMA, validação de número de documento do Cartão de Cidadão'],
  context: idContext(
    { pt: ['cartão de cidadão', 'cartão do cidadão', 'cc n.º', 'número de documento', 'nic'] },
    { pt: ['identificação civil', 'cidadão', 'documento'] },
  ),
  hits: [
    'cartão de cidadão [14820917 3 ZZ4]',
    'CC n.º [073028461ZX6]',
    '{"cartaoDeCidadao":"[119384750ZY9]"}',
    'nome,cartão do cidadão\nAna,[12905718 3ZW2]\n',
    'cidadão [15810392 7 ZA9]',
  ],
  misses: [
    'cartão de cidadão 14820917 3 ZZ9',
    'cartão de cidadão 1482091 3 ZZ4',
    'cartão de cidadão 14820917 3 ZZ45',
    'série X073028461ZX6',
    'cartão de cidadão 14820917 3 1234',
  ],
});

/** Portuguese bank account (NIB): bank, branch, account and two digits by mod 97. */
const ptNib = shapedDetector({
  id: 'pt_nib',
  category: 'financial',
  weight: 0.4,
  floor: accountNumber,
  shapes: [
    { name: '4-4-11-2', form: '9{4}s9{4}s9{11}s9{2}', base: 0.75 },
    { name: 'twenty-one digits', form: '9{21}', base: 0.6 },
  ],
  check: (compact) =>
    remainderOf(compact, 97) === 1 && /^00[0-9]{2}/.test(compact)
      ? { validator: 'mod97:passed' }
      : undefined,
  sources: ['Banco de Portugal, Número de Identificação Bancária'],
  context: idContext(
    { pt: ['nib', 'número de identificação bancária'] },
    { pt: ['banco', 'conta', 'transferência'] },
  ),
  hits: [
    'NIB: [0035 4820 91730284610 28]',
    'NIB [001073028461938475020]',
    '{"nib":"[003319384750290571885]"}',
    'conta [0007.2905.71830462810.56]',
    'nome,nib\nAna,[001858103927461048278]\n',
  ],
  misses: [
    'NIB: 0035 4820 91730284610 08',
    'NIB: 354820917302846100512',
    'NIB: 0010730284619384750205',
    'NIB: X001073028461938475020',
    'NIB: 0035 4820 91730284610',
  ],
});

/** Portugal: persons, the insured, taxpayers and accounts. */
export const ptIds: readonly Detector[] = [ptCitizenCard, ptNib, ptNif, ptNiss];
