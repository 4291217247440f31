import { isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { credentialTraits } from './prefix-token.ts';
import { byteTable } from './token-format.ts';
import { isStandIn } from './token-quality.ts';

const slash = 0x2f;
const colon = 0x3a;
const at = 0x40;
const maxSchemeBytes = 24;
const maxAuthorityBytes = 512;

const schemeChars = byteTable('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-:');
const schemeColon = { sign: ':', after: '/', ahead: { 2: '/' } } as const;

/** What cannot be in the user, password or host of an address. */
const authorityStops = byteTable(' \t\r\n"\'`<>/?\\\0');

/** Schemes of databases, caches and queues: their addresses are connection strings. */
const storeScheme =
  /^(?:jdbc:)?(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb(?:\+srv)?|rediss?|valkeys?|amqps?|mssql|sqlserver|oracle|db2|cockroach(?:db)?|clickhouse|couchdb|cassandra|neo4j(?:\+s)?|bolt|nats|kafka|ldaps?|memcached?|influxdb|snowflake|libsql|tarantool|mqtts?)(?:\+\w+)?$/i;

/** What stands for a password where the reader, or a program, is to put one. */
const placeholder =
  /^(?:[<{[(%$#*@:]|\$|x{3,}$|\*+$|\.+$)|\$\{|\{\{|\$[A-Za-z_]|%[A-Za-z]+%|[}>\])]$|^(?:passwo?r?d?|pwd|secret|token|password\d{0,3}|api_?key|auth_?token|your.*|my_?pass(?:word)?|changeme|redacted|example|placeholder|passwd|hidden|contrase.a|pass(?:phrase|code))$|^(.)\1+$|example|placeholder|redacted|dummy|fake|replace_/i;
/** Capitals alone name a variable or a slot. */
const slot = /^[A-Z_]+$/;
/** The password that documentation uses most; kept, at a confidence that "example" takes away. */
const doubtful =
  /^(?:pass|pw|test|guest|root|admin|user|user\d?|p4ss|bar|baz|anoncvs|anonymous|secret\d*)$/i;

interface Address {
  start: number;
  end: number;
  scheme: string;
  user: string;
  password: string;
}

/** Passwords in web, file and mail addresses (RFC 3986, user information). */
export const urlPassword: Detector = {
  ...credentialTraits({
    id: 'url_password',
    source: 'RFC 3986: Uniform Resource Identifier, user information',
    weight: 0.7,
  }),
  specificity: 60,
  anchors: { signs: [schemeColon] },
  find: (window, start) => findAddress(window, start, (scheme) => !storeScheme.test(scheme)),
  normalise: normaliseAddress,
  mask: maskAddress,
  hits: [
    {
      text: `git clone https://ci:${'k8Zp'}${'2vQx'}@git.acme.org/app.git`,
      values: [`https://ci:${'k8Zp'}${'2vQx'}@git.acme.org`],
    },
    {
      text: 'ftp://upload:S3nd%21it@files.acme.org/in',
      values: ['ftp://upload:S3nd%21it@files.acme.org'],
    },
    {
      text: 'url = "http://bob:p@ss9word@10.0.0.5:8080/"',
      values: ['http://bob:p@ss9word@10.0.0.5:8080'],
    },
    {
      text: 'smtps://mailer:n0tsecr3t@smtp.acme.org:465',
      values: ['smtps://mailer:n0tsecr3t@smtp.acme.org:465'],
    },
    { text: '<https://svc:9fK2-x_Q@api.acme.org>', values: ['https://svc:9fK2-x_Q@api.acme.org'] },
  ],
  misses: [
    'https://acme.org:8080/@scope/package',
    'https://user@acme.org/',
    `https://user:\${DB_PASSWORD}@acme.org/`,
    'https://<user>:<password>@acme.org/',
    'http://username:password@acme.org/',
    'ssh://git@github.com:acme/app.git',
    'https://user:xxxxx@acme.org/',
    'https://USER:PASS@acme.org/',
  ],
};

/** Connection strings of databases, caches and queues with a password in their address. */
export const connectionUrl: Detector = {
  ...credentialTraits({
    id: 'connection_string',
    source: 'PostgreSQL, MySQL, MongoDB, Redis, RabbitMQ: connection URIs; JDBC',
    weight: 0.8,
  }),
  specificity: 65,
  anchors: { signs: [schemeColon] },
  find: (window, start) => findAddress(window, start, (scheme) => storeScheme.test(scheme)),
  normalise: normaliseAddress,
  mask: maskAddress,
  hits: [
    {
      text: `DATABASE_URL=postgres://app:${'w3Lk'}${'9pTz'}@db.acme.org:5432/shop`,
      values: [`postgres://app:${'w3Lk'}${'9pTz'}@db.acme.org:5432`],
    },
    {
      text: 'mongodb+srv://svc:R7tq2Wm@cluster0.acme.net/x',
      values: ['mongodb+srv://svc:R7tq2Wm@cluster0.acme.net'],
    },
    { text: 'redis://:4kP9sLm2@cache:6379/0', values: ['redis://:4kP9sLm2@cache:6379'] },
    {
      text: '"jdbc:mysql://root:tO9p3sT1@db:3306/a"',
      values: ['jdbc:mysql://root:tO9p3sT1@db:3306'],
    },
    {
      text: "amqp://worker:q1Uz8Rw@mq.acme.org/%2f'",
      values: ['amqp://worker:q1Uz8Rw@mq.acme.org'],
    },
  ],
  misses: [
    'postgres://localhost:5432/shop',
    'mongodb://user:password@localhost/x',
    'mysql://root@db.acme.org/shop',
    'redis://cache.acme.org:6379',
    'postgresql://{{user}}:{{pass}}@db/shop',
    'https://svc:R7tq2Wm@acme.org',
  ],
};

function findAddress(
  window: TextWindow,
  colonAt: number,
  accepts: (scheme: string) => boolean,
): Match | undefined {
  if (byteAt(window, colonAt + 1) !== slash || byteAt(window, colonAt + 2) !== slash)
    return undefined;
  const address = readAddress(window, colonAt);
  if (address === undefined || !accepts(address.scheme)) return undefined;
  const base = judgePassword(address);
  if (base === undefined) return undefined;
  const { start, end } = address;
  return { start, end, pattern: 'scheme://user:password@host', validator: null, base };
}

function readAddress(window: TextWindow, colonAt: number): Address | undefined {
  const first = colonAt + 3;
  let firstColon = -1;
  let lastAt = -1;
  let end = first;
  while (end - first < maxAuthorityBytes && authorityStops[byteAt(window, end)] === 0) {
    const byte = byteAt(window, end);
    if (byte === colon && firstColon < 0) firstColon = end;
    if (byte === at) lastAt = end;
    end++;
  }
  if (firstColon < 0 || lastAt < firstColon || end - first >= maxAuthorityBytes) return undefined;
  let start = colonAt;
  while (colonAt - start < maxSchemeBytes && schemeChars[byteAt(window, start - 1)] === 1) start--;
  while (start < colonAt && !isLetterOrDigit(byteAt(window, start))) start++;
  end = lastAt + 1;
  while (isHostByte(byteAt(window, end))) end++;
  while (end > lastAt + 1 && !isLetterOrDigit(byteAt(window, end - 1))) end--;
  if (start === colonAt || end === lastAt + 1) return undefined;
  return {
    start,
    end,
    scheme: readAscii(window, start, colonAt),
    user: readAscii(window, first, firstColon),
    password: readAscii(window, firstColon + 1, lastAt),
  };
}

function isHostByte(byte: number): boolean {
  return isLetterOrDigit(byte) || byte === 0x2e || byte === 0x2d || byte === colon || byte === 0x5f;
}

function judgePassword({ scheme, user, password }: Address): number | undefined {
  if (password.length < 4 || password.length > 256 || /^\d+$/.test(user)) return undefined;
  if (placeholder.test(password) || slot.test(password) || isStandIn(password)) return undefined;
  if (/^[<{[$%]|\$\{|^[A-Z_]{3,}$/.test(user)) return undefined;
  // `user:user` and words alone are what examples have.
  if (storeScheme.test(scheme) && (doubtful.test(password) || password === user)) return undefined;
  if (doubtful.test(password) || password === user) return 0.55;
  return /\d|[^A-Za-z]/.test(password) ? 0.85 : 0.7;
}

function normaliseAddress(value: string): string {
  return value.slice(value.indexOf('//') + 2);
}

function maskAddress(value: string): string {
  const host = value.slice(value.lastIndexOf('@'));
  return `${value.slice(0, value.indexOf('//') + 2)}****:****${host}`;
}
