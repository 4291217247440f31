import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { otherNumbers } from './id-context.ts';

/** A passport whose country is not said: the forms most countries use, by the word alone. */
export const passportNumber: Detector = shapedDetector({
  id: 'passport_number',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [
    { name: 'one or two letters and digits', form: 'A{1,2}9{6,8}', base: 0.06 },
    { name: 'eight or nine digits', form: '9{8,9}', base: 0.02 },
  ],
  sources: ['ICAO Doc 9303-4 (document number)'],
  context: [
    {
      effect: 0.55,
      words: {
        en: ['passport', 'passport number', 'passport no', 'passport #', 'passports'],
        de: ['reisepass', 'reisepassnummer', 'passnummer'],
        fr: ['passeport', 'numéro de passeport'],
        es: ['pasaporte', 'número de pasaporte'],
        it: ['passaporto', 'numero di passaporto'],
        pt: ['passaporte', 'número do passaporte'],
        nl: ['paspoort', 'paspoortnummer'],
        pl: ['paszport', 'numer paszportu'],
        tr: ['pasaport', 'pasaport no'],
        ru: ['паспорт', 'номер паспорта'],
        ar: ['جواز السفر', 'رقم جواز السفر'],
        he: ['דרכון', 'מספר דרכון'],
        th: ['หนังสือเดินทาง'],
      },
    },
    otherNumbers,
  ],
  hits: [
    'passport no [KT482091]',
    'numéro de passeport : [B73028461]',
    'Pasaport No: [U19384750]',
    'جواز السفر [N290571]',
    'name,passport\nx,[W5810392]\n',
  ],
  misses: [
    'passport no KTX482091',
    'passport no KT48209173X',
    'item KT482091 is in stock',
    'serial number B73028461',
    'photo for the passport office, order number 73028461',
  ],
});
