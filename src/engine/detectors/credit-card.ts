import type { Detector, Match, TextWindow } from '../detector.ts';
import { passesLuhn } from '../luhn.ts';
import { accountNumber, type Shape, shapedDetector } from '../shaped-detector.ts';
import { isInPath } from '../value-bounds.ts';
import { findCardIssuer } from './card-issuers.ts';
import { publishedCards } from './published-cards.ts';

const digits = new Uint8Array(64);
/** What a number loses that stands in a path, where numbers name files and records. */
const lossInPath = 0.2;
const leastBase = 0.01;
const compactBase = 0.6;
const groupedBase = 0.8;
/** By whether the length is clear (2) and the digits are grouped (1). */
const patterns = [
  'open length, compact',
  'open length, grouped',
  'clear length, compact',
  'clear length, grouped',
];

/** By twelve bits of a hash of their digits. */
const mayBePublished = new Uint8Array(4_096);
for (const card of publishedCards) {
  let hash = 0;
  for (const digit of card) hash = addToHash(hash, Number(digit));
  mayBePublished[hash & 0xfff] = 1;
}

/** Plain, or grouped as printed on cards: 4-6-5, 4-6-4, or fours and a shorter or longer last. */
const shapes: readonly Shape[] = [
  { name: 'compact', form: '9{12,19}', base: compactBase },
  { name: 'grouped', form: '9{4}s9{4}s9{4,7}', base: groupedBase, mayGoOn: true },
  { name: 'grouped', form: '9{4}s9{4}s9{4}s9{1,7}', base: groupedBase, mayGoOn: true },
  { name: 'grouped', form: '9{4}s9{4}s9{4}s9{4}s9{1,3}', base: groupedBase, mayGoOn: true },
  { name: 'grouped', form: '9{4}s9{6}s9{4,5}', base: groupedBase, mayGoOn: true },
];

/** Payment card numbers: issuer prefix and length (ISO/IEC 7812-1), grouping as printed, Luhn. */
const shaped = shapedDetector({
  id: 'credit_card',
  category: 'financial',
  weight: 0.5,
  specificity: 60,
  floor: accountNumber,
  shapes,
  sources: ['ISO/IEC 7812-1'],
  mask: (value) => `**** ${value.replace(/\D/g, '').slice(-4)}`,
  context: [
    {
      effect: 0.6,
      words: {
        en: [
          'card',
          'cards',
          'credit',
          'creditcard',
          'debit',
          'cc',
          'ccn',
          'ccnum',
          'pan',
          'visa',
          'mastercard',
          'amex',
          'american express',
          'discover',
          'diners',
          'jcb',
          'maestro',
          'unionpay',
          'rupay',
          'cvv',
          'cvc',
          'card number',
          'cardholder',
          'payment card',
        ],
        de: ['karte', 'kreditkarte', 'kartennummer', 'kreditkartennummer', 'karteninhaber'],
        fr: ['carte', 'carte bancaire', 'carte de crédit', 'numéro de carte'],
        es: ['tarjeta', 'tarjeta de crédito', 'número de tarjeta'],
        it: ['carta', 'carta di credito', 'numero carta'],
        pt: ['cartão', 'cartão de crédito', 'número do cartão'],
        nl: ['kaart', 'creditcard', 'kaartnummer', 'pas'],
        pl: ['karta', 'karty', 'karta kredytowa', 'numer karty'],
      },
    },
    {
      effect: -0.7,
      words: {
        en: [
          'imei',
          'isbn',
          'ean',
          'gtin',
          'upc',
          'barcode',
          'tracking',
          'tracking number',
          'serial',
          'order id',
          'order number',
          'invoice',
          'timestamp',
          'uuid',
          'sku',
          'phone',
          'fax',
          'iccid',
          'transaction id',
          'request id',
          'trace id',
          'build',
          'checksum',
          'hash',
          'tweet',
        ],
        de: ['seriennummer', 'auftragsnummer', 'rechnungsnummer', 'sendungsnummer', 'telefon'],
        fr: ['numéro de série', 'facture', 'commande', 'téléphone'],
        es: ['factura', 'pedido', 'número de serie', 'teléfono'],
        it: ['fattura', 'ordine', 'telefono'],
        pt: ['fatura', 'pedido', 'telefone'],
        nl: ['factuur', 'bestelling', 'telefoon'],
        pl: ['faktura', 'zamówienie', 'telefon'],
      },
    },
  ],
  hits: [
    'Card on file [4532015112830366] exp 04/28.',
    'card: [4532-0151-1283-0366]',
    'Visa [4532 0151 1283 0366], thanks',
    'amex [3782 822463 10013]',
    'Mastercard 2-series card [2345678901234560]',
    'Please block card no [4415101282806639538]',
    'number of my Maestro card is [630427373398]',
    '{"pan":"[6212345678901232]"}',
    'Kreditkarte: [3528 0007 1234 5674]',
  ],
  misses: [
    'order reference 4532015112830367 shipped',
    'sample visa 4111 1111 1111 1111',
    'id a4532015112830366b of the card',
    'card 45320151128303660123456',
    'value 0.4532015112830366 of the card',
    'imei: 353490069873319',
    'card 4532 0151-1283 0366',
    'call 4532 015 112 830 366',
    'timestamp 1700000000000 of the build',
  ],
});

/** Its own search needs no text: there are as many cards in a table as lines. */
export const creditCard: Detector = { ...shaped, find: findCard };

/** Checks digits and issuer; small letters are none in what has the shape of a card. */
function findCard(window: TextWindow, start: number, end: number, form = 0): Match | undefined {
  const { bytes } = window;
  let count = 0;
  let hash = 0;
  let repeats = 0;
  let mostRepeats = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) continue;
    repeats = count > 0 && digits[count - 1] === digit ? repeats + 1 : 1;
    if (repeats > mostRepeats) mostRepeats = repeats;
    hash = addToHash(hash, digit);
    digits[count++] = digit;
  }
  if (!passesLuhn(digits, count)) return undefined;
  const issuer = findCardIssuer(digits, count);
  if (issuer === undefined) return undefined;
  const clear = issuer.clearLengths.includes(count);
  const isGrouped = form > 0;
  const most = isGrouped ? groupedBase : compactBase;
  const own = (clear ? 0.6 : issuer.listed ? 0.35 : 0.2) + (isGrouped ? 0.2 : 0);
  const base = Math.min(most, own) - (isInPath(window, start) ? lossInPath : 0);
  const match: Match = {
    start,
    end,
    pattern: patterns[(clear ? 2 : 0) + (isGrouped ? 1 : 0)] as string,
    validator: 'luhn:passed',
    base: Math.max(leastBase, Math.round(base * 100) / 100),
  };
  const published = publishedBy(hash, count, mostRepeats);
  if (published !== undefined) match.published = published;
  match.notes = issuer.notes;
  return match;
}

function publishedBy(hash: number, count: number, repeats: number): string | undefined {
  if (
    mayBePublished[hash & 0xfff] === 1 &&
    publishedCards.has(digits.subarray(0, count).join(''))
  ) {
    return 'test number of a card network';
  }
  if (startsStripeTest()) return 'test range of a payment provider';
  return repeats >= 9 ? 'repeated digits' : undefined;
}

/** Stripe's test cards start with 400000, which no bank issues under. */
function startsStripeTest(): boolean {
  if (digits[0] !== 4) return false;
  for (let n = 1; n < 6; n++) if (digits[n] !== 0) return false;
  return true;
}

function addToHash(hash: number, digit: number): number {
  return (Math.imul(hash, 31) + digit) ^ (hash >>> 13);
}
