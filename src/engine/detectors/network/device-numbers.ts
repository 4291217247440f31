import { isDigit, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { passesLuhn } from '../../luhn.ts';

const digits = new Uint8Array(24);
const base = { imei: 0.05, iccid: 0.3 } as const;

const shared = {
  category: 'network',
  find: findDeviceNumber,
  normalise: (value: string) => value.replace(/\D/g, ''),
  mask: (value: string) => `${'*'.repeat(Math.max(0, value.length - 4))}${value.slice(-4)}`,
  heedsExampleWords: true,
} as const;

/**
 * Serial numbers of phones (3GPP TS 23.003, section 6.2): fifteen digits with a Luhn check digit,
 * of which the first two name who gave the type's code. One in ten numbers passes, so context decides.
 */
export const imei: Detector = {
  ...shared,
  id: 'imei',
  weight: 0.1,
  specificity: 42,
  anchors: { forms: [{ form: '9{15}', base: base.imei, isStart: true, behind: 'break' }] },
  sources: ['https://www.3gpp.org/dynareport/23003.htm'],
  context: [
    {
      effect: 0.8,
      words: {
        en: ['imei', 'imei number', 'imei1', 'imei2', 'handset', 'device id', 'tac'],
        de: ['seriennummer', 'gerätenummer'],
      },
    },
    {
      effect: -0.6,
      words: { en: ['card', 'amex', 'credit card', 'account', 'timestamp', 'order'] },
    },
  ],
  hits: [
    { text: 'IMEI: 358206109437286', values: ['358206109437286'] },
    { text: '{"imei":"861904037712057"}', values: ['861904037712057'] },
    { text: 'id,imei\n1,358206109437286\n', values: ['358206109437286'] },
    { text: 'the handset 358206109437286 was lost', values: ['358206109437286'] },
    { text: 'imei number 013904006173825 is blocked', values: ['013904006173825'] },
  ],
  misses: [
    'IMEI: 358206109437287',
    'IMEI: 000000000000000',
    'order 358206109437286',
    '358206109437286',
    'IMEI 3582061094372861 or x358206109437286',
    'imei 208206109437288',
  ],
};

/** Numbers of SIM cards (ITU-T E.118): 89, country, issuer, account and a Luhn check digit. */
export const iccid: Detector = {
  ...shared,
  id: 'iccid',
  weight: 0.1,
  specificity: 52,
  anchors: { forms: [{ form: '9{19,20}', base: base.iccid, isStart: true, behind: 'break' }] },
  sources: ['https://www.itu.int/rec/T-REC-E.118'],
  context: [
    {
      effect: 0.7,
      words: {
        en: ['iccid', 'sim', 'sim card', 'simcard', 'sim number', 'esim', 'uicc'],
        de: ['sim-karte', 'kartennummer'],
        fr: ['carte sim'],
        es: ['tarjeta sim'],
        it: ['scheda sim'],
        pt: ['cartão sim'],
        nl: ['simkaart'],
        pl: ['karta sim'],
      },
    },
  ],
  hits: [
    { text: 'ICCID 8949020000012345670', values: ['8949020000012345670'] },
    { text: '{"iccid":"89331012345678901230"}', values: ['89331012345678901230'] },
    { text: 'SIM card 8944110068051297344 sent', values: ['8944110068051297344'] },
    { text: 'user,sim\nbo,8944110068051297344\n', values: ['8944110068051297344'] },
    { text: 'eSIM: 8901260852293114575.', values: ['8901260852293114575'] },
  ],
  misses: [
    'ICCID 8949020000012345671',
    'ICCID 7949020000012345672',
    'number 8949020000012345670',
    'ICCID x8949020000012345670',
    'SIM 894902000001234567',
    'ICCID 89490200000123456701234',
  ],
};

/** Who gives type allocation codes (GSMA TS.06), by the first two digits. */
const reportingBodies = /^(?:01|10|35|44|45|49|5[0-4]|86|91|98|99)/;

function findDeviceNumber(window: TextWindow, start: number, end: number): Match | undefined {
  const before = byteAt(window, start - 1);
  const after = byteAt(window, end);
  if (isLetterOrDigit(before) || isLetterOrDigit(after) || before === 0x2e || before === 0x5f) {
    return undefined;
  }
  if (after === 0x5f || (after === 0x2e && isDigit(byteAt(window, end + 1)))) return undefined;
  const count = end - start;
  let text = '';
  for (let i = 0; i < count; i++) {
    digits[i] = byteAt(window, start + i) - 0x30;
    text += digits[i];
  }
  const isSim = count > 15;
  if (isSim ? !text.startsWith('89') : !reportingBodies.test(text)) return undefined;
  if (/^(.)\1*$/.test(text.slice(2)) || !passesLuhn(digits, count)) return undefined;
  const pattern = isSim ? 'iccid' : 'imei';
  return { start, end, pattern, validator: 'luhn:passed', base: base[pattern] };
}
