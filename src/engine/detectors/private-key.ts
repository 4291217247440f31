import { byteAt, type Detector, type Match, maxMatchBytes, type TextWindow } from '../detector.ts';
import { type KeyBody, readAscii, readKeyBody } from './key-body.ts';
import { privateKeyHits, privateKeyMisses } from './private-key-examples.ts';

const dash = 0x2d;
const newline = 0x0a;
const maxLabelBytes = 48;
const maxPuttyLineBytes = 256;
const maxPuttyBytes = 16_384;
const minBodyChars = 40;
const minRunChars = 24;
const minDistinctChars = 12;

/**
 * Private keys: PEM (RFC 7468, headers of RFC 1421), OpenSSH, PGP private key blocks (RFC 9580),
 * SSH2 (RFC 4716 style) and PuTTY files. A key whose end is missing is still a key; one whose body
 * is missing or a placeholder is hardly one.
 */
export const privateKey: Detector = {
  id: 'private_key',
  category: 'credential',
  weight: 0.8,
  sources: ['RFC 7468', 'RFC 1421', 'RFC 4716', 'RFC 9580', 'PuTTY user manual, appendix C'],
  specificity: 100,
  floor: { label: 'restricted', reason: 'private key' },
  anchors: { words: ['begin', 'putty user key file'] },
  find: (window, start, end) =>
    byteAt(window, start - 1) === dash ? findPem(window, start, end) : findPutty(window, start),
  normalise: keyMaterial,
  mask: (value) => `${/^[A-Za-z0-9 -]{1,60}/.exec(value)?.[0].trimEnd() ?? ''} ****`,
  heedsExampleWords: false,
  context: [],
  hits: privateKeyHits,
  misses: privateKeyMisses,
};

/** How the bodies of keys start that documentation and tools hand out. */
const publishedHeads: readonly [head: string, source: string][] = [
  ['MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp', 'RFC 8410'],
  ['MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQC7VJTUt9Us8cKj', 'jwt.io'],
  ['MIIEogIBAAKCAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4TjGYe7gHzI', 'Vagrant'],
];

function findPem(window: TextWindow, begin: number, afterBegin: number): Match | undefined {
  let labelEnd = afterBegin;
  while (byteAt(window, labelEnd) !== dash) {
    const byte = byteAt(window, labelEnd);
    const allowed =
      byte === 0x20 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a);
    if (!allowed || ++labelEnd - afterBegin > maxLabelBytes) return undefined;
  }
  const label = readAscii(window, afterBegin, labelEnd).trim();
  if (!label.includes('PRIVATE KEY')) return undefined;
  const start = firstDash(window, begin);
  const bodyStart = afterDashes(window, labelEnd);
  if (begin - start < 4 || bodyStart - labelEnd < 4) return undefined;
  const body = readKeyBody(window, bodyStart, start + maxMatchBytes - 128);
  const encrypted = body.encrypted || label.includes('ENCRYPTED');
  return toMatch(start, body, label.toLowerCase(), encrypted);
}

function toMatch(start: number, body: KeyBody, pattern: string, encrypted: boolean): Match {
  const notes: string[] = [];
  const plausible =
    body.chars >= minBodyChars && body.longest >= minRunChars && body.distinct >= minDistinctChars;
  if (!plausible) notes.push(body.chars === 0 ? 'no key body' : 'the body is a placeholder');
  if (encrypted) notes.push('encrypted');
  if (!body.ended) notes.push('the end line is missing');
  const whole = body.ended ? 0.95 : 0.85;
  const base = plausible ? whole - (encrypted ? 0.25 : 0) : 0.2;
  const match: Match = {
    start,
    end: body.end,
    pattern,
    validator: plausible ? 'body:plausible' : 'body:implausible',
    base: Math.round(base * 100) / 100,
    notes,
  };
  const published = publishedHeads.find(([head]) => body.head.startsWith(head));
  if (published !== undefined) match.published = published[1];
  return match;
}

function firstDash(window: TextWindow, begin: number): number {
  let i = byteAt(window, begin - 1) === 0x20 ? begin - 1 : begin;
  while (begin - i < 5 && byteAt(window, i - 1) === dash) i--;
  return i;
}

function afterDashes(window: TextWindow, start: number): number {
  let i = start;
  while (i - start < 5 && byteAt(window, i) === dash) i++;
  return i;
}

/** PuTTY private key files, versions 1 to 3 (PuTTY user manual, appendix C). */
function findPutty(window: TextWindow, start: number): Match | undefined {
  const before = byteAt(window, start - 1);
  if (before !== 0 && before !== newline) return undefined;
  let encrypted = false;
  let line = nextLine(window, start);
  while (line - start < maxPuttyBytes) {
    const next = nextLine(window, line);
    if (next === line) break;
    const text = readAscii(window, line, Math.min(next, line + maxPuttyLineBytes));
    if (text.startsWith('PuTTY-')) break;
    if (/^Encryption: (?!none)/.test(text)) encrypted = true;
    if (text.startsWith('Private-Lines:')) {
      const body = readKeyBody(window, next, next + maxPuttyBytes);
      const match = toMatch(start, { ...body, ended: true }, 'putty', encrypted);
      return match.base > 0.2 ? match : undefined;
    }
    if (!/^(?:[A-Za-z0-9-]+: |[A-Za-z0-9+/=]+\r?\n?$)/.test(text)) break;
    line = next;
  }
  return undefined;
}

/** The start of the next line; the same index when this line is too long or the last. */
function nextLine(window: TextWindow, start: number): number {
  for (let i = start; i < Math.min(window.end, start + maxPuttyLineBytes); i++) {
    if (byteAt(window, i) === newline) return i + 1;
  }
  return start;
}

/** The key without its frame, headers, blanks and escapes: one key, however it is written down. */
function keyMaterial(value: string): string {
  return value
    .replace(/^-{4,5} ?BEGIN [A-Z0-9 ]*-{4,5}|-{4,5} ?END [A-Z0-9 ]*-{4,5}$/g, '')
    .replace(/\\[nrt]/g, '\n')
    .replace(/^[A-Za-z0-9-]{1,40}:.*$/gm, '')
    .replace(/[^A-Za-z0-9+/=]/g, '');
}
