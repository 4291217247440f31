import { isRepeated } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, type Shape, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** By how many states give numbers of a form, and how it differs from other numbers. */
const shapes: readonly Shape[] = [
  { name: 'letter and seven digits (CA)', form: 'A9{7}', base: 0.06 },
  { name: 'letter and eight digits (AZ, HI, NY, VA)', form: 'A9{8}', base: 0.06 },
  { name: 'letter and nine digits (MO)', form: 'A9{9}', base: 0.05 },
  { name: 'letter and eleven digits (IL)', form: 'A9{11}', base: 0.08 },
  { name: 'letter and twelve digits (FL, MD, MI, MN)', form: 'A9{12}', base: 0.1 },
  { name: 'letter and thirteen digits (WI)', form: 'A9{13}', base: 0.1 },
  { name: 'letter and fourteen digits (NJ)', form: 'A9{14}', base: 0.1 },
  { name: 'grouped (IL)', form: 'A9{3}-9{4}-9{4}', base: 0.25 },
  { name: 'grouped (WI)', form: 'A9{3}-9{4}-9{4}-9{2}', base: 0.3 },
  { name: 'grouped (FL)', form: 'A9{3}-9{3}-9{2}-9{3}-9', base: 0.35 },
  { name: 'grouped (MD, MI)', form: 'A-9{3}-9{3}-9{3}-9{3}', base: 0.3 },
  { name: 'grouped (NJ)', form: 'A9{4} 9{5} 9{5}', base: 0.3 },
  { name: 'grouped (KS)', form: 'A9{2}-9{2}-9{4}', base: 0.15 },
  { name: 'grouped (CO)', form: '9{2}-9{3}-9{4}', base: 0.08 },
  { name: 'grouped (NY)', form: '9{3} 9{3} 9{3}', base: 0.05 },
  { name: 'two letters and six digits (OH)', form: 'A{2}9{6}', base: 0.06 },
  { name: 'two letters, six digits, letter (ID)', form: 'A{2}9{6}A', base: 0.08 },
  { name: 'three letters and six digits (ND)', form: 'A{3}9{6}', base: 0.06 },
  { name: 'month, name, year and day (NH)', form: '9{2}A{3}9{5}', base: 0.1 },
  { name: 'seven to nine digits', form: '9{7,9}', base: 0.03 },
];

/** American driver's licences: each state has its own form and none a public check digit. */
export const usDriverLicense: Detector = shapedDetector({
  id: 'us_driver_license',
  category: 'identity',
  weight: 0.4,
  specificity: 40,
  floor: governmentId,
  shapes,
  check: (compact) => (isRepeated(compact.replace(/^[A-Z]+/, '')) ? undefined : {}),
  sources: ['AAMVA, DL/ID Card Design Standard; motor vehicle agencies of the states'],
  context: idContext(
    {
      en: [
        "driver's license",
        'drivers license',
        'driver license',
        "driver's licence",
        'driver licence',
        "driver's lic",
        'drivers lic',
        'dl number',
        'dl no',
        'dl#',
        'dln',
        'cdl',
      ],
    },
    { en: ['license number', 'dmv', 'driver', 'license', 'driving', 'permit', 'state id'] },
  ),
  hits: [
    "driver's license [F4820917]",
    'DL number: [S530-4820-9173]',
    '{"driverLicense":"[H73028461]"}',
    'name,drivers license\nJane,[RT019384]\n',
    "driver's license no. [W290-571-83-046-0]",
  ],
  misses: [
    "driver's license F48209173456789012",
    "driver's license FABCDEFG",
    "driver's license F0000000",
    'license of part F4820917 is MIT',
    'serial number H73028461',
    'driver version 4820917',
  ],
});
