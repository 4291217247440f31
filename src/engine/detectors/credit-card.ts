import type { Detector } from '../detector.ts';
import { passesLuhn } from '../luhn.ts';
import { accountNumber, type Check, type Shape, shapedDetector } from '../shaped-detector.ts';
import { findCardIssuer } from './card-issuers.ts';
import { publishedCards } from './published-cards.ts';

const manyRepeats = /(\d)\1{8}/;
/** Stripe's test cards share this prefix, which no bank issues under. */
const stripeTestPrefix = '400000';
const digits = new Uint8Array(19);

/** Plain, or grouped as printed on cards: 4-6-5, 4-6-4, or fours and a shorter or longer last. */
const shapes: readonly Shape[] = [
  { name: 'compact', form: '9{12,19}', base: 0.6 },
  { name: 'grouped', form: '9{4}s9{4}s9{4,7}', base: 0.8, mayGoOn: true },
  { name: 'grouped', form: '9{4}s9{4}s9{4}s9{1,7}', base: 0.8, mayGoOn: true },
  { name: 'grouped', form: '9{4}s9{4}s9{4}s9{4}s9{1,3}', base: 0.8, mayGoOn: true },
  { name: 'grouped', form: '9{4}s9{6}s9{4,5}', base: 0.8, mayGoOn: true },
];

/** Payment card numbers: issuer prefix and length (ISO/IEC 7812-1), grouping as printed, Luhn. */
export const creditCard: Detector = shapedDetector({
  id: 'credit_card',
  category: 'financial',
  weight: 0.5,
  specificity: 60,
  floor: accountNumber,
  shapes,
  check: checkCard,
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

function checkCard(compact: string, { name }: Shape): Check | undefined {
  const count = compact.length;
  for (let n = 0; n < count; n++) digits[n] = compact.charCodeAt(n) - 0x30;
  if (!passesLuhn(digits, count)) return undefined;
  const issuer = findCardIssuer(digits, count);
  if (issuer === undefined) return undefined;
  const clear = issuer.clearLengths.includes(count);
  const check: Check = {
    pattern: `${clear ? 'clear' : 'open'} length, ${name}`,
    validator: 'luhn:passed',
    base: (clear ? 0.6 : issuer.listed ? 0.35 : 0.2) + (name === 'grouped' ? 0.2 : 0),
    notes: issuer.notes,
  };
  const published = publishedBy(compact);
  if (published !== undefined) check.published = published;
  return check;
}

function publishedBy(number: string): string | undefined {
  if (publishedCards.has(number)) return 'test number of a card network';
  if (number.startsWith(stripeTestPrefix)) return 'test range of a payment provider';
  return manyRepeats.test(number) ? 'repeated digits' : undefined;
}
