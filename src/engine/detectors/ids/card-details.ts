import { passesLuhnText } from '../../check-digits.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { namedDetector } from '../../named-detector.ts';
import { accountNumber, compactValue } from '../../shaped-detector.ts';

const cardWords = {
  en: [
    'card',
    'card number',
    'credit card',
    'debit card',
    'visa',
    'mastercard',
    'amex',
    'cardholder',
  ],
  de: ['karte', 'kreditkarte', 'kartennummer'],
  fr: ['carte', 'carte bancaire', 'carte de crédit'],
  es: ['tarjeta', 'tarjeta de crédito'],
  it: ['carta di credito'],
  pt: ['cartão', 'cartão de crédito'],
} as const;

/** Card security code (CVV2, CVC2, CID): three or four digits after its name. */
const cardSecurityCode = namedDetector({
  id: 'card_security_code',
  category: 'financial',
  weight: 0.4,
  specificity: 50,
  floor: accountNumber,
  names: [
    { words: ['cvv', 'cvv2', 'cvc', 'cvc2', 'cvn', 'card verification', 'csc'], base: 0.7 },
    {
      words: ['security code', 'prüfziffer', 'code de sécurité', 'código de seguridad'],
      base: 0.3,
    },
  ],
  value: /\d{3,4}/,
  sources: ['PCI DSS v4.0, glossary; ISO/IEC 7813'],
  context: [{ effect: 0.6, words: cardWords }],
  hits: [
    'CVV: [482]',
    'cvv2=[9173]',
    '{"cvc":"[302]"}',
    'card 4532015112830366, security code [846]',
    'Card verification code is [019]',
  ],
  misses: [
    'CVV: 48',
    'CVV: 48213',
    'the security code 482 of the door',
    'cvv required, 3 digits',
    'cvvalue 482',
  ],
});

/** Expiry date of a payment card: month and year near the card. */
const cardExpiration = namedDetector({
  id: 'card_expiration',
  category: 'financial',
  weight: 0.2,
  specificity: 45,
  names: [
    {
      words: [
        'exp',
        'exp date',
        'expiry',
        'expiry date',
        'expiration',
        'expiration date',
        'expires',
        'valid thru',
        'valid until',
        'good thru',
        'gültig bis',
        'date d expiration',
        'vencimiento',
        'validade',
        'scadenza',
      ],
      base: 0.3,
    },
  ],
  value: /(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4]\d/,
  sources: ['ISO/IEC 7813'],
  context: [{ effect: 0.6, words: { ...cardWords, en: [...cardWords.en, 'cvv', 'cvc', 'cc'] } }],
  hits: [
    'card 4532015112830366 exp [04/28]',
    'Visa 4532 0151 1283 0366, valid thru [11/2029]',
    '{"cardNumber":"4532015112830366","expiry":"[07/27]"}',
    'Kreditkarte 4532015112830366, gültig bis [01/30]',
    'expiration date [12-2026] of my credit card',
  ],
  misses: [
    'coupon exp 04/28',
    'card exp 13/28',
    'card exp 04/281',
    'card exp 04/28/2026',
    'the card experiment 04/28',
  ],
});

/** Track data of a magnetic stripe: what a thief needs to copy a card. */
const magneticStripe: Detector = {
  id: 'card_magnetic_stripe',
  category: 'financial',
  weight: 0.7,
  specificity: 90,
  floor: accountNumber,
  anchors: {
    forms: [
      { form: '9{12,19}=9{7}', isStart: true },
      { form: 'b9{12,19}^A', isStart: true },
      { form: 'b9{12,19}^ ', isStart: true },
    ],
  },
  find: findTrack,
  normalise: compactValue,
  mask: (value) => `${'*'.repeat(12)}${/\d{4}(?=[=^])/.exec(value)?.[0] ?? ''}`,
  heedsExampleWords: true,
  context: [
    {
      effect: 0.4,
      words: {
        en: ['track', 'track1', 'track2', 'swipe', 'magstripe', 'magnetic stripe', 'iso7813'],
      },
    },
  ],
  sources: ['ISO/IEC 7813:2006, tracks 1 and 2'],
  hits: [
    {
      text: 'track2 ;4532015112830366=28041010000012300?',
      values: [';4532015112830366=28041010000012300?'],
    },
    {
      text: 'swipe %B4532015112830366^ROE/JANE^28041010000012300? ok',
      values: ['%B4532015112830366^ROE/JANE^28041010000012300?'],
    },
    { text: 'T2=4532015112830366=2804101', values: ['4532015112830366=2804101'] },
    { text: '{"magstripe":";4532015112830366=2911201?"}', values: [';4532015112830366=2911201?'] },
    {
      text: 'log: B4532015112830366^ ROE/JANE ^2804101000',
      values: ['B4532015112830366^ ROE/JANE ^2804101000'],
    },
  ],
  misses: [
    ';4532015112830367=28041010000012300?',
    ';4532015112830366=28131010000012300?',
    '4532015112830366=28',
    'x4532015112830366=2804101',
    'B4532015112830366^ROE/JANE',
  ],
};

const trackTwo = /^(\d{12,19})=\d\d(0[1-9]|1[0-2])\d{3}[\d]{0,30}\??/;
const trackOne =
  /^[Bb](\d{12,19})\^[A-Za-z0-9 .,'/-]{2,26}\^\d\d(0[1-9]|1[0-2])\d{3}[\w ]{0,60}\??/;
const trackBytes = 160;

function findTrack(window: TextWindow, start: number): Match | undefined {
  let text = '';
  for (let i = start; i < start + trackBytes; i++) text += String.fromCharCode(byteAt(window, i));
  const isFirst = !/^\d/.test(text);
  const found = (isFirst ? trackOne : trackTwo).exec(text);
  if (found === null || !passesLuhnText(found[1] ?? '')) return undefined;
  const before = byteAt(window, start - 1);
  const hasSentinel = before === (isFirst ? 0x25 : 0x3b);
  return {
    start: hasSentinel ? start - 1 : start,
    end: start + found[0].length,
    pattern: isFirst ? 'track 1' : 'track 2',
    validator: 'luhn:passed',
    base: hasSentinel ? 0.95 : 0.85,
  };
}

/** What belongs to a payment card beside its number. */
export const cardDetails: readonly Detector[] = [cardExpiration, magneticStripe, cardSecurityCode];
