import { isLetterOrDigit } from '../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../detector.ts';
import { createDigitGroups, type DigitGroups, parseDigitGroups } from '../digit-groups.ts';
import { passesLuhn } from '../luhn.ts';
import { findCardIssuer } from './card-issuers.ts';
import { publishedCards } from './published-cards.ts';

const minDigits = 12;
const maxDigits = 19;
const manyRepeats = 9;
/** Stripe's test cards share this prefix, which no bank issues under. */
const stripeTestPrefix = '400000';
const parsed = createDigitGroups();

/** Payment card numbers: issuer prefix and length (ISO/IEC 7812-1), grouping as printed, Luhn. */
export const creditCard: Detector = {
  id: 'credit_card',
  category: 'financial',
  weight: 0.5,
  sources: ['ISO/IEC 7812-1'],
  specificity: 60,
  floor: { label: 'confidential', reason: 'account or card number' },
  anchors: { digitRuns: { min: 4, max: maxDigits } },
  find: findCard,
  normalise: (value) => value.replace(/\D/g, ''),
  mask: (value) => `**** ${value.replace(/\D/g, '').slice(-4)}`,
  heedsExampleWords: true,
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
    { text: 'Card on file 4532015112830366 exp 04/28.', values: ['4532015112830366'] },
    { text: 'card: 4532-0151-1283-0366', values: ['4532-0151-1283-0366'] },
    { text: 'Visa 4532 0151 1283 0366, thanks', values: ['4532 0151 1283 0366'] },
    { text: 'amex 3782 822463 10013', values: ['3782 822463 10013'] },
    { text: 'Mastercard 2-series card 2345678901234560', values: ['2345678901234560'] },
    { text: 'Please block card no 4415101282806639538', values: ['4415101282806639538'] },
    { text: 'number of my Maestro card is 630427373398', values: ['630427373398'] },
    { text: '{"pan":"6212345678901232"}', values: ['6212345678901232'] },
    { text: 'Kreditkarte: 3528 0007 1234 5674', values: ['3528 0007 1234 5674'] },
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
};

function findCard(window: TextWindow, start: number): Match | undefined {
  if (!mayStart(window, start)) return undefined;
  if (!parseDigitGroups(parsed, window, start)) return undefined;
  let found: Match | undefined;
  let count = 0;
  // An expiry date or the next card may follow after a blank, so the groups may be too many.
  for (let last = 0; last < parsed.groupCount && count <= maxDigits; last++) {
    count += parsed.groups[last] as number;
    if (count < minDigits || count > maxDigits) continue;
    const match = matchCard(window, start, count, last + 1);
    if (match === undefined) continue;
    found = match;
    if (match.pattern === patterns.clear.grouped || match.pattern === patterns.clear.compact) break;
  }
  return found;
}

const patterns = {
  clear: { grouped: 'clear length, grouped', compact: 'clear length, compact' },
  open: { grouped: 'open length, grouped', compact: 'open length, compact' },
} as const;

function matchCard(
  window: TextWindow,
  start: number,
  count: number,
  groupCount: number,
): Match | undefined {
  const grouped = groupCount > 1;
  if (grouped && !isPrintedGrouping(parsed, groupCount)) return undefined;
  const end = parsed.groupEnds[groupCount - 1] as number;
  if (!mayEnd(window, end)) return undefined;
  if (!passesLuhn(parsed.digits, count)) return undefined;
  const issuer = findCardIssuer(parsed.digits, count);
  if (issuer === undefined) return undefined;
  const clear = issuer.clearLengths.includes(count);
  const inPath = byteAt(window, start - 1) === 0x2f;
  const byIssuer = clear ? 0.6 : issuer.listed ? 0.35 : 0.2;
  const base = byIssuer + (grouped ? 0.2 : 0) - (inPath ? 0.2 : 0);
  const match: Match = {
    start,
    end,
    pattern: patterns[clear ? 'clear' : 'open'][grouped ? 'grouped' : 'compact'],
    validator: 'luhn:passed',
    base: Math.round(base * 100) / 100,
    notes: issuer.notes,
  };
  const published = publishedBy(parsed.digits, count);
  if (published !== undefined) match.published = published;
  return match;
}

function publishedBy(digits: Uint8Array, count: number): string | undefined {
  let number = '';
  let repeats = 1;
  let mostRepeats = 1;
  for (let n = 0; n < count; n++) {
    number += digits[n];
    repeats = n > 0 && digits[n] === digits[n - 1] ? repeats + 1 : 1;
    mostRepeats = Math.max(mostRepeats, repeats);
  }
  if (publishedCards.has(number)) return 'test number of a card network';
  if (number.startsWith(stripeTestPrefix)) return 'test range of a payment provider';
  return mostRepeats >= manyRepeats ? 'repeated digits' : undefined;
}

/** As printed on cards: 4-6-5, 4-6-4, or groups of four and a shorter or longer last one. */
function isPrintedGrouping({ groups }: DigitGroups, groupCount: number): boolean {
  if (groupCount < 3 || groups[0] !== 4) return false;
  const last = groups[groupCount - 1] as number;
  if (groupCount === 3 && groups[1] === 6) return last === 5 || last === 4;
  for (let n = 1; n < groupCount - 1; n++) if (groups[n] !== 4) return false;
  return last <= 7;
}

/** Not inside a longer number, identifier or fraction. */
function mayStart(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (before === 0x5f || (before < 0x80 && isLetterOrDigit(before))) return false;
  if (before !== 0x2e && before !== 0x2d && before !== 0x2b) return true;
  return !isLetterOrDigit(byteAt(window, start - 2));
}

function mayEnd(window: TextWindow, end: number): boolean {
  const after = byteAt(window, end);
  if (after === 0x5f || (after < 0x80 && isLetterOrDigit(after))) return false;
  if (after !== 0x2e && after !== 0x2d) return true;
  return !isLetterOrDigit(byteAt(window, end + 1));
}
