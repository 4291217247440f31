import type { Detector } from '../../detector.ts';
import { namedDetector } from '../../named-detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** ICD-10 diagnosis behind the name of the classification: letter, two digits, perhaps more. */
const icd10Code = namedDetector({
  id: 'icd10_code',
  category: 'health',
  weight: 0.2,
  specificity: 50,
  names: [
    {
      words: ['icd 10', 'icd10', 'icd 10 cm', 'icd 10 gm', 'icd code', 'icd', 'cim 10', 'cie 10'],
      base: 0.7,
    },
    { words: ['diagnosis code', 'dx code', 'diagnoseschlüssel', 'dx'], base: 0.55 },
    { words: ['diagnosis', 'diagnose', 'diagnostic'], base: 0.3 },
  ],
  value: /[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?/,
  sources: ['WHO, ICD-10 (2019); CDC, ICD-10-CM'],
  context: [
    { effect: 0.5, words: { en: ['patient', 'icd', 'hospital', 'symptoms'], de: ['patient'] } },
  ],
  hits: [
    'ICD-10: [E11.9]',
    'ICD-10-CM code [J45.909]',
    '{"icd10":"[F32.1]"}',
    'diagnosis code [I10]',
    'patient with diagnosis: [C50.911]',
  ],
  misses: [
    'ICD-10: U11',
    'size E11.9 of the lamp',
    'ICD-10 was released',
    'diagnosis: B12 in the engine bay',
    'ICD-10: E1',
  ],
});

/** Procedure code of American health care (HCPCS level II, CPT) behind its name. */
const usHcpcs = namedDetector({
  id: 'us_hcpcs',
  category: 'health',
  weight: 0.1,
  specificity: 45,
  names: [
    {
      words: ['hcpcs', 'cpt', 'hcpcs code', 'cpt code', 'current procedural terminology'],
      base: 0.65,
    },
    { words: ['procedure code', 'procedure codes'], base: 0.5 },
  ],
  value: /(?:[A-V]\d{4}|\d{4}[0-9FT])/,
  sources: ['CMS, HCPCS Level II; AMA, CPT'],
  context: [{ effect: -0.5, words: { en: ['ticket', 'version', 'seconds', 'port'] } }],
  hits: [
    'CPT: [99213]',
    'HCPCS code [J1885]',
    '{"cpt":"[93000]"}',
    'procedure code [0042T]',
    'HCPCS [G0463]',
  ],
  misses: [
    'CPT: 992134',
    'HCPCS X1885',
    'the room 99213 is free',
    'cpt 9921',
    'CPT codes are many',
  ],
});

/** American drug code: labeler, product and package as 4-4-2, 5-3-2 or 5-4-1. */
const usNdc = shapedDetector({
  id: 'us_ndc',
  category: 'health',
  weight: 0.1,
  specificity: 45,
  shapes: [
    { name: '4-4-2', form: '9{4}-9{4}-9{2}', base: 0.15 },
    { name: '5-3-2', form: '9{5}-9{3}-9{2}', base: 0.2 },
    { name: '5-4-1', form: '9{5}-9{4}-9', base: 0.2 },
    { name: '5-4-2', form: '9{5}-9{4}-9{2}', base: 0.2 },
  ],
  sources: ['21 CFR 207.33 (National Drug Code)'],
  context: idContext(
    { en: ['ndc', 'national drug code', 'ndc code', 'ndc number'] },
    { en: ['drug', 'tablet', 'capsule', 'prescription', 'pharmacy', 'mg'] },
  ),
  hits: [
    'NDC [4820-9173-02]',
    'national drug code: [73028-461-93]',
    '{"ndc":"[01938-4750-6]"}',
    'drug,ndc\nx,[29057-1830-46]\n',
    'NDC code [58103-927-46], tablet',
  ],
  misses: [
    'NDC 482-9173-02',
    'NDC 4820-9173-021',
    'range 4820-9173-02 of the map',
    'phone 73028-461-93',
    'NDC 4820-9173',
  ],
});

/** Medicare claim number before 2020: a social security number and the beneficiary's code. */
const usHicn = shapedDetector({
  id: 'us_hicn',
  category: 'health',
  weight: 0.5,
  specificity: 55,
  floor: governmentId,
  shapes: [
    { name: 'grouped', form: '9{3}-9{2}-9{4}-{0,1}A9{0,1}', base: 0.4 },
    { name: 'compact', form: '9{9}A9{0,1}', base: 0.15 },
    { name: 'railroad', form: 'A{1,3}9{9}', base: 0.05 },
  ],
  check(compact) {
    const digits = compact.replace(/^[A-Z]+/, '');
    if (/^(000|666|9)|^...00|^.{5}0000/.test(digits)) return undefined;
    return /^\d{9}[ABCDEFJKMTW]\d?$|^(A|H|MA|MH|PA|PD|PH|WA|WCA|WCD|WCH|WD|WH)\d{9}$/.test(compact)
      ? { validator: 'ssa:passed' }
      : undefined;
  },
  sources: ['CMS, Medicare Claims Processing Manual, chapter 2 (HICN)'],
  context: idContext(
    { en: ['hicn', 'hic no', 'hic number', 'health insurance claim number', 'hic'] },
    { en: ['medicare', 'beneficiary', 'medicare number', 'cms'] },
  ),
  hits: [
    'HICN: [482-09-1730A]',
    'health insurance claim number [273028461B1]',
    '{"hicn":"[193847506D]"}',
    'patient,hic no\nJane,[290-57-1830-C2]\n',
    'HIC number [WCA581039274]',
  ],
  misses: [
    'HICN 000-09-1730A',
    'HICN 482-09-1730Z',
    'HICN 482-09-1730A12',
    'part 273028461B1 in stock',
    'serial number 193847506D',
  ],
});

/** Number of a patient's record in a hospital, behind its name. */
const medicalRecordNumber = namedDetector({
  id: 'medical_record_number',
  category: 'health',
  weight: 0.4,
  specificity: 40,
  names: [
    { words: ['mrn', 'medical record number', 'medical record no', 'medical record'], base: 0.7 },
    { words: ['patient id', 'patient number', 'chart number', 'hospital number'], base: 0.55 },
  ],
  value: /[A-Z]{0,3}-?\d{5,10}(?:-\d{1,4})?/,
  sources: ['HL7 v2.9, table 0203 (MR)'],
  context: [],
  hits: [
    'MRN: [4820917]',
    'medical record number [A-730284]',
    '{"mrn":"[00193847]"}',
    'Patient ID: [2905718]',
    'Medical Record No. [MR581039]',
  ],
  misses: [
    'MRN: 4820',
    'MRN: 482091730284611',
    'medical record keeping in 2019',
    'patient idle 4820917',
    'MRNA 4820917',
  ],
});

/** What is said of a patient in codes, and the numbers of their records. */
export const medicalCodes: readonly Detector[] = [
  icd10Code,
  medicalRecordNumber,
  usHcpcs,
  usHicn,
  usNdc,
];
