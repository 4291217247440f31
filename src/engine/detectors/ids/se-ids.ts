import { isShortDate, passesLuhnText } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Swedish number of a company: ten digits by Luhn, the third two or more so it is no date. */
const seOrganisationsnummer = shapedDetector({
  id: 'se_organisationsnummer',
  category: 'financial',
  weight: 0.1,
  shapes: [
    { name: 'six and four', form: '9{6}-9{4}', base: 0.35 },
    { name: 'ten digits', form: '9{10}', base: 0.12 },
  ],
  check(compact) {
    const isCompany = /^[1-35-9]\d[2-9]/.test(compact);
    return isCompany && passesLuhnText(compact) ? { validator: 'luhn:passed' } : undefined;
  },
  sources: ['Lag (1974:174) om identitetsbeteckning för juridiska personer'],
  context: bareContext(
    {
      sv: ['organisationsnummer', 'orgnr', 'org nr', 'org.nr', 'företagsnummer', 'organisationsnr'],
    },
    { sv: ['bolagsverket', 'aktiebolag', 'moms', 'företag'], en: ['vat'] },
  ),
  hits: [
    'organisationsnummer [556482-0917]',
    'Org.nr: [769730-2847]',
    '{"orgnr":"[5560193848]"}',
    'bolag,organisationsnummer\nAcme,[212905-7184]\n',
    'Acme Aktiebolag, org nr [559810-3926]',
  ],
  misses: [
    'organisationsnummer 556482-0914',
    'organisationsnummer 551482-0917',
    'organisationsnummer 556482-09174',
    'totalt 5560193848 poster',
    'organisationsnummer X556482-0912',
  ],
});

/** Swedish personal number: birth date (sixty more for coordination numbers), number, Luhn. */
const sePersonnummer = shapedDetector({
  id: 'se_personnummer',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'eight and four', form: '9{8}-9{4}', base: 0.65 },
    { name: 'six and four', form: '9{6}-9{4}', base: 0.5 },
    { name: 'a hundred years and more', form: '9{6}+9{4}', base: 0.65 },
    { name: 'twelve digits', form: '9{12}', base: 0.4 },
    { name: 'ten digits', form: '9{10}', base: 0.15 },
  ],
  check(compact) {
    const digits = compact.slice(-10);
    if (compact.length === 12 && !/^(18|19|20)/.test(compact)) return undefined;
    const day = Number(digits.slice(4, 6));
    const date = digits.slice(0, 4) + String(day > 60 ? day - 60 : day).padStart(2, '0');
    return isShortDate(date) && passesLuhnText(digits) ? { validator: 'luhn:passed' } : undefined;
  },
  sources: ['Folkbokföringslag (1991:481) 18 §; Skatteverket, SKV 704'],
  context: idContext(
    {
      sv: ['personnummer', 'personnr', 'pnr', 'samordningsnummer', 'svenskt personnummer'],
      en: ['personal identity number', 'swedish id', 'swedish personal number'],
    },
    { sv: ['född', 'folkbokförd', 'skatteverket'] },
  ),
  hits: [
    'personnummer [850412-3814]',
    'Personnr: [19721103-2045]',
    'Anna, [20010728-4713], Lund',
    '{"personnummer":"[199302158325]"}',
    'samordningsnummer [900776-3916]',
  ],
  misses: [
    'personnummer 850412-3818',
    'personnummer 851312-3810',
    'personnummer 850412-38142',
    'sammanlagt 8504123814 kronor',
    'ordernummer 8504123814',
  ],
});

/** Sweden: persons and companies. */
export const seIds: readonly Detector[] = [seOrganisationsnummer, sePersonnummer];
