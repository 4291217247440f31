import {
  documentCheckDigit,
  isRepeated,
  isShortDateDayFirst,
  passesMod11And10,
  valueAt,
} from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { type Check, governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

const counts = new Uint8Array(10);

/** German tax id: eleven digits by ISO 7064 MOD 11,10; of the first ten one comes twice or thrice. */
const deTaxId = shapedDetector({
  id: 'de_tax_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '2-3-3-3', form: '9{2}s9{3}s9{3}s9{3}', base: 0.45 },
    { name: 'eleven digits', form: '9{11}', base: 0.35 },
  ],
  check(compact) {
    if (compact[0] === '0' || !hasOneRepeatedDigit(compact.slice(0, 10))) return undefined;
    return passesMod11And10(compact) ? { validator: 'mod11,10:passed' } : undefined;
  },
  sources: ['§ 139b AO; BZSt, Aufbau der Identifikationsnummer; ISO/IEC 7064'],
  context: idContext(
    {
      de: [
        'steueridentifikationsnummer',
        'steuer-id',
        'steuerid',
        'steuerliche identifikationsnummer',
        'persönliche identifikationsnummer',
        'steuer-idnr',
        'idnr',
        'id-nr',
        'identifikationsnummer',
        'tin',
      ],
      en: ['german tax id', 'tax identification number', 'tax id'],
    },
    { de: ['bzst', 'finanzamt', 'steuernummer', 'lohnsteuer', 'steuerklasse'] },
  ),
  hits: [
    'Steuer-ID: [26941780518]',
    'Ihre Steueridentifikationsnummer lautet [81 503 279 417].',
    '{"steuerId":"[53016287937]"}',
    'IdNr. [74910582935] beim Finanzamt',
    'name,tax id\nErika,[38604127459]\n',
  ],
  misses: [
    'Steuer-ID 26941780517',
    'Steuer-ID 11111111111',
    'Steuer-ID 269417805183',
    'Zähler 53016287937 am Gerät',
    'Telefon 53016287937',
  ],
});

function hasOneRepeatedDigit(digits: string): boolean {
  let repeated = 0;
  counts.fill(0);
  for (let n = 0; n < digits.length; n++) {
    const digit = valueAt(digits, n);
    const count = (counts[digit] as number) + 1;
    counts[digit] = count;
    if (count > 3) return false;
    if (count === 2) repeated++;
  }
  return repeated === 1;
}

const insuranceWeights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];

/** Number of the German pension insurance: area, birth date, initial, serial and check digit. */
const deSocialSecurity = shapedDetector({
  id: 'de_social_security',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: '9{2}s9{6}sAs9{3}', base: 0.75 },
    { name: 'compact', form: '9{8}A9{3}', base: 0.65 },
  ],
  check(compact) {
    const day = Number(compact.slice(2, 4));
    const birth = String(day > 50 ? day - 50 : day).padStart(2, '0') + compact.slice(4, 8);
    if (compact.startsWith('00') || !isShortDateDayFirst(birth)) return undefined;
    const letter = String(valueAt(compact, 8) - 9).padStart(2, '0');
    const digits = compact.slice(0, 8) + letter + compact.slice(9);
    let sum = 0;
    insuranceWeights.forEach((weight, n) => {
      const product = valueAt(digits, n) * weight;
      sum += Math.floor(product / 10) + (product % 10);
    });
    return sum % 10 === Number(compact[11]) ? { validator: 'mod10:passed' } : undefined;
  },
  sources: [
    'VKVV § 2–4 (Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung)',
  ],
  context: idContext(
    {
      de: [
        'rentenversicherungsnummer',
        'sozialversicherungsnummer',
        'versicherungsnummer',
        'rvnr',
        'svnr',
        'sv-nummer',
        'sozialversicherungsausweis',
        'rentenausweis',
      ],
    },
    { de: ['rente', 'rentenversicherung', 'deutsche rentenversicherung', 'sozialversicherung'] },
  ),
  hits: [
    'Rentenversicherungsnummer [12140285K016]',
    'SV-Nummer: [53 210691 M 505]',
    '{"svnr":"[65031177B040]"}',
    'name,rvnr\nErika,[08290555T518]\n',
    'Versicherungsnummer [24 680499 W 026], gültig',
  ],
  misses: [
    'Rentenversicherungsnummer 12140285K012',
    'Rentenversicherungsnummer 12141385K012',
    'SV-Nummer 65031177B0407',
    'SV-Nummer X65031177B040',
    'SV-Nummer 12140285K0',
  ],
});

const documentLetters = /^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{7}\d$/;

function checkDocument(compact: string): Check | undefined {
  if (!documentLetters.test(compact) || isRepeated(compact.slice(1, 8))) return undefined;
  return documentCheckDigit(compact.slice(0, 8)) === Number(compact[8])
    ? { validator: 'icao9303:passed' }
    : undefined;
}

/** German identity card: nine characters with check digit; older cards have T and eight digits. */
const deIdCard = shapedDetector({
  id: 'de_id_card',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [{ name: 'serial number', form: 'AN{7}9', base: 0.35 }],
  check(compact) {
    return checkDocument(compact) ?? (/^T\d{8}$/.test(compact) ? { base: 0.1 } : undefined);
  },
  sources: ['PAuswV Anlage 3; BSI TR-03127; ICAO Doc 9303'],
  context: idContext(
    {
      de: [
        'personalausweis',
        'personalausweisnummer',
        'ausweisnummer',
        'personalausweis-nr',
        'ausweis-nr',
        'npa',
        'bundespersonalausweis',
      ],
    },
    {
      de: ['ausweis', 'ausweisdokument', 'dokumentennummer'],
      en: ['identity card', 'national id', 'id card'],
    },
  ),
  hits: [
    'Personalausweis: [L7K20XP39]',
    'Ausweisnummer [T0381M5W8] gültig bis 2030',
    '{"personalausweisnummer":"[C4FH829R0]"}',
    'name,ausweisnummer\nErika,[N93JK7V11]\n',
    'identity card (Ausweis) [T20481739]',
  ],
  misses: [
    'Personalausweis L7K20XP37',
    'Personalausweis A12345674',
    'Personalausweis L7K20XP397',
    'Bauteil L7K20XP39 bestellt',
    'Seriennummer C4FH829R0',
  ],
});

/** German passport: the same nine characters and check digit as on the identity card. */
const dePassport = shapedDetector({
  id: 'de_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [{ name: 'serial number', form: 'AN{7}9', base: 0.35 }],
  check: checkDocument,
  sources: ['PassV Anlage 1; ICAO Doc 9303'],
  context: idContext(
    {
      de: ['reisepass', 'reisepassnummer', 'passnummer', 'pass-nr', 'passnr', 'reisepass-nr'],
      en: ['german passport'],
    },
    { de: ['pass', 'dokumentennummer', 'mrz'], en: ['passport', 'passport number'] },
  ),
  hits: [
    'Reisepass [C5J81KT42] ausgestellt in Bonn',
    'Passnummer: [F208VX6L8]',
    '{"reisepassnummer":"[H7M3905P0]"}',
    'name,passnummer\nErika,[K16WZ84N3]\n',
    'German passport no. [G94RT2072]',
  ],
  misses: [
    'Reisepass C5J81KT46',
    'Reisepass 901234567',
    'Reisepass F208VX6L84',
    'Modell F208VX6L8 lieferbar',
    'Seriennummer H7M3905P0',
  ],
});

/** Germany: tax and pension insurance numbers, identity cards and passports. */
export const deIds: readonly Detector[] = [deIdCard, dePassport, deSocialSecurity, deTaxId];
