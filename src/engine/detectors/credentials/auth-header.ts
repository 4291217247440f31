import { isDigit, isLetter } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { decodeBase64, isText, toAscii } from './base64-text.ts';
import { maskSecret } from './mask-secret.ts';
import { credentialTraits } from './prefix-token.ts';
import { publishedSource } from './published-credentials.ts';
import { strengthOf } from './secret-strength.ts';
import { alphabets, byteTable } from './token-format.ts';
import { entropyOf, isStandIn } from './token-quality.ts';

const maxTokenBytes = 2_048;
const base64Chars = byteTable(alphabets['base64'] ?? '');
const tokenChars = byteTable(`${alphabets['base64']}-._~=`);
/** The name of the header, before a scheme that is also a common word. */
const header = /authorization["']?\s*[:=]\s*["'`]?$/i;
const random = `${'q7Hd93Kx'}${'Pz41Mv8R'}tW6y`;

/** User and password of HTTP Basic authentication (RFC 7617), decoded and checked. */
const basicAuthHeader: Detector = {
  ...credentialTraits({
    id: 'basic_auth_header',
    source: 'RFC 7617: The Basic HTTP Authentication Scheme',
    weight: 0.7,
  }),
  specificity: 80,
  anchors: { words: ['basic '] },
  find: findBasic,
  normalise: (value) => value.replace(/=+$/, ''),
  mask: () => '****',
  hits: [
    'ci:k8Zp2vQx',
    'admin:S3nd!it',
    ':only-a-pass7',
    'api:key-77ab',
    'user@acme.org:p4ss W',
  ].map((pair) => ({ text: `Authorization: Basic ${btoa(pair)}`, values: [btoa(pair)] })),
  misses: [
    'Authorization: Basic <base64>',
    'Basic authentication is needed',
    'Authorization: Basic ...',
    `Authorization: Basic ${btoa('no colon is in here')}`,
    `Authorization: Basic ${btoa('user:password')}`,
    `Authorization: Basic ${btoa('Aladdin:open sesame')}`,
    'basic knowledge/understanding',
  ],
};

function findBasic(window: TextWindow, _: number, end: number): Match | undefined {
  let stop = end;
  while (stop - end < 512 && base64Chars[byteAt(window, stop)] === 1) stop++;
  let padded = stop;
  while (padded - stop < 2 && byteAt(window, padded) === 0x3d) padded++;
  if (stop - end < 8 || stop - end >= 512) return undefined;
  const decoded = decodeBase64(readAscii(window, end, stop));
  const pair = toAscii(decoded);
  const colon = pair.indexOf(':');
  if (colon < 0 || !isText(decoded) || /[\r\n\t]/.test(pair)) return undefined;
  const password = pair.slice(colon + 1);
  if (password === '' || /^(?:pass(?:word)?|x+|\*+|secret|token|<.*>|\$.*)$/i.test(password)) {
    return undefined;
  }
  const match: Match = {
    start: end,
    end: padded,
    pattern: 'Basic',
    validator: 'pair:passed',
    base: 0.9,
  };
  const source = publishedSource(readAscii(window, end, stop));
  return source === undefined ? match : { ...match, published: source };
}

/** Tokens after "Bearer" (RFC 6750) that look random. */
const bearerToken: Detector = {
  ...credentialTraits({
    id: 'bearer_token',
    source: 'RFC 6750: OAuth 2.0 Bearer Token Usage',
    weight: 0.6,
  }),
  specificity: 55,
  anchors: { words: ['bearer ', 'token '] },
  find: findBearer,
  normalise: (value) => value,
  mask: (value) => maskSecret(value),
  hits: [
    { text: `Authorization: Bearer ${random}`, values: [random] },
    { text: `-H "authorization: bearer ${random}" -X POST`, values: [random] },
    { text: `headers: { Authorization: 'Bearer ${random}' }`, values: [random] },
    { text: `"Bearer ${random}==",`, values: [`${random}==`] },
    { text: `Authorization: token ${random}`, values: [random] },
    { text: `Proxy-Authorization: Bearer ${random}.`, values: [random] },
  ],
  misses: [
    'Authorization: Bearer <token>',
    'Bearer authentication2 is needed',
    `Bearer \${env.ACCESS_TOKEN}`,
    'Bearer xxxxxxxxxxxxxxxxxxxxxxxx',
    'The bearer of this letter',
    'Bearer my-example-token-1234',
  ],
};

function findBearer(window: TextWindow, start: number, end: number): Match | undefined {
  const isToken = (byteAt(window, start) | 0x20) === 0x74;
  if (isToken && !header.test(readAscii(window, Math.max(window.start, start - 24), start))) {
    return undefined;
  }
  let stop = end;
  let digits = 0;
  while (stop - end < maxTokenBytes && tokenChars[byteAt(window, stop)] === 1) {
    if (isDigit(byteAt(window, stop))) digits++;
    stop++;
  }
  while (byteAt(window, stop - 1) === 0x2e) stop--;
  if (stop - end < 16 || digits < 2 || isLetter(byteAt(window, stop))) return undefined;
  const token = readAscii(window, end, stop);
  if (token.length <= 256) {
    if (strengthOf(token.replace(/=+$/, '')) !== 'random') return undefined;
  } else if (isStandIn(token) || entropyOf(token) < 3) return undefined;
  return {
    start: end,
    end: stop,
    pattern: isToken ? 'token' : 'Bearer',
    validator: null,
    base: 0.75,
  };
}

/** Credentials in the headers of HTTP. */
export const headerCredentials: readonly Detector[] = [basicAuthHeader, bearerToken];
