import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

const plateWords = {
  de: [
    'kennzeichen',
    'kfz-kennzeichen',
    'kraftfahrzeugkennzeichen',
    'nummernschild',
    'fahrzeugkennzeichen',
    'amtliches kennzeichen',
  ],
  en: ['license plate', 'licence plate', 'number plate'],
} as const;

/** German number plate: district, one or two letters, one to four digits, perhaps E or H. */
const deKfz = shapedDetector({
  id: 'de_kfz',
  category: 'vehicle',
  weight: 0.25,
  specificity: 40,
  shapes: [
    { name: 'with hyphen', form: 'A{1,3}-A{1,2} {0,1}9{1,4}', base: 0.3 },
    { name: 'with blanks', form: 'A{1,3} A{1,2} 9{1,4}', base: 0.2 },
    { name: 'electric or historic', form: 'A{1,3}-A{1,2} {0,1}9{1,4}A', base: 0.3 },
  ],
  check: (compact) => (/^[A-Z]+[1-9]\d*[EH]?$/.test(compact) ? {} : undefined),
  sources: ['FZV § 9 and Anlage 2 (Fahrzeug-Zulassungsverordnung)'],
  context: idContext(plateWords, {
    de: [
      'zulassung',
      'kfz',
      'fahrzeug',
      'pkw',
      'lkw',
      'fahrzeugschein',
      'fahrzeugbrief',
      'zulassungsbescheinigung',
    ],
  }),
  hits: [
    'Kennzeichen: [K-XY 4821]',
    'das Fahrzeug mit Kennzeichen [HH AB 317] stand dort',
    '{"kennzeichen":"[M-QT 92E]"}',
    'fahrer,kfz-kennzeichen\nErika,[GI-AB 1]\n',
    'Nummernschild [LDK-W 7035]',
  ],
  misses: [
    'Kennzeichen K 4821',
    'Kennzeichen KXYZ AB 4821',
    'Kennzeichen K-XY 48213',
    'wir sahen in UP 1998 mehr',
    'Kennzeichen K-XY 0821',
  ],
});

/** German driving licence (field 5): authority, serial, check digit and number of the copy. */
const deFuehrerschein = shapedDetector({
  id: 'de_fuehrerschein',
  category: 'identity',
  weight: 0.4,
  floor: governmentId,
  shapes: [
    { name: 'two letters and eight digits', form: 'A{2}9{8}N', base: 0.25 },
    { name: 'authority and serial', form: 'A9{2}NN{5}9N', base: 0.25 },
  ],
  sources: ['FeV Anlage 8; Kraftfahrt-Bundesamt'],
  context: idContext(
    {
      de: [
        'führerschein',
        'führerscheinnummer',
        'führerschein-nr',
        'fahrerlaubnis',
        'fahrerlaubnisnummer',
        'führerscheininhaber',
      ],
      en: ['driving licence', "driver's license", 'licence number', 'license number'],
    },
    { de: ['fahrerlaubnisklasse', 'kba', 'kraftfahrt-bundesamt', 'feld 5', 'dokument nr'] },
  ),
  hits: [
    'Führerschein: [KO48213907X]',
    'Führerscheinnummer [B072RRE2I55]',
    '{"fahrerlaubnisnummer":"[MU730519284]"}',
    'name,führerschein\nErika,[DO19407362Z]\n',
    'Fahrerlaubnis Nr. [J010WQ4T611]',
  ],
  misses: [
    'Führerschein KO48213907XY',
    'Führerschein K48213907X',
    'Führerschein 4K048213907',
    'Modell KO48213907X kaufen',
    'Seriennummer KO48213907X',
  ],
});

/** Germany: number plates and driving licences. */
export const deVehicleIds: readonly Detector[] = [deFuehrerschein, deKfz];
