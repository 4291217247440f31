import assert from 'node:assert/strict';
import { createCipheriv, createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile } from '../ole/build-compound-file.ts';

const { u16, u32, utf16, join } = bytes;
const content = Buffer.from('The list of salaries. '.repeat(400));
const office = 'VelvetSweatshop';

const hash = (algorithm: string, ...pieces: Uint8Array[]): Buffer =>
  createHash(algorithm).update(Buffer.concat(pieces)).digest();
const padded = (content: Uint8Array): Buffer =>
  join(content, Buffer.alloc((16 - (content.length % 16)) % 16));

function encrypt(
  mode: string,
  key: Uint8Array,
  iv: Uint8Array | null,
  content: Uint8Array,
): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-${mode}`, key, iv).setAutoPadding(false);
  return join(cipher.update(padded(content)), cipher.final());
}

const size = (): Buffer => u32(content.length, 0);

/** Encrypts as Office 2010 and later do ([MS-OFFCRYPTO] 2.3.4.10). */
function buildAgile(password: string, spins = 10): Uint8Array {
  const salt = Buffer.alloc(16, 7);
  let spun = hash('sha512', salt, utf16(password));
  for (let n = 0; n < spins; n++) spun = hash('sha512', u32(n), spun);
  const sealed = (use: string, content: Uint8Array): string => {
    const key = hash('sha512', spun, Buffer.from(use, 'hex')).subarray(0, 32);
    return encrypt('cbc', key, salt, content).toString('base64');
  };
  const secret = Buffer.alloc(32, 9);
  const input = Buffer.alloc(16, 3);
  const cipher =
    'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" ' +
    `cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${salt.toString('base64')}"`;
  const xml =
    `<encryption><keyData ${cipher}/><keyEncryptors><keyEncryptor><p:encryptedKey ` +
    `spinCount="${spins}" ${cipher} ` +
    `encryptedVerifierHashInput="${sealed('fea7d2763b4b9e79', input)}" ` +
    `encryptedVerifierHashValue="${sealed('d7aa0f6d3061344e', hash('sha512', input))}" ` +
    `encryptedKeyValue="${sealed('146e0be7abacd0d6', secret)}"/></keyEncryptor></keyEncryptors>` +
    '</encryption>';
  const segments: Buffer[] = [];
  for (let n = 0; n * 4_096 < content.length; n++) {
    const iv = hash('sha512', salt, u32(n)).subarray(0, 16);
    segments.push(encrypt('cbc', secret, iv, content.subarray(n * 4_096, (n + 1) * 4_096)));
  }
  return buildCompoundFile({
    EncryptionInfo: join(u16(4, 4), u32(0x40), Buffer.from(xml)),
    EncryptedPackage: join(size(), ...segments),
  });
}

/** Encrypts as Office 2007 does ([MS-OFFCRYPTO] 2.3.4.5). */
function buildStandard(password: string): Uint8Array {
  const salt = Buffer.alloc(16, 5);
  let spun = hash('sha1', salt, utf16(password));
  for (let n = 0; n < 50_000; n++) spun = hash('sha1', u32(n), spun);
  spun = hash('sha1', spun, u32(0));
  const mixed = Buffer.alloc(64, 0x36);
  for (const [n, byte] of spun.entries()) mixed[n] = 0x36 ^ byte;
  const key = hash('sha1', mixed).subarray(0, 16);
  const verifier = Buffer.alloc(16, 1);
  const header = join(u32(0x24, 0, 0x660e, 0x8004, 128, 24, 0, 0), utf16('AES\0'));
  const information = join(
    u16(3, 2),
    u32(0x24, header.length),
    header,
    u32(16),
    salt,
    encrypt('ecb', key, null, verifier),
    u32(20),
    encrypt('ecb', key, null, hash('sha1', verifier)),
  );
  return buildCompoundFile({
    EncryptionInfo: information,
    EncryptedPackage: join(size(), encrypt('ecb', key, null, content)),
  });
}

describe('readEncryptedPackage()', () => {
  const builds: [name: string, build: (password: string) => Uint8Array][] = [
    ['agile', (password) => buildAgile(password)],
    ['standard', buildStandard],
  ];
  for (const [name, build] of builds) {
    it(`opens ${name} encryption with the password that Office tries itself`, async () => {
      const { text, problem, parts } = await collectParts(build(office));
      assert.equal(text, content.toString());
      assert.equal(problem, null);
      assert.deepEqual(parts[0]?.location, { path: 'EncryptedPackage' });
    });

    it(`tells ${name} encryption with another password`, async () => {
      assert.equal((await collectParts(build('secret'))).problem, 'encrypted');
    });
  }

  it('does not spin as long as a document wants', async () => {
    const document = Buffer.from(buildAgile(office));
    const at = document.indexOf('spinCount="10"');
    document.write('spinCount="1e9"', at);
    assert.equal((await collectParts(document)).problem, 'encrypted');
  });

  it('ends on any bytes, and never throws', () => checkMutations(buildAgile(office)));
});
