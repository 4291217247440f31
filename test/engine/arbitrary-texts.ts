import fc from 'fast-check';
import { ibanFormats } from '../../src/engine/detectors/iban-registry.ts';
import { passesLuhn } from '../../src/engine/luhn.ts';
import { ibanRemainder } from '../../src/engine/mod-97.ts';

const digits = (count: number): fc.Arbitrary<string> => {
  return fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
};

/** A card number of a real issuer with a right check digit, compact or grouped. */
export const anyCard: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('45', '53', '2345', '6011', '3530'),
    digits(16),
    fc.constantFrom('', ' ', '-'),
  )
  .map(([prefix, rest, separator]) => {
    const body = (prefix + rest).slice(0, 15);
    const check = [...'0123456789'].find((digit) =>
      passesLuhn(Uint8Array.from(body + digit, Number), 16),
    );
    return (body + check).replace(/(.{4})(?=.)/g, `$1${separator}`);
  });

/** An IBAN of a country whose account numbers are digits, with right check digits. */
export const anyIban: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('DE', 'ES', 'AT', 'PL'), digits(24), fc.boolean())
  .map(([country, rest, grouped]) => {
    const body = rest.slice(0, (ibanFormats.get(country)?.length ?? 0) - 4);
    const check = 98 - ibanRemainder(`${country}00${body}`);
    const compact = `${country}${String(check).padStart(2, '0')}${body}`;
    return grouped ? compact.replace(/(.{4})(?=.)/g, '$1 ') : compact;
  });

export const anySsn: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 100, max: 665 }),
    fc.integer({ min: 10, max: 99 }),
    fc.integer({ min: 1000, max: 9998 }),
  )
  .map((parts) => parts.join('-'));

export const anyEmail: fc.Arbitrary<string> = fc
  .tuple(
    fc.stringMatching(/^[a-z]{3,12}(\.[a-z]{2,9})?$/),
    fc.stringMatching(/^[a-z]{3,14}$/),
    fc.constantFrom('com', 'de', 'co.uk', 'org'),
  )
  .map(([local, host, domain]) => `${local}@${host}.${domain}`);

/** A PEM private key with 3 to 150 lines. */
export const anyKey: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 3, max: 150 }), fc.nat())
  .map(([lines, seed]) => {
    const dashes = '-'.repeat(5);
    const body = Array.from({ length: lines }, (_, n) => base64Line(seed + n * 977));
    return [
      `${dashes}BEGIN RSA PRIVATE KEY${dashes}`,
      ...body,
      `${dashes}END RSA PRIVATE KEY${dashes}`,
    ].join('\n');
  });

export const anyMarking: fc.Arbitrary<string> = fc.constantFrom(
  '\nCONFIDENTIAL\n',
  '\nKlassifizierung: intern\n',
  '\nStrictly Confidential | page 2\n',
);

/** Names, numbers, dates and places of made-up people. */
export const anyPersonal: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'Martha Klein',
    'Herr Dr. Jürgen Weiß',
    'Kovalenko, Oksana',
    'My name is Ingeborg',
    'Tomáš Dvořáček',
    '418 Maple Street, Springfield, IL 62704',
    'Lindenstraße 12a',
    '27 rue des Tilleuls,\n69003 Lyon',
    'born 14 March 1978',
    'dob: 1978-03-14',
    'Leeds LS2 7HZ',
    'PLZ 50667',
    'https://acme.io/?email=jo%40acme.io',
    'mac 3c:52:82:6f:1a:d4',
    '2a02:8109:9a40:1fd8::7c1',
  ),
  fc
    .tuple(fc.constantFrom('+49 89 ', '(312) 847-', '0171 '), digits(4))
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.integer({ min: 30, max: 222 }), fc.nat(255), fc.nat(255))
    .map(([a, b, c]) => `${a}.${b}.${c}.77`),
);

/** Anything a detector looks for, with words around that may or may not speak for it. */
export const anySensitive: fc.Arbitrary<string> = fc.oneof(
  anyCard,
  anyIban,
  anySsn,
  anyEmail,
  anyMarking,
);

/** Words, blanks, numbers and other scripts between the values. */
export const anyFiller: fc.Arbitrary<string> = fc.constantFrom(
  ' card ',
  ' ssn: ',
  ' phone ',
  ' IBAN ',
  ' mail ',
  ' example ',
  '\n',
  '\r\n',
  ', ',
  ' 12 ',
  ' 2024-01-02 ',
  ' prüfen ',
  ' 文書 ',
  ' 😀 ',
  '"',
  ' lorem ipsum dolor sit amet ',
  '-',
);

/** A text of fillers and sensitive values. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyFiller }, { weight: 1, arbitrary: anySensitive }), {
    maxLength: 120,
    size: 'max',
  })
  .map((parts) => parts.join(''));

function base64Line(seed: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let state = (seed % 2_147_483_646) + 1;
  return Array.from({ length: 64 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return alphabet[state % 64];
  }).join('');
}
