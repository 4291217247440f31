import type { Detector } from '../../detector.ts';
import { type Check, type Shape, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

const shapes = [
  { name: 'current', form: 'A{2}9{2} {0,1}A{3}', base: 0.4 },
  { name: 'prefix', form: 'A9{1,3} {0,1}A{3}', base: 0.15 },
  { name: 'suffix', form: 'A{3} {0,1}9{1,3}A', base: 0.1 },
] as const satisfies readonly Shape[];

/** What each style may have; the age identifier is 02–29 for March and 51–79 for September. */
const styles: Readonly<Record<string, RegExp>> = {
  current: /^[A-HJ-PR-Y]{2}(0[2-9]|[12]\d|5[1-9]|[67]\d)[A-HJ-PR-Z]{3}$/,
  prefix: /^[A-HJ-NPR-TV-Y][1-9]\d{0,2}[A-HJ-PR-Y]{3}$/,
  suffix: /^[A-HJ-PR-Y]{3}[1-9]\d{0,2}[A-HJ-NPR-TV-Y]$/,
};

/** British number plates of 2001 on, with a year letter in front (1983) or behind (1963). */
export const ukVehicleRegistration: Detector = shapedDetector({
  id: 'uk_vehicle_registration',
  category: 'vehicle',
  weight: 0.25,
  specificity: 40,
  shapes,
  check: (compact, { name }): Check | undefined => (styles[name]?.test(compact) ? {} : undefined),
  sources: ['DVLA, Vehicle registration numbers and number plates (INF104)'],
  context: idContext(
    {
      en: [
        'number plate',
        'licence plate',
        'license plate',
        'vehicle registration',
        'registration number',
        'vrn',
        'vrm',
        'reg no',
        'v5c',
        'dvla',
      ],
    },
    { en: ['vehicle', 'registration', 'reg', 'logbook', 'mot', 'car', 'insured vehicle'] },
  ),
  hits: [
    'number plate [LK53 HTR]',
    'VRN: [BD71XWE]',
    '{"vehicleRegistration":"[NG08 FPM]"}',
    'owner,reg no\nJane,[P482 KTR]\n',
    'vehicle registration [HBX 730S]',
  ],
  misses: [
    'number plate LK00 HTR',
    'number plate LK35 HTR',
    'number plate LK53 HIR',
    'number plate XXLK53HTRYY',
    'build LK53 HTR of the game',
  ],
});
