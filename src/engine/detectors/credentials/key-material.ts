import { byteAt, type Detector, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { decodeBase64 } from './base64-text.ts';
import { infixToken } from './infix-token.ts';
import { credentialTraits, prefixToken, startsToken } from './prefix-token.ts';
import { alphabets, byteTable } from './token-format.ts';

const maxKeyBytes = 32_768;
const base64Chars = byteTable(alphabets['base64'] ?? '');
const restricted = { label: 'restricted', reason: 'private key' } as const;

/** age identities (age specification, X25519 identity, Bech32 in capitals). */
const ageSecretKey: Detector = {
  ...prefixToken({
    id: 'age_secret_key',
    source: 'age: file encryption specification, X25519 identities',
    formats: ['AGE-SECRET-KEY-1{bech32 58}'],
    weight: 0.8,
    minEntropy: 0,
    base: 0.95,
  }),
  floor: restricted,
};

/** Private keys of secp256k1, as wallets of Ethereum and Bitcoin write them. */
const secp256k1Key: Detector = {
  ...infixToken({
    id: 'secp256k1_private_key',
    source: 'SEC 2: Recommended Elliptic Curve Domain Parameters, secp256k1',
    formats: ['0x{anyhex 64}'],
    anchors: { forms: [{ form: '9xN{64}', isStart: true, behind: 'token' }] },
    leads: [0],
    minEntropy: 3,
    base: 0.3,
    check: (token) =>
      isBelowOrder(token.slice(2))
        ? { validator: 'below the order of the curve', base: 0.3 }
        : undefined,
    plainSamples: false,
    hits: [
      'private_key',
      'wallet private key',
      'PRIVATE_KEY',
      'mnemonic or private key',
      'privateKey',
    ].map((name, n) => ({
      text: `${name}: 0x${`${n}b7e4c19${'d05a3f82'}`.repeat(4)}`,
      values: [`0x${`${n}b7e4c19${'d05a3f82'}`.repeat(4)}`],
    })),
    misses: [
      `transaction 0x${`9b7e4c19${'d05a3f82'}`.repeat(4)}`,
      `private key 0x${'f'.repeat(64)}`,
      `private_key: 0x${`9b7e4c19${'d05a3f82'}`.repeat(3)}`,
      `keccak256("Transfer") = 0x${`9b7e4c19${'d05a3f82'}`.repeat(4)}`,
      'mask = 0xffffffff',
    ],
  }),
  floor: restricted,
  context: [
    {
      effect: 0.7,
      words: {
        en: [
          'private key',
          'privatekey',
          'privkey',
          'wallet',
          'wallet key',
          'secret key',
          'signer key',
        ],
        de: ['privater schlüssel', 'geldbörse'],
        fr: ['clé privée'],
        es: ['clave privada', 'monedero'],
      },
    },
    {
      effect: -0.6,
      words: {
        en: ['tx', 'transaction', 'hash', 'topic', 'block', 'public key', 'root', 'keccak', 'sha'],
      },
    },
  ],
};

const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';

/** A key is a number from 1 to the order of the group less one (SEC 2, section 2.4.1). */
function isBelowOrder(hex: string): boolean {
  return hex.toLowerCase() < order && /[1-9a-fA-F]/.test(hex);
}

/** What DER structures in base64 start with, and what they are. */
const structures: readonly { pattern: string; test: (der: Uint8Array) => boolean }[] = [
  // PFX (RFC 7292): version 3, then a ContentInfo.
  { pattern: 'PKCS#12', test: (der) => isInteger(der, 3) && der[afterLength(der) + 3] === 0x30 },
  // PrivateKeyInfo (RFC 5208): version 0, then an algorithm.
  {
    pattern: 'PKCS#8',
    test: (der) => {
      const at = afterLength(der) + 3;
      return isInteger(der, 0) && der[at] === 0x30 && der[at + 2] === 0x06;
    },
  },
  // RSAPrivateKey (RFC 8017): version 0, then the modulus.
  {
    pattern: 'PKCS#1',
    test: (der) => {
      const at = afterLength(der) + 3;
      return isInteger(der, 0) && der[at] === 0x02 && der[at + 1] === 0x82;
    },
  },
];

/** The index after tag and length of the outer SEQUENCE. */
function afterLength(der: Uint8Array): number {
  const length = der[1] ?? 0;
  return length < 0x80 ? 2 : 2 + (length & 0x7f);
}

function isInteger(der: Uint8Array, value: number): boolean {
  const at = afterLength(der);
  return der[0] === 0x30 && der[at] === 0x02 && der[at + 1] === 0x01 && der[at + 2] === value;
}

/** Private keys in DER, written as base64 without a PEM frame. */
const derPrivateKey: Detector = {
  ...credentialTraits({
    id: 'private_key_base64',
    source: 'RFC 7292 (PKCS#12), RFC 5208 (PKCS#8), RFC 8017 (PKCS#1) in base64',
    weight: 0.8,
  }),
  specificity: 95,
  floor: restricted,
  anchors: { words: ['mii'] },
  find: findDer,
  normalise: (value) => value.replace(/[^A-Za-z0-9+/]/g, ''),
  mask: (value) => `${value.slice(0, 4)}****`,
  hits: [
    ...['020103', '02010030', '0201000282'].map((head) => ({
      text: `key: ${sampleDer(head)}\n`,
      values: [sampleDer(head)],
    })),
    { text: `keystore = "${sampleDer('0201033082')}"`, values: [sampleDer('0201033082')] },
    { text: `{"pfx": "${sampleDer('02010330')}"}`, values: [sampleDer('02010330')] },
  ],
  misses: [
    `cert: ${sampleDer('3082')}`,
    `cert: ${sampleDer('a00302')}`,
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
    `x${sampleDer('0201033082')}`,
    'miimi is a name',
  ],
};

function findDer(window: TextWindow, start: number): ReturnType<Detector['find']> {
  if (byteAt(window, start) !== 0x4d || byteAt(window, start + 1) !== 0x49) return undefined;
  if (byteAt(window, start + 2) !== 0x49 || !startsToken(window, start, true)) return undefined;
  const head = decodeBase64(readAscii(window, start, start + 40));
  const structure = structures.find(({ test }) => test(head));
  if (structure === undefined) return undefined;
  let end = start;
  while (end - start < maxKeyBytes && base64Chars[byteAt(window, end)] === 1) end++;
  if (end - start < 200) return undefined;
  while (end - start < maxKeyBytes && byteAt(window, end) === 0x3d) end++;
  return { start, end, pattern: structure.pattern, validator: 'der:passed', base: 0.9 };
}

/** A SEQUENCE of 612 bytes that starts so and goes on with noise. */
function sampleDer(startHex: string): string {
  const head = startHex === '02010030' ? '020100300d06092a864886f70d' : startHex;
  const fixed = head === '020103' ? '02010330820250' : head;
  const bytes = Uint8Array.fromHex(`30820260${fixed}`);
  const noise = Uint8Array.from({ length: 300 }, (_, n) => (n * 89 + n * n * 7 + 13) & 0xff);
  return btoa(String.fromCharCode(...bytes, ...noise));
}

/** Private keys beyond PEM and PuTTY. */
export const keyMaterial: readonly Detector[] = [ageSecretKey, derPrivateKey, secp256k1Key];
