import type { Detector } from '../../detector.ts';
import { type Check, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

const states =
  /^(A[NPRS]|BR|C[GHT]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[APK]|WB)/;

function checkPlate(compact: string): Check | undefined {
  if (/0000$|0000[A-Z]+$/.test(compact)) return undefined;
  if (/^\d\dBH/.test(compact)) return {};
  return states.test(compact) && !/^..0+\D/.test(compact)
    ? { validator: 'state:passed' }
    : undefined;
}

/** Indian vehicle: state, district, series and number; or year, BH, number and series. */
export const inVehicleRegistration: Detector = shapedDetector({
  id: 'in_vehicle_registration',
  category: 'vehicle',
  weight: 0.25,
  shapes: [
    { name: 'state series', form: 'A{2}9{1,2}A{1,3}9{1,4}', base: 0.4 },
    { name: 'state series, apart', form: 'A{2}s9{1,2}s{0,1}A{1,3}s9{1,4}', base: 0.45 },
    { name: 'state without series', form: 'A{2}9{2}s{0,1}9{4}', base: 0.1 },
    { name: 'Bharat series', form: '9{2}s{0,1}bhs{0,1}9{4}s{0,1}A{1,2}', base: 0.45 },
  ],
  check: checkPlate,
  sources: ['Central Motor Vehicles Rules 1989, rules 50 and 51; Motor Vehicles Act, s. 41'],
  context: idContext(
    {
      en: [
        'rto',
        'vehicle number',
        'vehicle no',
        'vehicle registration',
        'registration number',
        'registration no',
        'number plate',
        'license plate',
      ],
    },
    { en: ['vehicle', 'plate', 'registration', 'bike', 'car', 'challan'] },
  ),
  hits: [
    'vehicle number [KA 05 MQ 4820]',
    'RTO: [MH12QT7302]',
    '{"registrationNumber":"[DL3CAB0193]"}',
    'owner,vehicle no\nAsha,[TN-22-BX-2905]\n',
    'number plate [22 BH 5810 AA]',
  ],
  misses: [
    'vehicle number XX 05 MQ 4820',
    'vehicle number KA 05 MQ 48201',
    'vehicle number KA 05 MQ 0000',
    'see KA05MQ4820 in the log',
    'order number MH12QT7302',
  ],
});
