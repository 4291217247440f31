import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { decodeBase64, isText, toAscii } from './base64-text.ts';
import { credentialTraits, startsToken } from './prefix-token.ts';
import { alphabets, byteTable } from './token-format.ts';

const dot = 0x2e;
const maxHeaderBytes = 2_048;
const maxPartBytes = 16_384;
const urlChars = byteTable(alphabets['url'] ?? '');
/** Members of a JOSE header (RFC 7515, RFC 7516); one of them is always there. */
const headerMember = /"(?:alg|typ|enc|kid|jku|x5t|zip|cty)"\s*:/;
/** How the claims of the token start that jwt.io shows and half of all documentation copies. */
const jwtIoClaims = '{"sub":"1234567890","name":"John Doe"';

const header = encode('{"alg":"HS256","typ":"JWT"}');
const claims = encode('{"sub":"u-4711","scope":"read"}');
const signature = `${'mB7c0JQ2yXl5TzK8'}${'vWd3nRf6hGp9sLa1oEiUqYt4xZkC_-A'}`;

/**
 * JSON Web Tokens (RFC 7519): the first part is decoded and must be a JOSE header. Those without
 * signature count less.
 */
export const jwt: Detector = {
  ...credentialTraits({ id: 'jwt', source: 'RFC 7519: JSON Web Token', weight: 0.6 }),
  specificity: 85,
  anchors: { words: ['eyj'] },
  find: findJwt,
  normalise: (value) => value,
  mask: (value) => `${value.slice(0, 3)}****.****.****${value.length > 64 ? value.slice(-4) : ''}`,
  hits: [
    {
      text: `Bearer ${header}.${claims}.${signature}`,
      values: [`${header}.${claims}.${signature}`],
    },
    {
      text: `"id_token":"${header}.${claims}.${signature}"`,
      values: [`${header}.${claims}.${signature}`],
    },
    {
      text: `?jwt=${header}.${claims}.${signature}&x=1`,
      values: [`${header}.${claims}.${signature}`],
    },
    {
      text: `${encode('{"alg":"none"}')}.${claims}.`,
      values: [`${encode('{"alg":"none"}')}.${claims}.`],
    },
    {
      text: `${encode('{"alg":"dir","enc":"A128GCM"}')}..${'aB3dE5fG7hJ9'}.${signature}.${'kL2mN4pQ6rS8tU0v'}`,
      values: [
        `${encode('{"alg":"dir","enc":"A128GCM"}')}..${'aB3dE5fG7hJ9'}.${signature}.${'kL2mN4pQ6rS8tU0v'}`,
      ],
    },
  ],
  misses: [
    'eyJhbGciOi.eyJzdWIiOi.x',
    header,
    `${encode('{"name":"a picture of no kind"}')}.${claims}.${signature}`,
    `${header}.${encode('[1,2,3,4,5,6]').slice(0, 6)}`,
    'eyjafjallajokull.erupted.in2010',
    `x${header}.${claims}.${signature}`,
  ],
};

function findJwt(window: TextWindow, start: number): Match | undefined {
  if (byteAt(window, start) !== 0x65 || byteAt(window, start + 1) !== 0x79) return undefined;
  if (byteAt(window, start + 2) !== 0x4a || !startsToken(window, start, false)) return undefined;
  const headerEnd = partEnd(window, start, maxHeaderBytes);
  if (headerEnd - start < 16 || byteAt(window, headerEnd) !== dot) return undefined;
  const ends: number[] = [];
  let end = headerEnd;
  while (ends.length < 4 && byteAt(window, end) === dot) {
    end = partEnd(window, end + 1, maxPartBytes);
    ends.push(end);
  }
  const [claimsEnd = headerEnd] = ends;
  const isEncrypted = ends.length === 4;
  if (!isEncrypted && claimsEnd - headerEnd < 10) return undefined;
  const text = decodeBase64(readAscii(window, start, headerEnd));
  if (text[0] !== 0x7b || text.at(-1) !== 0x7d || !headerMember.test(toAscii(text)))
    return undefined;
  const first = decodeBase64(readAscii(window, headerEnd + 1, Math.min(claimsEnd, headerEnd + 65)));
  const hasClaims = first[0] === 0x7b && isText(first.subarray(0, 32));
  const stop = isEncrypted ? end : (ends[1] ?? claimsEnd);
  const isSigned = ends.length >= 2 && stop - claimsEnd > 20;
  const match: Match = {
    start,
    end: stop,
    pattern: isEncrypted ? 'five parts' : isSigned ? 'signed' : 'unsigned',
    validator: `header:passed${hasClaims ? ', claims:passed' : ''}`,
    base: isSigned ? 0.9 : 0.6,
  };
  if (toAscii(first).startsWith(jwtIoClaims)) match.published = 'jwt.io';
  return match;
}

function partEnd(window: TextWindow, start: number, most: number): number {
  let i = start;
  while (i - start < most && urlChars[byteAt(window, i)] === 1) i++;
  return i;
}

function encode(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
