import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Problem } from '../../../src/documents/reader.ts';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';
import { buildPackagedFile, buildPropertySet, bytes } from './ole/build-bytes.ts';
import { buildCompoundFile, type Tree } from './ole/build-compound-file.ts';

const some = Buffer.alloc(9, 1);

describe('readOle()', () => {
  const kinds: [name: string, tree: Tree, problem: Problem][] = [
    ['an encrypted package', { EncryptedPackage: some, EncryptionInfo: some }, 'encrypted'],
    ['a document with rights', { '\x09DRMContent': some }, 'encrypted'],
    ['Visio', { VisioDocument: some }, 'unsupported:application/vnd.visio'],
    ['Publisher', { Contents: some, Quill: { a: some } }, 'unsupported:application/x-mspublisher'],
    ['anything else', { a: some }, 'unsupported:application/x-ole-storage'],
    ['nothing', {}, 'unsupported:application/x-ole-storage'],
  ];
  for (const [name, tree, problem] of kinds) {
    it(`tells ${name} as ${problem}`, async () => {
      assert.equal((await collectParts(buildCompoundFile(tree))).problem, problem);
    });
  }

  it('reads properties of a format that it does not read otherwise', async () => {
    const { parts, problem } = await collectParts(
      buildCompoundFile({
        VisioDocument: some,
        '\x05SummaryInformation': buildPropertySet('summary', { 2: 'Plan', 5: 'secret, \u540d' }),
        '\x05DocumentSummaryInformation': buildPropertySet('own', { 2: '4711' }, { 2: 'Case' }),
      }),
    );
    assert.deepEqual(parts, [
      {
        location: { section: 'metadata' },
        text: 'Title: Plan\nKeywords: secret, \u540d\nCase: 4711\n',
        cells: {},
      },
    ]);
    assert.equal(problem, 'unsupported:application/vnd.visio');
  });

  it('reads the file that an object wraps', async () => {
    const wrapped: [tree: Tree, path: string][] = [
      [{ '\x01Ole10Native': buildPackagedFile('C:\\a\\b.txt', Buffer.from('inside')) }, 'b.txt'],
      [{ '\x01Ole10Native': bytes.join(bytes.u32(6), Buffer.from('inside')) }, 'object'],
      [{ Package: Buffer.from('inside') }, 'object'],
      [{ CONTENTS: Buffer.from('inside') }, 'object'],
    ];
    for (const [tree, path] of wrapped) {
      const { parts } = await collectParts(buildCompoundFile(tree));
      assert.deepEqual(parts.at(-1), { location: { path }, text: 'inside', cells: {} });
    }
  });

  const properties = buildCompoundFile({
    a: some,
    '\x05SummaryInformation': buildPropertySet('summary', { 2: 'Plan', 5: 'secret, \u540d' }),
    '\x05DocumentSummaryInformation': buildPropertySet('own', { 2: '4711' }, { 2: 'Case' }),
    '\x01Ole10Native': buildPackagedFile('C:\\a\\b.txt', Buffer.from('inside')),
  });
  it('ends on any bytes, and never throws', () => checkMutations(properties));
});
