import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { Rc4 } from '../../../../src/documents/formats/encryption/rc4.ts';
import { decryptWorkbook } from '../../../../src/documents/formats/xls/decrypt-workbook.ts';
import { defaultLimits, ReadBudget } from '../../../../src/documents/read-budget.ts';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile } from '../ole/build-compound-file.ts';
import { buildWorkbookStream, number, record, shared, sharedStrings } from './build-workbook.ts';

const { u16, u32, utf16, join } = bytes;
const hash = (algorithm: string, ...pieces: Uint8Array[]): Buffer =>
  createHash(algorithm).update(Buffer.concat(pieces)).digest();
const salt = Buffer.alloc(16, 4);
const verifier = Buffer.alloc(16, 8);

function basicPass(password: string): Buffer {
  const first = hash('md5', utf16(password)).subarray(0, 5);
  const secret = hash('md5', ...Array.from({ length: 16 }, () => join(first, salt))).subarray(0, 5);
  const rc4 = new Rc4(hash('md5', secret, u32(0)));
  return join(u16(1, 1, 1), salt, rc4.apply(verifier), rc4.apply(hash('md5', verifier)));
}

function cryptoApiPass(password: string): Buffer {
  const secret = hash('sha1', salt, utf16(password));
  const rc4 = new Rc4(hash('sha1', secret, u32(0)).subarray(0, 16));
  const header = u32(4, 0, 0x6801, 0x8004, 128, 1, 0, 0);
  return join(
    u16(1, 2, 2),
    u32(4, header.length),
    header,
    u32(16),
    salt,
    rc4.apply(verifier),
    u32(20),
    rc4.apply(hash('sha1', verifier)),
  );
}

/** Encrypting is decrypting once more. */
function buildEncrypted(pass: Buffer): Uint8Array {
  const records = [shared(0, 0, 0), number(0, 1, 4111111111111111), shared(1, 0, 1)];
  const globals = [record(0x2f, pass), sharedStrings('name', 'x'.repeat(3_000))];
  const stream = buildWorkbookStream(globals, [{ name: 'Staff', records }]);
  const budget = new ReadBudget(defaultLimits);
  const encrypted = decryptWorkbook(stream, { filePass: pass, budget }) ?? stream;
  return buildCompoundFile({ Workbook: encrypted });
}

describe('decryptWorkbook()', () => {
  for (const [name, pass] of [
    ['RC4', basicPass],
    ['RC4 of the CryptoAPI', cryptoApiPass],
  ] as const) {
    it(`opens ${name} with the password that Excel tries itself`, async () => {
      const document = buildEncrypted(pass('VelvetSweatshop'));
      assert.equal(Buffer.from(document).includes('name'), false);
      const { text, problem } = await collectParts(document);
      assert.equal(text, `Staff\nname\t4111111111111111\n${'x'.repeat(3_000)}\n`);
      assert.equal(problem, null);
    });

    it(`leaves ${name} with another password`, async () => {
      assert.equal((await collectParts(buildEncrypted(pass('secret')))).problem, 'encrypted');
    });
  }

  it('leaves a cut description', async () => {
    const { problem } = await collectParts(buildEncrypted(basicPass('x').subarray(0, 20)));
    assert.equal(problem, 'encrypted');
  });

  it('ends on any bytes, and never throws', () =>
    checkMutations(buildEncrypted(basicPass('VelvetSweatshop'))));
});
