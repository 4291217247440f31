import { valueAt } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { namedDetector } from '../../named-detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** ISO 3166-1 alpha-2 codes, and XK for Kosovo, in one string. */
const countries =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** Business identifier code of a bank: institution, country, place and perhaps a branch. */
const swiftBic = namedDetector({
  id: 'swift_bic',
  category: 'financial',
  weight: 0.1,
  specificity: 50,
  names: [
    {
      words: ['swift code', 'swift', 'bic', 'bic code', 'swift bic', 'bic swift', 'iso 9362'],
      base: 0.75,
    },
  ],
  value: /[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?/,
  check: (compact) =>
    countries.includes(compact.slice(4, 6)) && !compact.slice(4, 6).includes(' ')
      ? { validator: 'country:passed' }
      : undefined,
  sources: ['ISO 9362:2022'],
  context: [],
  hits: [
    'BIC: [MUSTDEFFXXX]',
    'SWIFT code [ACMEGB2L]',
    '{"bic":"[KRTZATWW]"}',
    'Swift/BIC [PLNKFRPP482]',
    'SWIFT-BIC: [RBNQNL2A]',
  ],
  misses: [
    'BIC: MUSTQQFFXXX',
    'BIC: MUSTDEFFX',
    'SWIFT PROGRAMS are fun',
    'bicycle MUSTDEFF',
    'swift mustdeff',
  ],
});

/** CUSIP of a security: eight characters and a check digit by double-add-double. */
const cusip = shapedDetector({
  id: 'cusip',
  category: 'financial',
  weight: 0.05,
  shapes: [
    { name: 'six digits first', form: '9{3}N{5}9', base: 0.1 },
    { name: 'letter first', form: 'A9{2}N{5}9', base: 0.1 },
  ],
  check(compact) {
    let sum = 0;
    for (let n = 0; n < 8; n++) {
      const value = valueAt(compact, n) * (n % 2 === 0 ? 1 : 2);
      sum += Math.floor(value / 10) + (value % 10);
    }
    return (10 - (sum % 10)) % 10 === Number(compact[8])
      ? { validator: 'mod10:passed' }
      : undefined;
  },
  sources: ['ANSI X9.6-2020, CUSIP Global Services'],
  context: idContext(
    { en: ['cusip', 'cusips', 'cusip number', 'cusip no', 'cins'] },
    { en: ['security', 'bond', 'coupon', 'maturity', 'ticker'] },
  ),
  hits: [
    'CUSIP: [48209A170]',
    'bond CUSIP no [73028B4T4]',
    '{"cusip":"[01938C108]"}',
    'name,cusip\nAcme,[29057D839]\n',
    'CINS [G58103K95]',
  ],
  misses: [
    'CUSIP 48209A175',
    'CUSIP 48209A1705',
    'CUSIP X48209A170',
    'part 73028B4T4 in stock',
    'serial 01938C108',
  ],
});

const einPrefixes =
  /^(0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-5]|9[89])/;

/** Employer identification number of the United States: prefix of a campus and seven digits. */
const usEin = shapedDetector({
  id: 'us_ein',
  category: 'financial',
  weight: 0.2,
  floor: governmentId,
  shapes: [
    { name: '2-7', form: '9{2}-9{7}', base: 0.3 },
    { name: 'nine digits', form: '9{9}', base: 0.04 },
  ],
  check: (compact) => (einPrefixes.test(compact) ? { validator: 'prefix:passed' } : undefined),
  sources: ['IRS, How EINs are assigned and valid EIN prefixes; 26 CFR 301.6109-1'],
  context: bareContext(
    {
      en: [
        'ein',
        'fein',
        'employer identification',
        'employer identification number',
        'employer id',
      ],
    },
    { en: ['tax id', 'federal tax id', 'irs', 'w-9', '501(c)(3)', 'tin', '1099'] },
  ),
  hits: [
    'EIN: [48-2091730]',
    'Employer Identification Number [27-3028461]',
    '{"fein":"[019384750]"}',
    'company,ein\nAcme,[62-9057183]\n',
    'Federal Tax ID [95-8103927]',
  ],
  misses: [
    'EIN 07-2091730',
    'EIN 48-20917301',
    'EIN 148-2091730',
    'call 48-2091730 now',
    'order 019384750',
  ],
});

/** Banks, securities and employers. */
export const bankIds: readonly Detector[] = [cusip, swiftBic, usEin];
