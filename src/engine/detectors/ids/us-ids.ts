import { isRepeated, weightedSum } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { accountNumber, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext, otherNumbers } from './id-context.ts';

/** Individual taxpayer identification number: 9, then a group of the ranges that are issued. */
const usItin = shapedDetector({
  id: 'us_itin',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '3-2-4', form: '9{3}s9{2}s9{4}', base: 0.45 },
    { name: 'partly grouped', form: '9{3}-9{6}', base: 0.2 },
    { name: 'partly grouped', form: '9{5}-9{4}', base: 0.2 },
    { name: 'nine digits', form: '9{9}', base: 0.08 },
  ],
  check: (compact) => (/^9\d\d(5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(compact) ? {} : undefined),
  sources: ['IRS, Publication 1915; Internal Revenue Manual 3.21.263'],
  context: idContext(
    {
      en: [
        'itin',
        'itins',
        'individual taxpayer',
        'individual taxpayer identification number',
        'taxpayer id',
        'tax id',
        'tin',
      ],
    },
    { en: ['taxpayer', 'irs', 'w-7', '1040', 'tax return', 'individual'] },
  ),
  hits: [
    'ITIN: [947-72-3815]',
    'individual taxpayer identification number [903 88 1264]',
    '{"itin":"[918651042]"}',
    'name,itin\nJane,[964-90-2751]\n',
    'Taxpayer ID [925-55-7306] on the W-7',
  ],
  misses: [
    'ITIN 947-49-3815',
    'ITIN 947-93-3815',
    'ITIN 847-72-3815',
    'ITIN 947-72-38151',
    'we counted 918651042 events',
    'order number 918651042',
  ],
});

/** American passport book (nine digits) or next generation passport (a letter, eight digits). */
const usPassport = shapedDetector({
  id: 'us_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [
    { name: 'letter and eight digits', form: 'A9{8}', base: 0.1 },
    { name: 'nine digits', form: '9{9}', base: 0.03 },
  ],
  check: (compact) => (isRepeated(compact.slice(1)) ? undefined : {}),
  sources: ['US Department of State, Next Generation Passport; ICAO Doc 9303'],
  context: [
    {
      effect: 0.8,
      words: {
        en: ['us passport', 'u.s. passport', 'united states passport', 'american passport'],
      },
    },
    { effect: 0.6, words: { en: ['passport', 'passport number', 'passport no', 'passport #'] } },
    { effect: 0.45, words: { en: ['travel document', 'department of state'] } },
    otherNumbers,
  ],
  hits: [
    'US passport [A48205917]',
    'passport number: [531804726]',
    '{"passport":"[C30917264]"}',
    'Passport No. [Z71052938], issued 2022',
    'name,passport number\nJane,[482017365]\n',
  ],
  misses: [
    'passport A482059171',
    'passport AB48205917',
    'board A48205917 revision 2',
    'passport A00000000',
    'passport photos, order number 531804726',
  ],
});

/** Bank account of the United States: eight to seventeen digits, known by its context only. */
const usBankAccount = shapedDetector({
  id: 'us_bank_account',
  category: 'financial',
  weight: 0.4,
  specificity: 30,
  floor: accountNumber,
  shapes: [{ name: '8 to 17 digits', form: '9{8,17}', base: 0.05 }],
  check: (compact) => (isRepeated(compact) ? undefined : {}),
  sources: ['ANSI X9.100-160 (field of the account in the MICR line)'],
  context: idContext(
    {
      en: [
        'bank account',
        'bank account number',
        'checking account',
        'savings account',
        'checking acct',
        'savings acct',
        'account number',
        'acct number',
        'account no',
        'acct no',
        'account #',
        'acct #',
        'direct deposit',
      ],
    },
    { en: ['checking', 'savings', 'routing', 'acct', 'wire transfer', 'ach', 'bank', 'debit'] },
  ),
  hits: [
    'bank account number 4 is [945031687254]',
    'checking account [30918264751]',
    '{"accountNumber":"[8204617395]"}',
    'Savings acct [61730928] at the credit union',
    'name,bank account\nJane,[570294816335]\n',
  ],
  misses: [
    'it took 945031687254 cycles',
    'account number 9450316',
    'account number 945031687254945031',
    'tracking number 945031687254',
    'account number 00000000000',
  ],
});

/** ABA routing transit number: nine digits with weights 3, 7, 1 and a Federal Reserve prefix. */
const abaRouting = shapedDetector({
  id: 'aba_routing',
  category: 'financial',
  weight: 0.15,
  shapes: [
    { name: '4-4-1', form: '9{4}-9{4}-9', base: 0.4 },
    { name: 'nine digits', form: '9{9}', base: 0.15 },
  ],
  check(compact) {
    if (!/^(0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(compact)) return undefined;
    const sum = weightedSum(compact, [3, 7, 1, 3, 7, 1, 3, 7, 1]);
    return sum % 10 === 0 && !isRepeated(compact) ? { validator: 'mod10:passed' } : undefined;
  },
  sources: ['American Bankers Association, routing number policy'],
  context: idContext(
    {
      en: [
        'aba',
        'aba number',
        'aba routing',
        'routing',
        'routing number',
        'routing no',
        'routing transit',
        'rtn',
        'bank routing',
      ],
    },
    { en: ['wire', 'ach', 'fedwire', 'direct deposit', 'bank'] },
  ),
  hits: [
    'routing number: [121083401]',
    'ABA [0613-9047-4]',
    '{"routingNumber":"[324170959]"}',
    'bank,routing\nFirst,[072904189]\n',
    'ABA routing [265107324], account below',
  ],
  misses: [
    'routing number 121083409',
    'routing number 521083404',
    'routing number 1210834014',
    'the 324170959 rows of the table',
    'order number 324170959',
  ],
});

/** The United States: tax, bank and travel numbers. */
export const usIds: readonly Detector[] = [abaRouting, usBankAccount, usItin, usPassport];
