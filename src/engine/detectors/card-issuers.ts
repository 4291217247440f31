/** A range of issuer identification numbers and the lengths of the cards issued under it. */
export interface CardIssuer {
  brand: string;
  /** Whether the prefix is an issuer's at all. */
  listed: boolean;
  /** What a finding's trace says. */
  notes: readonly string[];
  /** First and last prefix, of the same length. */
  from: number;
  to: number;
  prefixDigits: number;
  /** Card lengths in digits. */
  lengths: readonly number[];
  /** Lengths at which the prefix says enough for a number to count without context. */
  clearLengths: readonly number[];
}

const unlistedBrand = 'not listed';
const from16 = [16, 17, 18, 19];
const from14 = [14, 16, 17, 18, 19];
const from12 = [12, 13, 14, 15, 16, 17, 18, 19];

/**
 * Issuer prefixes (ISO/IEC 7812-1) with their card lengths, from the networks' own published
 * ranges. The longest prefix that fits decides.
 */
export const cardIssuers: readonly CardIssuer[] = [
  issuer('Visa', '4', [13, 16, 18, 19], [16]),
  issuer('Mastercard', '51-55', [16], [16]),
  issuer('Mastercard', '2221-2720', [16], [16]),
  issuer('American Express', '34', [15], [15]),
  issuer('American Express', '37', [15], [15]),
  issuer('Diners Club', '300-305', from14, [16]),
  issuer('Diners Club', '3095', from14, [16]),
  issuer('Diners Club', '36', [14, 15, 16, 17, 18, 19], [16]),
  issuer('Diners Club', '38-39', from14, [16]),
  issuer('Discover', '6011', from16, [16]),
  issuer('Discover', '644-649', from16, [16]),
  issuer('Discover', '65', from16, [16]),
  issuer('JCB', '3528-3589', from16, [16]),
  issuer('JCB', '2131', [15], []),
  issuer('JCB', '1800', [15], []),
  issuer('UnionPay', '62', from16, [16]),
  issuer('UnionPay', '8100-8171', from16, []),
  issuer('Maestro', '50', from12, []),
  issuer('Maestro', '56-58', from12, []),
  issuer('Maestro', '60', from12, []),
  issuer('Maestro', '63', from12, []),
  issuer('Maestro', '66-69', from12, []),
  issuer('Maestro UK', '6759', from12, [16]),
  issuer('Maestro UK', '676770', from12, [16]),
  issuer('Maestro UK', '676774', from12, [16]),
  issuer('Solo', '6334', [16, 18, 19], []),
  issuer('Solo', '6767', [16, 18, 19], []),
  issuer('Switch', '564182', [16, 18, 19], []),
  issuer('Switch', '633110', [16, 18, 19], []),
  issuer('Mir', '2200-2204', from16, [16]),
  issuer('BORICA', '2205', [16], [16]),
  issuer('RuPay', '353', [16], [16]),
  issuer('RuPay', '356', [16], [16]),
  issuer('RuPay', '508', [16], [16]),
  issuer('RuPay', '81-82', [16], []),
  issuer('Verve', '506099-506198', [16, 18, 19], [16]),
  issuer('Verve', '507865-507964', [16, 18, 19], [16]),
  issuer('Elo', '506699-506778', [16], [16]),
  issuer('Elo', '509000-509999', [16], [16]),
  issuer('Elo', '627780', [16], [16]),
  issuer('Elo', '636297', [16], [16]),
  issuer('Elo', '636368', [16], [16]),
  issuer('Hipercard', '606282', [13, 16, 19], [16]),
  issuer('Hipercard', '637095', [16], [16]),
  issuer('Cabal', '604201-604219', [16], [16]),
  issuer('Cabal', '589657', [16], [16]),
  issuer('Naranja', '589562', [16], [16]),
  issuer('InterPayment', '636', from16, []),
  issuer('InstaPayment', '637-639', [16], [16]),
  issuer('Troy', '9792', [16], [16]),
  issuer('LankaPay', '357111', [16], [16]),
  issuer('UkrCard', '60400100-60420099', from16, [16]),
  issuer('Napas', '9704', [16, 19], [16]),
  issuer('Humo', '9860', [16], [16]),
  issuer('Uzcard', '8600', [16], [16]),
  issuer('GPN', '1946', [16], []),
  issuer('UATP', '1', [15], []),
];

const maxPrefixDigits = 8;
const byPrefix = new Map<number, CardIssuer>();
for (const entry of cardIssuers) {
  for (let prefix = entry.from; prefix <= entry.to; prefix++) {
    // A leading one tells 04 from 4.
    const key = prefix + 10 ** entry.prefixDigits;
    if (!byPrefix.has(key)) byPrefix.set(key, entry);
  }
}

/**
 * What stands for an issuer that is not listed: sixteen digits of the banking industries (ISO/IEC
 * 7812-1, major industry identifiers 3 to 6). Only context can make a card of such a number.
 */
const unlisted: CardIssuer = issuer(unlistedBrand, '3-6', [16], []);

const maxCardDigits = 19;
const known = [unlisted, ...cardIssuers];
const unread = 255;
const none = 254;
/** Positions in `known` by four digits and count, each read when it is first asked for. */
const byFour = new Uint8Array(10_000 * (maxCardDigits + 1)).fill(unread);
/** Fours that longer prefixes start with. */
const isDivided = new Uint8Array(10_000);
for (const { from, to, prefixDigits } of cardIssuers) {
  const scale = 10 ** Math.max(0, prefixDigits - 4);
  if (scale > 1) isDivided.fill(1, Math.floor(from / scale), Math.floor(to / scale) + 1);
}

/** Finds the issuer whose longest prefix starts `digits` and who issues cards of `count` digits. */
export function findCardIssuer(digits: Uint8Array, count: number): CardIssuer | undefined {
  if (count < 4 || count > maxCardDigits) return searchCardIssuer(digits, count);
  let four = 0;
  for (let n = 0; n < 4; n++) four = four * 10 + (digits[n] as number);
  if (isDivided[four] === 1) return searchCardIssuer(digits, count);
  const place = four * (maxCardDigits + 1) + count;
  if (byFour[place] === unread) {
    const found = searchCardIssuer(digits, count);
    byFour[place] = found === undefined ? none : known.indexOf(found);
  }
  return known[byFour[place] as number];
}

function searchCardIssuer(digits: Uint8Array, count: number): CardIssuer | undefined {
  let found: CardIssuer | undefined;
  let key = 1;
  for (let n = 0; n < Math.min(count, maxPrefixDigits); n++) {
    key = key * 10 + (digits[n] as number);
    const entry = byPrefix.get(key);
    if (entry?.lengths.includes(count)) found = entry;
  }
  const industry = digits[0] as number;
  const isBanking = industry >= unlisted.from && industry <= unlisted.to;
  return found ?? (isBanking && unlisted.lengths.includes(count) ? unlisted : undefined);
}

function issuer(
  brand: string,
  range: string,
  lengths: readonly number[],
  clearLengths: readonly number[],
): CardIssuer {
  const [from = '', to = from] = range.split('-');
  return {
    brand,
    listed: brand !== unlistedBrand,
    notes: [`issuer: ${brand}`],
    from: Number(from),
    to: Number(to),
    prefixDigits: from.length,
    lengths,
    clearLengths,
  };
}
