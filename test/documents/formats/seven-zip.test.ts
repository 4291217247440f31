import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { defaultLimits } from '../../../src/documents/read-budget.ts';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';
import { firstText, secondText, sevenZipSamples } from './packed-samples.ts';

const all = { 'a.txt': firstText, 'b.txt': secondText, 'e.txt': '' };
const { lzma2, lzma, deflate, bzip2, ppmd, plainHeader, directory, x86, bcj2, encrypted, hidden } =
  sevenZipSamples;

const whole: [
  name: string,
  bytes: Uint8Array,
  contents: Record<string, string>,
  names: string[],
][] = [
  ['LZMA2', lzma2, all, ['a.txt', 'b.txt', 'e.txt']],
  ['LZMA', lzma, all, ['a.txt', 'b.txt', 'e.txt']],
  ['Deflate', deflate, all, ['a.txt', 'b.txt', 'e.txt']],
  ['BZip2', bzip2, all, ['a.txt', 'b.txt', 'e.txt']],
  ['folders of their own', plainHeader, all, ['a.txt', 'b.txt', 'e.txt']],
  ['directories', directory, { 'b.txt': secondText, 'e.txt': '' }, ['b.txt', 'd', 'e.txt']],
];

const unread: [name: string, bytes: Uint8Array, problems: Record<string, number>][] = [
  ['encrypted files', encrypted, { encrypted: 2 }],
  ['PPMd', ppmd, { 'unsupported:ppmd': 2 }],
  ['BCJ2', bcj2, { 'unsupported:bcj2': 1 }],
];

describe('readSevenZip()', () => {
  for (const [name, bytes, contents, names] of whole) {
    it(`reads ${name}`, async () => {
      const { mediaType, problem, parts, inner } = await collectParts(bytes);
      assert.equal(mediaType, 'application/x-7z-compressed');
      assert.deepEqual([problem, inner.problems], [null, {}]);
      const [listed, ...files] = parts;
      assert.deepEqual(listed?.location, { section: 'metadata' });
      assert.deepEqual(listed.text.trim().split('\n').toSorted(), names);
      const read = files.map(({ location, text }) => [location.path, text]);
      assert.deepEqual(Object.fromEntries(read), contents);
    });
  }

  for (const [name, bytes, problems] of unread) {
    it(`says so of ${name}, and reads their names`, async () => {
      const { inner, text } = await collectParts(bytes);
      assert.deepEqual(inner.problems, problems);
      assert.match(text, /^(?:a\.txt|code\.bin)$/m);
    });
  }

  it('reads on behind a file that is none', async () => {
    const { parts, inner } = await collectParts(x86);
    assert.deepEqual([inner.read, inner.unread], [1, 1]);
    assert.equal(parts.find(({ location }) => location.path === 'b.txt')?.text, secondText);
  });

  it('says that a header is encrypted', async () => {
    const { problem, parts } = await collectParts(hidden);
    assert.equal(problem, 'encrypted');
    assert.deepEqual(parts, []);
  });

  it('says that one is cut off', async () => {
    assert.equal((await collectParts(lzma2.subarray(0, -9))).problem, 'corrupt');
  });

  it('says that one tells of no header, though there is more', async () => {
    const bytes = Buffer.from(lzma2);
    bytes.fill(0, 12, 32);
    bytes.writeUInt32LE(crc32(bytes.subarray(12, 32)), 8);
    assert.equal((await collectParts(bytes)).problem, 'corrupt');
    const empty = await collectParts(bytes.subarray(0, 32));
    assert.deepEqual([empty.problem, empty.parts], [null, []]);
  });

  it('says so of a wrong CRC and of all behind a fault', async () => {
    const bytes = Uint8Array.from(lzma);
    bytes[60] = (bytes[60] as number) ^ 0x10;
    const { inner } = await collectParts(bytes);
    assert.deepEqual(inner.problems, { corrupt: 2 });
  });

  it('lists no more entries than there may be', async () => {
    const { problem, parts } = await collectParts(lzma2, { ...defaultLimits, entries: 1 });
    assert.equal(problem, 'too_many');
    assert.equal(parts[0]?.text.trim().split('\n').length, 1);
  });

  for (const [name, sample] of Object.entries(sevenZipSamples)) {
    it(`never throws, whatever becomes of the sample ${name}`, async () => {
      await checkMutations(sample);
    });
  }
});
