import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { ZipArchive } from '../../../src/documents/formats/zip-archive.ts';
import { defaultLimits, ReadBudget } from '../../../src/documents/read-budget.ts';
import { UnreadableError } from '../../../src/documents/reader.ts';
import { extraField, makeLocalPart, makeOverlapping, makeZip, type ZipFile } from './make-zip.ts';

const text = 'Jane Roe pays by card.\n'.repeat(100);
const file: ZipFile = { name: 'a.txt', content: text };
const other: ZipFile = { name: 'b/c.txt', content: 'second' };

const open = (bytes: Uint8Array, limits = {}): Promise<ZipArchive> =>
  ZipArchive.open(bytes, new ReadBudget({ ...defaultLimits, ...limits }));

/** What each entry gives: its text, or what keeps it from being read. */
async function readAll(archive: ZipArchive): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const entry of [...archive.entries, ...archive.unlisted]) {
    contents[entry.name] = await archive.read(entry).then(toText, toProblem);
    const pieces: Uint8Array[] = [];
    const streamed = await Array.fromAsync(archive.stream(entry), (piece) =>
      pieces.push(piece),
    ).then(() => toText(Buffer.concat(pieces)), toProblem);
    assert.equal(streamed, contents[entry.name], 'a stream gives what reading at once does');
  }
  return contents;
}

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

function toProblem(error: unknown): string {
  assert.ok(error instanceof UnreadableError, String(error));
  return `<${error.problem}>`;
}

const both = { 'a.txt': text, 'b/c.txt': 'second' };
const unicodeName = Buffer.concat([Buffer.of(1, 0, 0, 0, 0), Buffer.from('ü.txt')]);
unicodeName.writeUInt32LE(crc32(Buffer.from('_.txt')), 1);

const cases: [
  name: string,
  bytes: Uint8Array,
  contents: Record<string, string>,
  problem: string | null,
][] = [
  ['deflated and stored entries', makeZip([file, { ...other, method: 0 }]), both, null],
  ['none', makeZip([]), {}, null],
  ['with a comment', makeZip([file, other], { comment: 'PK\x05\x06 is no end' }), both, null],
  ['with sizes behind the data', makeZip([{ ...file, isDescribed: true }, other]), both, null],
  [
    'with sizes of 64 bits',
    makeZip([{ ...file, isZip64: true }, other], { isZip64: true }),
    both,
    null,
  ],
  [
    'behind something else',
    Buffer.concat([Buffer.alloc(999, 'x'), makeZip([file, other])]),
    both,
    null,
  ],
  [
    'behind something else, with sizes of 64 bits',
    Buffer.concat([
      Buffer.alloc(99),
      makeZip([file, { ...other, isZip64: true }], { isZip64: true }),
    ]),
    both,
    null,
  ],
  [
    'before something else',
    Buffer.concat([makeZip([file, other]), Buffer.alloc(999, 'x')]),
    both,
    null,
  ],
  ['that are not listed', makeZip([file, { ...other, isUnlisted: true }]), both, null],
  ['without a directory', makeLocalPart([file, other]), both, 'corrupt'],
  [
    'without a directory, with sizes behind the data',
    makeLocalPart([
      { ...file, isDescribed: true },
      { ...other, isDescribed: true },
    ]),
    both,
    'corrupt',
  ],
  [
    'cut off in the last',
    makeLocalPart([other, file]).subarray(0, -9),
    { 'b/c.txt': 'second', 'a.txt': '<corrupt>' },
    'corrupt',
  ],
  [
    'without a directory, but with one inside',
    makeLocalPart([file, { name: 'in.zip', content: makeZip([other]), method: 0 }]).subarray(0, -1),
    { 'a.txt': text, 'in.zip': '<corrupt>' },
    'corrupt',
  ],
  [
    'whose directory tells another number',
    makeZip([file, other], { told: { entries: 9 } }),
    both,
    'corrupt',
  ],
  [
    'whose directory tells another place',
    makeZip([file, other], { told: { offset: 7 } }),
    both,
    'corrupt',
  ],
  ['with a size that is too small', makeZip([{ ...file, told: { size: 1 } }, other]), both, null],
  [
    'with a size that is too large',
    makeZip([{ ...file, told: { size: 2 ** 31 } }, other]),
    both,
    null,
  ],
  [
    'with a length that is too small',
    makeZip([{ ...file, told: { compressed: 9 } }]),
    { 'a.txt': '<corrupt>' },
    null,
  ],
  [
    'with a length that is too large',
    makeZip([{ ...file, told: { compressed: 2 ** 31 } }, other]),
    { 'a.txt': '<corrupt>', 'b/c.txt': '<ratio>' },
    null,
  ],
  [
    'with a CRC that is wrong',
    makeZip([{ ...file, told: { crc: 1 } }, other]),
    { ...both, 'a.txt': '<corrupt>' },
    null,
  ],
  [
    'over each other',
    makeOverlapping(file, ['a', 'b', 'c']),
    { a: text, b: '<ratio>', c: '<ratio>' },
    null,
  ],
  [
    'that are encrypted',
    makeZip([{ ...file, flags: 1 }, other]),
    { ...both, 'a.txt': '<encrypted>' },
    null,
  ],
  [
    'encrypted by AES',
    makeZip([{ ...file, method: 99, packed: Buffer.alloc(9) }]),
    { 'a.txt': '<encrypted>' },
    null,
  ],
  [
    'by a method that is not known',
    makeZip([{ ...file, method: 9, packed: Buffer.alloc(9) }]),
    { 'a.txt': '<unsupported:deflate64>' },
    null,
  ],
  [
    'that are broken',
    makeZip([{ ...file, packed: Buffer.alloc(99, 0xff) }]),
    { 'a.txt': '<corrupt>' },
    null,
  ],
  [
    'by a name in code page 437',
    makeZip([{ ...other, name: Buffer.of(0x81, 0x2e, 0x74) }]),
    { 'ü.t': 'second' },
    null,
  ],
  [
    'by a name in an extra field',
    makeZip([{ ...other, name: '_.txt', extra: extraField(0x7075, unicodeName) }]),
    { 'ü.txt': 'second' },
    null,
  ],
];

describe('ZipArchive', () => {
  for (const [name, bytes, contents, problem] of cases) {
    it(`reads entries ${name}`, async () => {
      const archive = await open(bytes);
      assert.deepEqual(await readAll(archive), contents);
      assert.equal(archive.problem, problem);
    });
  }

  it('does not take an entry for another place it tells of', async () => {
    const archive = await open(makeZip([{ ...file, told: { offset: 2 ** 31 } }, other]));
    const [first, second] = archive.entries;
    assert.equal(first?.problem, 'corrupt');
    assert.equal(second?.problem, null);
    assert.deepEqual(
      archive.unlisted.map(({ name }) => name),
      ['a.txt'],
    );
  });

  it('finds the first entry of a name, in any case and with any slash', async () => {
    const archive = await open(makeZip([other, { ...file, name: 'B\\C.TXT' }]));
    assert.equal(archive.find('B/c.txt'), archive.entries[0]);
    assert.equal(archive.find('c.txt'), undefined);
  });

  it('tells what stands behind the archive', async () => {
    const archive = await open(Buffer.concat([makeZip([file]), Buffer.from('more')]));
    assert.equal(toText(archive.trailing), 'more');
  });

  it('hands on what comes before a fault', async () => {
    const content = Buffer.from(Array.from({ length: 90_000 }, (_, at) => `${at}\n`).join(''));
    const archive = await open(makeLocalPart([{ name: 'a', content }]).subarray(0, 150_000));
    const [entry] = archive.entries;
    assert.ok(entry);
    let size = 0;
    await assert.rejects(async () => {
      for await (const piece of archive.stream(entry)) size += piece.length;
    }, new UnreadableError('corrupt'));
    assert.ok(size > 200_000, `${size} bytes`);
  });

  const zeros = makeZip([{ name: 'a', content: Buffer.alloc(3_000_000) }]);
  const limits: [name: string, limits: object, problem: string][] = [
    ['the ratio', {}, '<ratio>'],
    ['what may be held', { ratio: 10_000, heldBytes: 2_000_000 }, '<too_large>'],
    ['what may be expanded', { ratio: 10_000, expandedBytes: 2_000_000 }, '<too_large>'],
  ];
  for (const [name, limit, problem] of limits) {
    it(`stops at ${name}`, async () => {
      const archive = await open(zeros, limit);
      const [entry] = archive.entries;
      assert.ok(entry);
      assert.equal(await archive.read(entry).then(toText, toProblem), problem);
    });
  }

  it('stops at the ratio of all entries together', async () => {
    const content = Buffer.alloc(10_000);
    const names = Array.from({ length: 400 }, (_, at) => ({ name: `${at}`, content }));
    const contents = Object.values(
      await readAll(await open(makeZip(names), { ratioFromBytes: 10_000 })),
    );
    assert.ok(contents.filter((content) => content === '<ratio>').length > 100);
  });

  it('lists no more entries than there may be', async () => {
    const archive = await open(makeZip([file, other, { name: 'd' }]), { entries: 2 });
    assert.equal(archive.entries.length, 2);
    assert.equal(archive.problem, 'too_many');
  });
});
