import { isShortDate, passesLuhnText, passesVerhoeff } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** South African identity number: birth date, sex, citizenship and Luhn. */
const zaIdNumber = shapedDetector({
  id: 'za_id_number',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '6-4-2-1', form: '9{6} 9{4} 9{2} 9', base: 0.65 },
    { name: '6-4-3', form: '9{6} 9{4} 9{3}', base: 0.65 },
    { name: 'thirteen digits', form: '9{13}', base: 0.45 },
  ],
  check(compact) {
    if (!isShortDate(compact) || !/[012]/.test(compact[10] ?? '')) return undefined;
    return passesLuhnText(compact) ? { validator: 'luhn:passed' } : undefined;
  },
  sources: ['Identification Act 68 of 1997 (South Africa); Department of Home Affairs'],
  context: idContext(
    {
      en: [
        'south african id',
        'sa id',
        'rsa id',
        'id number',
        'identity number',
        'smart id',
        'id no',
      ],
    },
    { en: ['identity', 'national id', 'south africa'] },
  ),
  hits: [
    'SA ID [8504124829089]',
    'identity number: [721103 2730 18 2]',
    '{"idNumber":"[0107283019092]"}',
    'name,id number\nThabo,[9302155290084]\n',
    'RSA ID No [000706 4581 080]',
  ],
  misses: [
    'SA ID 8504124829082',
    'SA ID 8513124829081',
    'SA ID 85041248290891',
    'timestamp 0107283019092',
    'took 9302155290084 ns',
  ],
});

/** Nigerian identification number: eleven digits by Verhoeff. */
const ngNin = shapedDetector({
  id: 'ng_nin',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'eleven digits', form: '9{11}', base: 0.1 }],
  check: (compact) => (passesVerhoeff(compact) ? { validator: 'verhoeff:passed' } : undefined),
  sources: ['NIMC Act 2007 (National Identity Management Commission)'],
  context: idContext(
    {
      en: [
        'nin',
        'national identification number',
        'national identity number',
        'nigerian identification',
        'nigeria id',
      ],
    },
    { en: ['nimc', 'national identity', 'nigeria', 'bvn'] },
  ),
  hits: [
    'NIN: [48209173021]',
    'National Identification Number [73028460195]',
    '{"nin":"[19384750626]"}',
    'name,nin\nAda,[29057183047]\n',
    'Nigeria ID [58103927460], NIMC slip',
  ],
  misses: [
    'NIN 48209173026',
    'NIN 482091730215',
    'NIN X48209173021',
    'sum of 73028460195 units',
    'order number 73028460195',
  ],
});

/** Nigerian number plate: three letters of the area, three digits and two letters. */
const ngVehicleRegistration = shapedDetector({
  id: 'ng_vehicle_registration',
  category: 'vehicle',
  weight: 0.25,
  specificity: 45,
  shapes: [
    { name: 'three, three and two', form: 'A{3}s9{3}A{2}', base: 0.3 },
    { name: 'compact', form: 'A{3}9{3}A{2}', base: 0.25 },
  ],
  sources: ['Federal Road Safety Corps of Nigeria, number plates of 2011'],
  context: idContext(
    {
      en: [
        'plate number',
        'number plate',
        'vehicle registration',
        'license plate',
        'vehicle number',
        'plate',
        'plates',
      ],
    },
    { en: ['vehicle', 'registration', 'frsc', 'car'] },
  ),
  hits: [
    'plate number [KJA-482XP]',
    'vehicle registration: [ABC 730DT]',
    '{"plateNumber":"[LSR-193EQ]"}',
    'owner,license plate\nAda,[GWA-290HK]\n',
    'plates [RBC-581FV] and [JJN-392BW]',
  ],
  misses: [
    'plate number KJA-4821XP',
    'plate number KJAX-482XP',
    'plate number KJA-482XPT',
    'model ABC-730DT in stock',
    'order number LSR-193EQ',
  ],
});

/** Egyptian national number: century, birth date, governorate, serial and check digit. */
const egNationalId = shapedDetector({
  id: 'eg_national_id',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'fourteen digits', form: '9{14}', base: 0.3 }],
  check(compact) {
    const place = Number(compact.slice(7, 9));
    const isPlace =
      (place >= 1 && place <= 4) ||
      (place >= 11 && place <= 19) ||
      (place >= 21 && place <= 29) ||
      (place >= 31 && place <= 35) ||
      place === 88;
    return /^[23]/.test(compact) && isShortDate(compact.slice(1)) && isPlace
      ? { validator: 'date:passed' }
      : undefined;
  },
  sources: ['Civil Status Organization of Egypt (law 143 of 1994)'],
  context: idContext(
    {
      ar: ['الرقم القومي', 'رقم قومي', 'بطاقة الرقم القومي'],
      en: ['egyptian id', 'national id', 'national id number', 'egyptian national id'],
    },
    { en: ['egypt', 'identity'] },
  ),
  hits: [
    'national ID [28504120148209]',
    'الرقم القومي: [27211032173028]',
    '{"nationalId":"[30107283119384]"}',
    'name,national id\nOmar,[29302151290571]\n',
    'Egyptian ID [30007068845810]',
  ],
  misses: [
    'national ID 28513120148209',
    'national ID 48504120148209',
    'national ID 28504126648209',
    'national ID 285041201482091',
    'took 28504120148209 ns',
  ],
});

/** Egypt, Nigeria and South Africa: persons and vehicles. */
export const africanIds: readonly Detector[] = [
  egNationalId,
  ngNin,
  ngVehicleRegistration,
  zaIdNumber,
];
