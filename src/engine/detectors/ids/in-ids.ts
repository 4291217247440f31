import { passesVerhoeff, valueAt } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { bareContext, idContext } from './id-context.ts';

/** Indian Aadhaar number: twelve digits by Verhoeff, the first two or more, no palindrome. */
const inAadhaar = shapedDetector({
  id: 'in_aadhaar',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '4-4-4', form: '9{4}s9{4}s9{4}', base: 0.45 },
    { name: '4:4:4', form: '9{4}:9{4}:9{4}', base: 0.35 },
    { name: 'twelve digits', form: '9{12}', base: 0.25 },
  ],
  check(compact) {
    if (/^[01]/.test(compact) || [...compact].reverse().join('') === compact) return undefined;
    return passesVerhoeff(compact) ? { validator: 'verhoeff:passed' } : undefined;
  },
  sources: ['UIDAI, Aadhaar numbering scheme (2010); Verhoeff 1969'],
  context: idContext(
    {
      en: ['aadhaar', 'aadhar', 'adhaar', 'aadhaar number', 'aadhaar card', 'uidai'],
      hi: ['आधार'],
    },
    { en: ['uid', 'e-kyc', 'enrolment', 'kyc'] },
  ),
  hits: [
    'Aadhaar: [4820 9173 6152]',
    'Aadhaar number [730284619509]',
    '{"aadhaar":"[2019-3847-5067]"}',
    'name,aadhaar\nAsha,[629057183049]\n',
    'आधार [9581 0392 7467]',
  ],
  misses: [
    'Aadhaar 4820 9173 6151',
    'Aadhaar 1820 9173 6154',
    'Aadhaar 7302846195094',
    'bytes 730284619509 written',
    'order number 730284619509',
  ],
});

const gstinChars = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Indian GSTIN: state, PAN of the holder, entity, Z and a check character of base 36. */
const inGstin = shapedDetector({
  id: 'in_gstin',
  category: 'financial',
  weight: 0.15,
  specificity: 55,
  shapes: [{ name: 'fifteen characters', form: '9{2}A{5}9{4}ANzN', base: 0.85 }],
  check(compact) {
    const state = Number(compact.slice(0, 2));
    const isState = (state >= 1 && state <= 38) || state === 97 || state === 99;
    if (!isState || compact[12] === '0') return undefined;
    let sum = 0;
    for (let n = 0; n < 14; n++) {
      const product = valueAt(compact, n) * (n % 2 === 0 ? 1 : 2);
      sum += Math.floor(product / 36) + (product % 36);
    }
    return gstinChars[(36 - (sum % 36)) % 36] === compact[14]
      ? { validator: 'mod36:passed' }
      : undefined;
  },
  sources: ['CGST Rules 2017, rule 10; GSTN, GSTIN format'],
  context: bareContext(
    {
      en: ['gstin', 'gst', 'gst number', 'gst no', 'goods and services tax', 'gst registration'],
    },
    { en: ['tax invoice', 'supplier', 'tax identification'] },
  ),
  hits: [
    'GSTIN [29ABGPK4820M1ZC]',
    'GST No: [07AAECS7302Q2ZX]',
    '{"gstin":"[33AACFT0193H1ZE]"}',
    'supplier,gst number\nAcme,[24BQTPR2905L3Z8]\n',
    'billed to [19AAACB5810F1Z0]',
  ],
  misses: [
    'GSTIN 29ABGPK4820M1Z0',
    'GSTIN 29ABGPK4820M1Z',
    'GSTIN 00ABGPK4820M1Z5',
    'GSTIN 29ABGPK4820M1ZC7',
    'GSTIN 29ABGPK4820M1Y5',
  ],
});

/** Indian permanent account number; the fourth letter says what kind of holder it is. */
const inPan = shapedDetector({
  id: 'in_pan',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [{ name: 'ten characters', form: 'A{5}9{4}A', base: 0.55 }],
  check(compact) {
    if (compact.slice(5, 9) === '0000') return undefined;
    if (compact[3] === 'P') return { notes: ['holder: individual'] };
    if (/[ABCFGHJLT]/.test(compact[3] ?? '')) return { base: 0.45 };
    return { base: 0.01, notes: ['unknown kind of holder'] };
  },
  sources: ['Income Tax Department of India, structure of PAN'],
  context: idContext(
    {
      en: ['permanent account number', 'pan', 'pan card', 'pan number', 'pan no', 'e-pan'],
    },
    { en: ['income tax', 'itr', 'tds', 'form 16'] },
  ),
  hits: [
    'PAN: [ABGPK4820M]',
    'permanent account number [BQTPR2905L]',
    'her card [CWEPS7302Q] was lost',
    '{"panNumber":"[AAECS7302Q]"}',
    'name,pan\nAsha,[FHTPL5810D]\n',
  ],
  misses: [
    'PAN ABGPK4820',
    'PAN ABGPK48201M',
    'PAN XABGPK4820M',
    'PAN ABGPK0000M',
    'part AAECS7302Q in stock',
  ],
});

/** Indian passport: a letter, a digit that is not zero and six more, the last not zero. */
const inPassport = shapedDetector({
  id: 'in_passport',
  category: 'identity',
  weight: 0.4,
  specificity: 42,
  floor: governmentId,
  shapes: [
    { name: 'letter and seven digits', form: 'A9{7}', base: 0.08 },
    { name: 'letter, two and five digits', form: 'A9{2} 9{5}', base: 0.08 },
  ],
  check: (compact) => (/^[A-PR-WY][1-9]\d{5}[1-9]$/.test(compact) ? {} : undefined),
  sources: ['Passport Seva, Ministry of External Affairs; ICAO Doc 9303'],
  context: idContext(
    { en: ['indian passport', 'indian passport number', 'passport seva'], hi: ['पासपोर्ट'] },
    { en: ['passport', 'passport number', 'passport no', 'travel document'] },
  ),
  hits: [
    'Indian passport [M4820917]',
    'Indian passport number: [T7302846]',
    '{"indianPassport":"[K1938472]"}',
    'name,indian passport\nAsha,[R2905718]\n',
    'पासपोर्ट [W58 10392]',
  ],
  misses: [
    'passport M0820917',
    'passport M482091',
    'passport M48209177',
    'block M4820917 of the estate',
    'serial number T7302846',
  ],
});

/** Indian voter id (EPIC): three letters and seven digits. */
const inVoter = shapedDetector({
  id: 'in_voter',
  category: 'identity',
  weight: 0.4,
  specificity: 45,
  floor: governmentId,
  shapes: [{ name: 'three letters and seven digits', form: 'A{3}9{7}', base: 0.3 }],
  sources: ['Election Commission of India, Elector’s Photo Identity Card'],
  context: idContext(
    {
      en: ['voter', 'voter id', 'voter card', 'epic', 'epic no', 'elector photo identity card'],
      hi: ['मतदाता'],
    },
    { en: ['election', 'electoral roll', 'vote', 'constituency'] },
  ),
  hits: [
    'voter id [KTR4820917]',
    'EPIC No: [DBX7302846]',
    '{"voterId":"[UZC0193847]"}',
    'name,epic\nAsha,[CPL2905718]\n',
    'vote with card [NHM5810392]',
  ],
  misses: [
    'voter id KTR48209172',
    'voter id KT4820917',
    'voter id XKTR4820917',
    'part KTR4820917 in stock',
    'order number DBX7302846',
  ],
});

/** India: persons, tax, passports and voters. */
export const inIds: readonly Detector[] = [inAadhaar, inGstin, inPan, inPassport, inVoter];
