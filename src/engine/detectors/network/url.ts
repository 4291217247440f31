import { isAsciiLetter, isDigit, isLetter, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { topLevelDomains } from '../top-level-domains.ts';
import { kindOfParameters } from './url-parameters.ts';

const colon = 0x3a;
const slash = 0x2f;
const dot = 0x2e;
const hyphen = 0x2d;
const maxUrlBytes = 2_048;
const maxHostBytes = 253;
const decoder = new TextDecoder();

/**
 * Web addresses (RFC 3986) and bare domain names. An address says little by itself and stays below
 * the default minimum; one that carries a person's data or a secret in its parameters does not.
 */
export const url: Detector = {
  id: 'url',
  category: 'network',
  weight: 0.03,
  specificity: 12,
  anchors: {
    signs: [
      { sign: ':', after: '/', ahead: { 2: '/' } },
      { sign: '.', before: 'A-Za-z0-9\\x80', after: 'A-Za-z', ahead: { 2: 'A-Za-z' } },
    ],
  },
  find: findUrl,
  normalise: (value) => value.replace(/\/$/, ''),
  mask: (value) => `${/^[a-z]+:\/\//i.exec(value)?.[0] ?? ''}***`,
  heedsExampleWords: false,
  sources: ['https://www.rfc-editor.org/rfc/rfc3986'],
  context: [],
  hits: [
    {
      text: 'GET https://shop.acme.io/cart?email=jo%40acme.io&step=2 now',
      values: ['https://shop.acme.io/cart?email=jo%40acme.io&step=2'],
    },
    {
      text: 'see (http://acme.de/reset?sid=77ab12cd34ef56).',
      values: ['http://acme.de/reset?sid=77ab12cd34ef56'],
    },
    {
      text: '"https://acme.fr/form?first_name=Lea&last_name=Roux"',
      values: ['https://acme.fr/form?first_name=Lea&last_name=Roux'],
    },
    {
      text: 'ws://10.31.4.17:8080/feed?session=ab12cd34ef56',
      values: ['ws://10.31.4.17:8080/feed?session=ab12cd34ef56'],
    },
    {
      text: '<https://acme.nl/#/user?nachname=Huber>',
      values: ['https://acme.nl/#/user?nachname=Huber'],
    },
  ],
  misses: [
    'https://acme.io/docs and www.acme.io, acme.io',
    'http://acme/x?email=jo%40acme.io',
    'https://acme.io/search?q=name&page=2',
    'https://acme.io/reset?token=<token>&email={email}',
    'http://acme.notatld/x?phone=0612345679',
    'this.email.com = foo.name',
    '://acme.io/?email=jo%40acme.io',
  ],
};

function findUrl(window: TextWindow, at: number): Match | undefined {
  if (byteAt(window, at) === dot) return findDomain(window, at);
  if (byteAt(window, at + 1) !== slash || byteAt(window, at + 2) !== slash) return undefined;
  const start = schemeStart(window, at);
  if (start === undefined) return undefined;
  const end = urlEnd(window, at + 3);
  const text = decoder.decode(window.bytes.subarray(start, end));
  const host = hostOf(text.slice(at + 3 - start));
  if (!isHost(host)) return undefined;
  const kind = kindOfParameters(text);
  const base = kind === 'secret' ? 0.7 : kind === 'personal' ? 0.55 : 0.1;
  const match: Match = {
    start,
    end,
    pattern: kind === undefined ? 'address' : `address with ${kind} parameters`,
    validator: 'host:passed',
    base,
  };
  if (exampleHost.test(host)) match.published = 'domain reserved for examples (RFC 2606)';
  return match;
}

/** The scheme's first letter (RFC 3986, section 3.1), of those that lead to a host. */
function schemeStart(window: TextWindow, colonAt: number): number | undefined {
  let start = colonAt;
  while (colonAt - start < 7 && isAsciiLetter(byteAt(window, start - 1))) start--;
  if (start === colonAt || isLetterOrDigit(byteAt(window, start - 1))) return undefined;
  const scheme = decoder.decode(window.bytes.subarray(start, colonAt)).toLowerCase();
  return /^(?:https?|ftps?|sftp|wss?)$/.test(scheme) ? start : undefined;
}

/** The address ends at what cannot be in one, and without the marks of the sentence around it. */
function urlEnd(window: TextWindow, from: number): number {
  let end = from;
  while (end - from < maxUrlBytes && urlEnds[byteAt(window, end)] === 0) end++;
  while (end > from && ".,;:!?)'*".includes(String.fromCharCode(byteAt(window, end - 1)))) end--;
  return end;
}

const urlEnds = new Uint8Array(256);
for (const char of ' \t\n\v\f\r\0"<>`|^\\') urlEnds[char.charCodeAt(0)] = 1;

function hostOf(rest: string): string {
  const authority = rest.split(/[/?#]/, 1)[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, '');
}

function isHost(host: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return true;
  if (/^\[[\da-f:.%]+\]$/i.test(host)) return true;
  if (host.length > maxHostBytes || !/^[\p{L}\d_-]+(?:\.[\p{L}\d_-]+)+\.?$/u.test(host))
    return false;
  const last = host.replace(/\.$/, '').split('.').at(-1)?.toLowerCase() ?? '';
  return topLevelDomains.has(last) || last.startsWith('xn--');
}

/** Hosts nobody can own: RFC 2606 and RFC 6761. */
const exampleHost = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/i;

/** `acme.com` without a scheme: the last dot of a name with a well-known ending. */
function findDomain(window: TextWindow, at: number): Match | undefined {
  const first = byteAt(window, at + 1) | 0x20;
  if (!isAsciiLetter(first) || !isLetterOrDigit(byteAt(window, at - 1))) return undefined;
  let end = at + 1;
  while (end - at < 6 && isAsciiLetter(byteAt(window, end))) end++;
  const after = byteAt(window, end);
  if (isLetterOrDigit(after) || after === hyphen || after === 0x5f || after === 0x28)
    return undefined;
  if (after === 0x40 || after === colon || after === slash) return undefined;
  if (after === dot && isLetter(byteAt(window, end + 1))) return undefined;
  let key = 0;
  for (let i = at + 1; i < end; i++) key = key * 32 + (byteAt(window, i) & 31);
  if (!bareDomains.has(key)) return undefined;
  let start = at;
  while (at - start < maxHostBytes && isNameByte(byteAt(window, start - 1))) start--;
  const before = byteAt(window, start - 1);
  if (before === 0x40 || before === slash || before === 0x5f || before === 0x5c) return undefined;
  if (isDigit(byteAt(window, start)) && !hasLetter(window, start, at)) return undefined;
  return { start, end, pattern: 'bare domain', validator: 'tld:known', base: 0.03 };
}

/** Endings that names of files and fields seldom have, five bits a letter. */
const bareDomains: ReadonlySet<number> = new Set(
  `com org net edu gov mil io info biz dev app cloud site online shop
de fr uk es it nl pl ch at be se no dk fi ie eu us ca br mx au nz jp cn ru in`
    .split(/\s+/)
    .map((name) => [...name].reduce((key, char) => key * 32 + (char.charCodeAt(0) & 31), 0)),
);

function isNameByte(byte: number): boolean {
  return isLetterOrDigit(byte) || byte === hyphen || byte === dot;
}

function hasLetter(window: TextWindow, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (isLetter(byteAt(window, i))) return true;
  return false;
}
