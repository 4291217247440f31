import type { Detector } from '../../detector.ts';
import { type Check, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Letters count as in EBCDIC: A–I 1–9, J–R 1–9, S–Z 2–9. */
const letterValues = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * Vehicle identification number: seventeen characters without I, O and Q. In North America and
 * China the ninth is a check digit by mod 11; elsewhere makers are free to use it.
 */
export const vehicleIdentificationNumber: Detector = shapedDetector({
  id: 'vehicle_identification_number',
  category: 'vehicle',
  weight: 0.3,
  specificity: 55,
  shapes: [{ name: 'seventeen characters', form: 'N{13}9{4}', base: 0.65 }],
  check(compact): Check | undefined {
    if (/[IOQ]/.test(compact) || /^.{9}[UZ0]/.test(compact)) return undefined;
    if (!/[A-Z].*[A-Z]/.test(compact) || /^0/.test(compact)) return undefined;
    let sum = 0;
    for (let n = 0; n < 17; n++) {
      sum += (letterValues.indexOf(compact[n] as string) % 10) * (weights[n] as number);
    }
    const remainder = sum % 11;
    if (compact[8] === (remainder === 10 ? 'X' : String(remainder))) {
      return { validator: 'mod11:passed' };
    }
    const needsCheck = /^[1-5L]/.test(compact);
    return needsCheck ? undefined : { base: 0.2, notes: ['maker without check digit'] };
  },
  sources: ['ISO 3779:2009; 49 CFR 565.15 (check digit); GB 16735'],
  context: idContext(
    {
      en: ['vin', 'vin number', 'vehicle identification number', 'chassis number', 'chassis no'],
      de: ['fahrgestellnummer', 'fin', 'fahrzeug-identifizierungsnummer', 'fahrzeug-ident-nr'],
      fr: ['niv', "numéro d'identification du véhicule", 'numéro de châssis'],
      es: ['número de bastidor', 'número de identificación del vehículo'],
      it: ['numero di telaio'],
      pt: ['número do chassi', 'chassi'],
    },
    { en: ['vehicle', 'car', 'truck', 'odometer'], de: ['fahrzeug'], fr: ['véhicule'] },
  ),
  hits: [
    'VIN: [1FTFW1E84KFA48209]',
    'sold [2HGFC2F79LH517302] in May',
    '{"vin":"[5YJ3E1E91MF019384]"}',
    'Fahrgestellnummer [WVWZZZ1KZ8W290571]',
    'car,vin\nblue,[JTDBR327430581039]\n',
  ],
  misses: [
    'VIN 1FTFW1E14KFA48209',
    'VIN 1FTFW1EO4KFA48209',
    'VIN 1FTFW1E84KFA482097',
    'hash WVWZZZ1KZ8W290571',
    'VIN 12345678901234567',
  ],
});
