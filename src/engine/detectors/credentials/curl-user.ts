import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { credentialTraits } from './prefix-token.ts';
import { isStandIn } from './token-quality.ts';

const dash = 0x2d;
const maxPairBytes = 200;
/** How far before the option the command may be. */
const maxCommandBytes = 480;

const placeholder =
  /[<>{}$%]|\.\.\.|^(?:pass(?:word|wd)?|pwd|secret|token|key|api_?key|x+|y+|z+|\*+|your.*|my_?(?:pass|token|key|secret).*|changeme)$|^[A-Z_]+$/i;

/** `user:password` given to curl (curl manual, option `--user`). */
export const curlUser: Detector = {
  ...credentialTraits({ id: 'curl_auth_user', source: 'curl: manual, option --user', weight: 0.7 }),
  specificity: 60,
  anchors: { words: ['u ', 'user '] },
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
  if (byteAt(window, start - 1) !== dash) return undefined;
  const option = readAscii(window, start, end);
  const isShort = option.startsWith('u ') || option === 'u';
  if (byteAt(window, start - 2) !== (isShort ? 0x20 : dash)) return undefined;
  if (byteAt(window, end - 1) !== 0x20) return undefined;
  const opener = byteAt(window, end);
  const quoted = opener === 0x22 || opener === 0x27;
  const first = quoted ? end + 1 : end;
  let stop = first;
  while (stop - first < maxPairBytes) {
    const byte = byteAt(window, stop);
    if (quoted ? byte === opener || byte === 0x0a || byte === 0 : byte <= 0x20 || byte === 0x5c)
      break;
    stop++;
  }
  const pair = readAscii(window, first, stop);
  const match = /^(['"{]*[^:]*['"}]*):(['"{]*)(.*?)(['"}]*)$/.exec(pair);
  const password = match?.[3] ?? '';
  if (match === null || password.length < 4 || placeholder.test(password)) return undefined;
  if (/[$<%]|^(?:x+)$/.test(match[1] ?? '') || isStandIn(password)) return undefined;
  if (!isOptionOfCurl(window, start)) return undefined;
  const last = stop - (match[4] ?? '').length;
  return { start: first, end: last, pattern: 'curl --user', validator: null, base: 0.8 };
}

/** Looks for the command's name before the option, also on lines that a backslash joins. */
function isOptionOfCurl(window: TextWindow, option: number): boolean {
  const before = readAscii(window, Math.max(window.start, option - maxCommandBytes), option);
  const lines = before.split('\n');
  let first = lines.length - 1;
  while (first > 0 && /\\\r?$/.test(lines[first - 1] ?? '')) first--;
  return /(?:^|[^\w-])curl(?:\.exe)?\s/.test(lines.slice(first).join('\n'));
}
