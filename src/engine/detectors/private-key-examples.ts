import type { HitExample } from '../detector.ts';

const ecBody = [
  'MHcCAQEEIETEWQdhJhH3gx1as8OfQf0fhUu2rU9/9OO6V5iyYU+FoAoGCCqGSM49',
  'AwEHoUQDQgAEyuBfO3NHxazNxa4pe3tFMdVOgyWth5t1a7U2PTVXiiQg4zMgpBL6',
  '+r4eFszEw3dPgrRAZ0bRa+hKkbfIa2q7dg==',
];
const edBody = ['MC4CAQAwBQYDK2VwBCIEIFgOy4XKO0rSC+W5P/iKiy1+ZOoE3t/lzUWrHg4M+vSZ'];
const headers = ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,7D2A1F60C2A8FF34', ''];

const ecKey = frame('EC PRIVATE KEY', ecBody);
const edKey = frame('PRIVATE KEY', edBody);
const encryptedKey = frame('RSA PRIVATE KEY', [...headers, ...ecBody]);
const pgpKey = frame('PGP PRIVATE KEY BLOCK', ['Version: GnuPG v2', '', ...ecBody, '=aB3d']);
const escapedKey = edKey.replaceAll('\n', '\\n');
const unendedKey = frame('OPENSSH PRIVATE KEY', ecBody).split('\n').slice(0, 4).join('\n');
const puttyKey = [
  'PuTTY-User-Key-File-2: ecdsa-sha2-nistp256',
  'Encryption: none',
  'Comment: jane',
  'Public-Lines: 1',
  'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMrgXztzR8Ws',
  'Private-Lines: 1',
  'AAAAIQCkxGUHYSYR94MdWrPDn0H9H4VLtq1Pf/TjuleYsmFPhQ==',
].join('\n');

/** Throw-away keys; the frames are put together here so that the source holds no whole key. */
export const privateKeyHits: readonly HitExample[] = [
  { text: ecKey, values: [ecKey] },
  {
    text: `key: |\n  ${edKey.replaceAll('\n', '\n  ')}\n`,
    values: [edKey.replaceAll('\n', '\n  ')],
  },
  { text: `{"private_key":"${escapedKey}\\n"}`, values: [escapedKey] },
  { text: `${encryptedKey}\n`, values: [encryptedKey] },
  { text: `see ${pgpKey}.`, values: [pgpKey] },
  { text: `${unendedKey}\n\nThe rest is lost.`, values: [unendedKey] },
  { text: `${puttyKey}\nPrivate-MAC: 5b1c`, values: [puttyKey] },
];

export const privateKeyMisses: readonly string[] = [
  frame('PUBLIC KEY', ecBody),
  frame('CERTIFICATE', ecBody),
  frame('RSA PRIVATE KEY', ['...']),
  frame('RSA PRIVATE KEY', ['<your key here>']),
  frame('PRIVATE KEY', ['x'.repeat(64), 'x'.repeat(64)]),
  `A PEM file starts with ${'-----'}BEGIN PRIVATE KEY${'-----'} and then has base64 in lines.`,
  'BEGIN RSA PRIVATE KEY without dashes',
  `if (text.startsWith("${'-----'}BEGIN PRIVATE KEY${'-----'}")) return true;`,
  'PuTTY-User-Key-File-2: ssh-rsa is how the file starts.',
  frame('PRIVATE KEY', ['MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC']),
];

function frame(label: string, lines: readonly string[]): string {
  const dashes = '-'.repeat(5);
  return [`${dashes}BEGIN ${label}${dashes}`, ...lines, `${dashes}END ${label}${dashes}`].join(
    '\n',
  );
}
