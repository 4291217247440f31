import { isSpace } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { maskSecret } from './mask-secret.ts';
import { credentialTraits } from './prefix-token.ts';
import { isStandIn } from './token-quality.ts';

const quote = 0x27;
const maxLead = 240;
const maxValueBytes = 128;

const role = /\b(?:create|alter)\s+(?:user|role|login)\b[^;]*$/i;
const login = /(?:^|\n)\s*(?:machine\s+\S+|default)\s+(?:login|user)\s+(?!anonymous)\S+\s+$/;
const placeholder =
  /^(?:[<{[%$:*?&@]|x+$|\.+$|passw(?:or)?d$|pass$|secret$|your|changeme$)|^[A-Z_]+$/i;

/** Passwords in statements that make users (MySQL, PostgreSQL, Oracle). */
const sqlPassword: Detector = {
  ...credentialTraits({
    id: 'sql_password',
    source: 'MySQL: CREATE USER; PostgreSQL: CREATE ROLE; Oracle: CREATE USER',
    weight: 0.7,
  }),
  specificity: 58,
  anchors: { words: ['identified by', 'password'] },
  find: findInStatement,
  normalise: (value) => value,
  mask: (value) => maskSecret(value),
  hits: [
    { text: "CREATE USER app@'%' IDENTIFIED BY 'k8Zp2vQx';", values: ['k8Zp2vQx'] },
    { text: "create role app login password 'h8Jx2Lq'", values: ['h8Jx2Lq'] },
    { text: "ALTER USER app WITH ENCRYPTED PASSWORD 'Vb5nM2wQ';", values: ['Vb5nM2wQ'] },
    { text: "grant all on x.* to y identified by 'S3nd!it'", values: ['S3nd!it'] },
    { text: "ALTER ROLE app\n  PASSWORD 't9Zk-4R'", values: ['t9Zk-4R'] },
  ],
  misses: [
    "CREATE USER app IDENTIFIED BY '<password>';",
    "create role app password 'password'",
    "the labels are 'password', 'k8Zp2vQx'",
    'CREATE USER app IDENTIFIED BY :password',
    "select password 'k8Zp2vQx'",
  ],
};

function findInStatement(window: TextWindow, start: number, end: number): Match | undefined {
  let i = end;
  while (i - end < 4 && isSpace(byteAt(window, i))) i++;
  if (i === end || byteAt(window, i) !== quote) return undefined;
  const first = i + 1;
  let stop = first;
  while (
    stop - first < maxValueBytes &&
    byteAt(window, stop) > 0x20 &&
    byteAt(window, stop) !== quote
  ) {
    stop++;
  }
  if (byteAt(window, stop) !== quote || !isPassword(readAscii(window, first, stop)))
    return undefined;
  const isIdentified = (byteAt(window, start) | 0x20) === 0x69;
  if (!isIdentified && !role.test(readLead(window, start))) return undefined;
  return { start: first, end: stop, pattern: 'statement', validator: null, base: 0.8 };
}

/** Passwords in files for automatic login (netrc). */
const netrcPassword: Detector = {
  ...credentialTraits({
    id: 'netrc_password',
    source: 'GNU inetutils: the .netrc file',
    weight: 0.7,
  }),
  specificity: 58,
  anchors: { words: ['password'] },
  find: findInNetrc,
  normalise: (value) => value,
  mask: (value) => maskSecret(value),
  hits: [
    { text: 'machine git.acme.org login ci password k8Zp2vQx', values: ['k8Zp2vQx'] },
    { text: 'machine git.acme.org\n  login ci\n  password h8Jx2Lq\n', values: ['h8Jx2Lq'] },
    { text: 'default login ci password S3nd!it', values: ['S3nd!it'] },
    { text: 'machine a.b login c password Vb5nM2wQ\nmachine d', values: ['Vb5nM2wQ'] },
    { text: 'machine a\tlogin b\tpassword\tt9Zk-4R', values: ['t9Zk-4R'] },
  ],
  misses: [
    'machine git.acme.org login ci password <token>',
    'login and password required',
    'the machine wants login and password k8Zp2vQx',
    'machine a login b password password',
    'machine a login b password $TOKEN',
  ],
};

function findInNetrc(window: TextWindow, start: number, end: number): Match | undefined {
  let first = end;
  while (first - end < 8 && isSpace(byteAt(window, first))) first++;
  if (first === end || !isSpace(byteAt(window, start - 1))) return undefined;
  let stop = first;
  while (stop - first < maxValueBytes && byteAt(window, stop) > 0x20) stop++;
  if (!isPassword(readAscii(window, first, stop)) || !login.test(readLead(window, start))) {
    return undefined;
  }
  return { start: first, end: stop, pattern: 'netrc', validator: null, base: 0.85 };
}

function readLead(window: TextWindow, start: number): string {
  return readAscii(window, Math.max(window.start, start - maxLead), start);
}

function isPassword(value: string): boolean {
  const bare = value.replace(/^["']|["']$/g, '');
  return bare.length >= 4 && !placeholder.test(bare) && !isStandIn(bare);
}

/** Passwords that a keyword and a blank introduce. */
export const statementPasswords: readonly Detector[] = [netrcPassword, sqlPassword];
