import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CompoundFile,
  OleStorage,
  OleStream,
} from '../../../../src/documents/formats/ole/compound-file.ts';
import { writeCompoundFile } from '../../../../src/documents/formats/ole/write-compound-file.ts';
import { defaultLimits, ReadBudget } from '../../../../src/documents/read-budget.ts';
import { UnreadableError } from '../../../../src/documents/reader.ts';
import { buildCompoundFile, type Tree } from './build-compound-file.ts';

const budget = (): ReadBudget => new ReadBudget(defaultLimits);
const open = (bytes: Uint8Array): CompoundFile => new CompoundFile(bytes, budget());
const filled = (length: number, seed = 0): Buffer =>
  Buffer.from(Array.from({ length }, (_, n) => (n * 7 + seed + (n >> 8)) & 0xff));

const tree: Tree = {
  Small: filled(10),
  Empty: Buffer.alloc(0),
  Large: filled(9_000, 1),
  Folder: { Inner: filled(130, 2), Deeper: { Last: filled(4_096, 3) } },
};

function toTree(storage: OleStorage): Tree {
  const found: Tree = {};
  for (const stream of storage.streams.values()) found[stream.name] = Buffer.from(stream.read());
  for (const inner of storage.storages.values()) found[inner.name] = toTree(inner);
  return found;
}

describe('CompoundFile', () => {
  for (const version of [3, 4] as const) {
    it(`reads small and large streams and storages of version ${version}`, () => {
      const file = open(buildCompoundFile(tree, version));
      assert.deepEqual(toTree(file.root), { ...tree });
      assert.equal(file.isDamaged, false);
    });
  }

  it('finds names without regard to case', () => {
    const { root } = open(buildCompoundFile(tree));
    const found = root.findStorage('FOLDER')?.findBytes('inner');
    assert.deepEqual(found && Buffer.from(found), filled(130, 2));
  });

  it('reads what writeCompoundFile() writes', () => {
    const { root } = open(buildCompoundFile(tree));
    const again = open(writeCompoundFile(root));
    assert.deepEqual(toTree(again.root), { ...tree });
    assert.equal(again.isDamaged, false);
  });

  it('reads a file with more table sectors than the header lists', () => {
    const root = new OleStorage('');
    const content = Buffer.alloc(8_000_000, 'compound');
    root.streams.set('HUGE', new OleStream('Huge', () => content));
    const again = open(writeCompoundFile(root));
    assert.ok(Buffer.from(again.root.findBytes('Huge') ?? []).equals(content));
    assert.equal(again.isDamaged, false);
  });

  it('gives what is there of a stream that is cut, and tells', () => {
    const root = new OleStorage('');
    root.streams.set('LARGE', new OleStream('Large', () => filled(9_000)));
    const whole = Buffer.from(writeCompoundFile(root));
    // The stream says it is longer than it is.
    const directory = 512 + whole.readUInt32LE(0x30) * 512;
    whole.writeUInt32LE(90_000, directory + 128 + 0x78);
    const file = open(whole);
    assert.equal(file.root.findBytes('Large')?.length, 18 * 512);
    assert.equal(file.isDamaged, true);
  });

  it('ends a chain that goes in a circle', () => {
    const bytes = Buffer.from(buildCompoundFile({ Large: filled(9_000) }));
    const table = 512 + bytes.readUInt32LE(0x4c) * 512;
    bytes.writeUInt32LE(0, table + 8 * 4);
    const file = open(bytes);
    assert.equal(file.root.findBytes('Large')?.length, 9 * 512);
    assert.equal(file.isDamaged, true);
  });

  it('gives each sector to one stream only', () => {
    const bytes = Buffer.from(buildCompoundFile({ One: filled(9_000), Two: filled(9_000) }));
    const directory = 512 + bytes.readUInt32LE(0x30) * 512;
    bytes.copy(bytes, directory + 256 + 0x74, directory + 128 + 0x74, directory + 128 + 0x78);
    const file = open(bytes);
    assert.equal(file.root.findBytes('One')?.length, 9_000);
    assert.equal(file.root.findBytes('Two')?.length, 0);
    assert.equal(file.isDamaged, true);
  });

  it('ends a directory whose entries go in a circle', () => {
    const bytes = Buffer.from(buildCompoundFile({ Folder: { Inner: filled(3) } }));
    const directory = 512 + bytes.readUInt32LE(0x30) * 512;
    bytes.writeUInt32LE(1, directory + 256 + 0x48);
    const file = open(bytes);
    assert.equal(file.root.findStorage('Folder')?.findBytes('Inner')?.length, 3);
    assert.equal(file.isDamaged, true);
  });

  for (const [name, length] of [
    ['nothing but its sign', 8],
    ['no sector', 512],
  ] as const) {
    it(`tells a file with ${name} as corrupt`, () => {
      const bytes = buildCompoundFile(tree).subarray(0, length);
      assert.throws(
        () => open(bytes),
        (error) => error instanceof UnreadableError && error.problem === 'corrupt',
      );
    });
  }
});
