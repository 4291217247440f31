import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { credentialTraits } from './prefix-token.ts';
import { isStandIn } from './token-quality.ts';

const dash = 0x2d;
const newline = 0x0a;
const backslash = 0x5c;
const maxPairBytes = 200;
/** How far after the command the option may be. */
const maxCommandBytes = 480;

const placeholder =
  /[<>{}$%]|\.\.\.|^(?:pass(?:word|wd)?|pwd|secret|token|key|api_?key|x+|y+|z+|\*+|your.*|my_?(?:pass|token|key|secret).*|changeme)$|^[A-Z_]+$/i;

/** `user:password` given to curl (curl manual, option `--user`). */
export const curlUser: Detector = {
  ...credentialTraits({ id: 'curl_auth_user', source: 'curl: manual, option --user', weight: 0.7 }),
  specificity: 60,
  anchors: { words: ['curl'] },
  find: findUser,
  normalise: (value) => value,
  mask: () => '****:****',
  hits: [
    { text: 'curl -u ci:k8Zp2vQx https://acme.org', values: ['ci:k8Zp2vQx'] },
    { text: 'curl -s --user "bob:S3nd!it" https://acme.org', values: ['bob:S3nd!it'] },
    { text: "curl https://acme.org \\\n  --user 'api:77ab-kd'", values: ['api:77ab-kd'] },
    { text: 'curl -u ":d2LkV78z" http://localhost', values: [':d2LkV78z'] },
    { text: "curl --user kim:'pRf7vG2h' -X PUT", values: ["kim:'pRf7vG2h"] },
  ],
  misses: [
    'curl -u user:password https://acme.org',
    'curl -u $USER:$PASSWORD https://acme.org',
    'curl -u "<user>:<token>" https://acme.org',
    'curl -u admin https://acme.org',
    'sort -u file:name1',
    'curl -u "xxx:yyy" https://acme.org',
    'curl -u ":" https://acme.org',
  ],
};

function findUser(window: TextWindow, start: number, end: number): Match | undefined {
  if (byteAt(window, start - 1) === dash || byteAt(window, end) !== 0x20) return undefined;
  const limit = Math.min(window.end, end + maxCommandBytes);
  for (let i = end; i < limit; i++) {
    const byte = byteAt(window, i);
    if (byte === newline && !isJoined(window, i)) return undefined;
    if (byte !== 0x20 || byteAt(window, i + 1) !== dash) continue;
    const pair = afterOption(window, i + 1);
    if (pair > 0) return readPair(window, pair);
  }
  return undefined;
}

/** Whether a backslash joins the line that ends at `at` to the next one. */
function isJoined(window: TextWindow, at: number): boolean {
  const before = byteAt(window, at - 1) === 0x0d ? at - 2 : at - 1;
  return byteAt(window, before) === backslash;
}

/** The index after `-u ` or `--user ` (or `=`) at `start`, or -1. */
function afterOption(window: TextWindow, start: number): number {
  for (const option of ['-u', '--user']) {
    const end = start + option.length;
    const after = byteAt(window, end);
    if (after !== 0x20 && after !== 0x3d) continue;
    if (readAscii(window, start, end) === option) return end + 1;
  }
  return -1;
}

function readPair(window: TextWindow, start: number): Match | undefined {
  const stop = endOfWord(window, start);
  const word = readAscii(window, start, stop);
  const open = /^['"]*/.exec(word)?.[0].length ?? 0;
  const close = /['"}]*$/.exec(word)?.[0].length ?? 0;
  const colon = word.indexOf(':');
  if (colon < 0 || word.length - close - colon < 5) return undefined;
  const password = word.slice(colon + 1, word.length - close).replace(/^['"{]+/, '');
  if (password.length < 4 || placeholder.test(password) || isStandIn(password)) return undefined;
  if (/[$<%]|^['"]?x+$/.test(word.slice(0, colon))) return undefined;
  const end = stop - close;
  return { start: start + open, end, pattern: 'curl --user', validator: null, base: 0.8 };
}

/** The end of a word of the shell, with what quotes hold together. */
function endOfWord(window: TextWindow, start: number): number {
  let quote = 0;
  let i = start;
  for (; i - start < maxPairBytes; i++) {
    const byte = byteAt(window, i);
    if (byte === newline || byte === 0) break;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte <= 0x20 || byte === backslash) break;
    else if (byte === 0x22 || byte === 0x27) quote = byte;
  }
  return i;
}
