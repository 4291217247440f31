import { isLetterOrDigit } from '../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../detector.ts';
import { findLocalPart, readDomain, readPlainDomain } from './email-parts.ts';
import { notTopLevelDomains, topLevelDomains } from './top-level-domains.ts';

const maxUserInfoBytes = 128;

/**
 * E-mail addresses: local part and domain of RFC 5321 (limits) and RFC 5322 (characters), other
 * scripts as RFC 6531 allows, a plausible top-level domain, and none of what only has an `@`.
 */
export const email: Detector = {
  id: 'email',
  category: 'contact',
  weight: 0.08,
  sources: ['RFC 5321', 'RFC 5322', 'RFC 6531', 'RFC 2606'],
  specificity: 40,
  anchors: { signs: [{ sign: '@' }] },
  find: findEmail,
  normalise: (value) => value.toLowerCase(),
  mask: maskEmail,
  heedsExampleWords: false,
  context: [
    {
      effect: 0.5,
      words: {
        en: ['email', 'e-mail', 'mail', 'mailto', 'contact', 'cc', 'bcc', 'reply to', 'write to'],
        de: ['e-mail-adresse', 'emailadresse', 'mailadresse', 'kontakt', 'schreiben sie'],
        fr: ['courriel', 'adresse électronique', 'mél', 'écrire à'],
        es: ['correo', 'correo electrónico'],
        it: ['posta elettronica', 'indirizzo e-mail', 'contatto'],
        pt: ['correio eletrónico', 'e-mail', 'contato', 'contacto'],
        nl: ['e-mailadres', 'mailadres'],
        pl: ['adres e-mail', 'poczta'],
      },
    },
    {
      effect: -0.6,
      words: {
        en: [
          'message id',
          'in reply to',
          'references',
          'content id',
          'ssh',
          'scp',
          'sftp',
          'rsync',
        ],
      },
    },
  ],
  hits: [
    { text: 'write to jane.doe@acme.co.uk.', values: ['jane.doe@acme.co.uk'] },
    { text: '"Jane" <jane+list@mail.acme.com>', values: ['jane+list@mail.acme.com'] },
    { text: 'mailto:JANE@ACME.ORG?subject=hi', values: ['JANE@ACME.ORG'] },
    { text: 'jane@acme.com,bob_smith@acme.de;', values: ['jane@acme.com', 'bob_smith@acme.de'] },
    { text: 'Grüße an jürgen@müller.de!', values: ['jürgen@müller.de'] },
    { text: '联系jane@acme.cn谢谢', values: ['jane@acme.cn'] },
    { text: 'почта: иван@почта.рф', values: ['иван@почта.рф'] },
    { text: 'jane@acme.com:hunter2', values: ['jane@acme.com'] },
    { text: "user='o'neil@acme.com'", values: ["o'neil@acme.com"] },
  ],
  misses: [
    'jane@example.com and bob@mail.example.org',
    'git clone git@github.com:acme/tool.git',
    'see https://user:pass@acme.com/path',
    'npm i lodash@4.17.21 left-pad@next',
    'background: url(image@2x.png)',
    '@Component class A {} a@b',
    'jane@acme..com jane@-acme.com jane.@acme.com',
    'ssh://git@acme.com/repo.git',
    'root@localhost root@db01.internal',
    'user@10.0.0.1 and a@b@acme.com',
    '<20240102.17@mx.acme.com> is the Message-ID: <20240102.18@mx.acme.com>',
  ],
};

function findEmail(window: TextWindow, at: number): Match | undefined {
  const domain = readPlainDomain(window, at + 1);
  if (domain === undefined) return undefined;
  if (domain === null) return findUnusual(window, at);
  const { end, isExample } = domain;
  const start = findLocalPart(window, at);
  return start === undefined ? undefined : judge(window, { start, end, known: true, isExample });
}

/** Under another script's or an unlisted top-level domain, or none at all. */
function findUnusual(window: TextWindow, at: number): Match | undefined {
  const domain = readDomain(window, at + 1);
  if (domain === undefined) return undefined;
  const last = domain.labels.at(-1) ?? '';
  const known = topLevelDomains.has(last) || last.startsWith('xn--');
  if (!known && (notTopLevelDomains.has(last) || !/^\p{L}{3,24}$/u.test(last))) return undefined;
  const start = findLocalPart(window, at);
  if (start === undefined) return undefined;
  return judge(window, { start, end: domain.end, known, isExample: isReserved(domain.labels) });
}

interface Address {
  start: number;
  end: number;
  /** Whether its top-level domain is. */
  known: boolean;
  isExample: boolean;
}

function judge(window: TextWindow, { start, end, known, isExample }: Address): Match | undefined {
  if (byteAt(window, start - 1) === 0x40) return undefined;
  if (isUserInfo(window, start) || isRemotePath(window, end)) return undefined;
  const match: Match = {
    start,
    end,
    pattern: 'address',
    validator: known ? 'tld:known' : 'tld:unknown',
    base: known ? 0.75 : 0.35,
  };
  if (isExample) match.published = 'domain reserved for examples (RFC 2606)';
  return match;
}

/** Part of a URL's user information (`scheme://user:password@host`), RFC 3986 section 3.2.1. */
function isUserInfo(window: TextWindow, start: number): boolean {
  const { bytes } = window;
  const least = Math.max(window.start, start - maxUserInfoBytes);
  for (let i = start - 1; i >= least; i--) {
    const byte = bytes[i] as number;
    if (endsUserInfo[byte] === 0) continue;
    if (byte !== 0x2f) return false;
    return byteAt(window, i - 1) === 0x2f && byteAt(window, i - 2) === 0x3a;
  }
  return false;
}

const endsUserInfo = new Uint8Array(256);
for (const char of '\0"\'@/ \t\n\v\f\r') endsUserInfo[char.charCodeAt(0)] = 1;

/** `user@host:path/…`, as scp and git write it. */
function isRemotePath(window: TextWindow, end: number): boolean {
  if (byteAt(window, end) !== 0x3a) return false;
  for (let i = end + 1; i < end + maxUserInfoBytes; i++) {
    const byte = byteAt(window, i);
    if (byte === 0x2f || byte === 0x7e) return true;
    if (!isLetterOrDigit(byte) && byte !== 0x2d && byte !== 0x2e && byte !== 0x5f) return false;
  }
  return false;
}

/** Domains nobody can own: RFC 2606 and RFC 6761. */
function isReserved(labels: readonly string[]): boolean {
  const last = labels.at(-1) ?? '';
  if (['example', 'test', 'invalid', 'localhost'].includes(last)) return true;
  return labels.at(-2) === 'example' && ['com', 'net', 'org', 'edu'].includes(last);
}

function maskEmail(value: string): string {
  const at = value.lastIndexOf('@');
  const first = [...value.slice(0, at)];
  const last = value.slice(value.lastIndexOf('.') + 1);
  return `${first.length > 2 ? first[0] : ''}***@***.${last}`;
}
