import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { defaultLimits, type ReadLimits } from '../../../src/documents/read-budget.ts';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';
import { makeTar } from './make-tar.ts';
import { makeLocalPart, makeOverlapping, makeZip, type ZipFile } from './make-zip.ts';
import { secondText, zipSamples } from './packed-samples.ts';

const a: ZipFile = { name: 'a.txt', content: 'first text', comment: 'of mine' };
const b: ZipFile = { name: 'd/b.txt', content: 'second text' };
const folder: ZipFile = { name: 'd/', method: 0 };

/** The text of each inner document, by its path. */
const contentsOf = ({ parts }: CollectedDocument): Record<string, string> =>
  Object.fromEntries(
    parts
      .filter(({ location }) => location.path !== undefined && location.section === undefined)
      .map(({ location, text }) => [location.path, text]),
  );

describe('readZip()', () => {
  it('writes names and comments, then reads each file', async () => {
    const read = await collectParts(makeZip([a, folder, b], { comment: 'all of it' }));
    assert.equal(read.mediaType, 'application/zip');
    assert.deepEqual(read.parts[0], {
      location: { section: 'metadata' },
      text: 'all of it\na.txt\nof mine\nd/\nd/b.txt\n',
      cells: {},
    });
    assert.deepEqual(contentsOf(read), { 'a.txt': 'first text', 'd/b.txt': 'second text' });
    assert.deepEqual([read.problem, read.inner.read], [null, 2]);
  });

  it('reads archives in archives', async () => {
    const tar = makeTar([{ name: 'c.txt', content: 'third text' }]);
    const inner = makeZip([{ name: 'c.tgz', content: gzipSync(tar), method: 0 }]);
    const read = await collectParts(makeZip([a, { name: 'in.zip', content: inner }]));
    assert.deepEqual(contentsOf(read), {
      'a.txt': 'first text',
      'in.zip!/c.tgz!/content!/c.txt': 'third text',
    });
  });

  it('takes names for labels only', async () => {
    const names = ['../../etc/passwd', '/etc/passwd', 'C:\\a.txt', '__proto__', 'a\0b'];
    const read = await collectParts(makeZip(names.map((name) => ({ name, content: 'x' }))));
    assert.deepEqual(Object.keys(contentsOf(read)), names);
  });

  it('reads both of two files by one name', async () => {
    const { text } = await collectParts(makeZip([a, { ...b, name: 'a.txt' }]));
    assert.match(text, /first text[\s\S]*second text/);
  });

  it('reads what the directory does not list, and what stands behind it', async () => {
    const hidden = makeZip([a, { ...b, isUnlisted: true }]);
    const read = await collectParts(Buffer.concat([hidden, makeZip([{ ...a, name: 'c.txt' }])]));
    assert.deepEqual(contentsOf(read), {
      'a.txt': 'first text',
      'd/b.txt': 'second text',
      'trailing bytes!/c.txt': 'first text',
    });
  });

  for (const [name, sample] of Object.entries(zipSamples)) {
    it(`reads a file by ${name}`, async () => {
      assert.deepEqual(contentsOf(await collectParts(sample)), { 'b.txt': secondText });
    });
  }

  it('reads a file by Zstandard', async () => {
    const packed = zstdCompressSync('first text');
    const read = await collectParts(makeZip([{ ...a, method: 93, packed }]));
    assert.deepEqual(contentsOf(read), { 'a.txt': 'first text' });
  });

  it('reads a format that is packed in one and has no other reader', async () => {
    const type = { name: 'mimetype', content: 'application/vnd.oasis.opendocument.unheard-of' };
    const read = await collectParts(makeZip([{ ...type, method: 0 }, a]));
    assert.match(read.text, /first text/);
    assert.equal(read.problem, null);
  });

  it('hands a document over that only its directory tells', async () => {
    const first = { name: 'x.bin', content: Buffer.alloc(9_999, 'x'), method: 0 };
    const mediaType = 'application/vnd.oasis.opendocument.text';
    const body =
      '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' +
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>' +
      '<text:p>first text</text:p></office:text></office:body></office:document-content>';
    const files = [
      first,
      { name: 'mimetype', content: mediaType },
      { name: 'content.xml', content: body },
    ];
    const read = await collectParts(makeZip(files));
    assert.equal(read.mediaType, mediaType);
    assert.match(read.text, /^first text$/m);
  });

  const unread: [name: string, bytes: Uint8Array, problem: string | null, inner: object][] = [
    ['an encrypted file', makeZip([{ ...a, flags: 1 }, b]), null, { encrypted: 1 }],
    ['a broken file', makeZip([{ ...a, told: { crc: 1 } }, b]), null, { corrupt: 1 }],
    [
      'a file in no known format',
      makeZip([{ ...a, method: 98 }, b]),
      null,
      { 'unsupported:ppmd': 1 },
    ],
    ['a missing directory', makeLocalPart([a, b]), 'corrupt', {}],
    ['nothing that is one', Buffer.from('PK\x03\x04 and no more'), 'corrupt', {}],
  ];
  for (const [name, bytes, problem, problems] of unread) {
    it(`says so of ${name}`, async () => {
      const read = await collectParts(bytes);
      assert.deepEqual([read.problem, read.inner.problems], [problem, problems]);
    });
  }

  it('never throws, whatever becomes of one', async () => {
    const inner = makeZip([a], { isZip64: true });
    const files = [
      a,
      { ...b, isDescribed: true },
      { name: 'in.zip', content: inner, isZip64: true },
    ];
    const zip = makeZip([...files, { ...a, isUnlisted: true }], { comment: 'x' });
    await checkMutations(zip);
  });
});

describe('bombs', () => {
  const limits: ReadLimits = {
    ...defaultLimits,
    ratioFromBytes: 50_000,
    expandedBytes: 5_000_000,
    heldBytes: 500_000,
    entries: 1_000,
  };
  const zeros = Buffer.alloc(200_000, '0');
  const few = Buffer.alloc(40_000, '0');
  const wrap = (bytes: Uint8Array, times: number, pack: (bytes: Uint8Array) => Uint8Array) => {
    let wrapped = bytes;
    for (let time = 0; time < times; time++) wrapped = pack(wrapped);
    return wrapped;
  };
  const sixteen = (content: Uint8Array): Buffer =>
    makeZip(Array.from({ length: 16 }, (_, at) => ({ name: `${at}.zip`, content })));
  const stored = (content: Uint8Array): Buffer => makeZip([{ name: 'x', content, method: 0 }]);
  const numbered = (count: number, content: Uint8Array): ZipFile[] =>
    Array.from({ length: count }, (_, at) => ({ name: `${at}.txt`, content }));

  const cases: [name: string, bytes: Uint8Array, problem: string][] = [
    ['zeros in gzip', gzipSync(zeros), 'ratio'],
    ['zeros in Zstandard', zstdCompressSync(zeros), 'ratio'],
    ['zeros in zip', makeZip([{ name: 'a', content: zeros }]), 'ratio'],
    ['zeros in files below the limit', makeZip(numbered(200, few)), 'ratio'],
    ['zeros in members below the limit', Buffer.concat(Array(200).fill(gzipSync(few))), 'ratio'],
    [
      'one file listed often',
      makeOverlapping({ name: 'a', content: few }, 'abcdefgh'.split('')),
      'ratio',
    ],
    [
      'archives in memory within each other',
      wrap(Buffer.alloc(90_000, 'x'), 9, stored),
      'too_large',
    ],
    ['gzip in gzip', wrap(Buffer.from('x'), 20, gzipSync), 'too_deep'],
    [
      'zip in zip',
      wrap(Buffer.from('x'), 20, (content) => makeZip([{ name: 'x', content }])),
      'too_deep',
    ],
    ['many empty files', makeZip(numbered(2_000, Buffer.alloc(0))), 'too_many'],
    [
      'many files in many archives',
      wrap(makeZip(numbered(16, Buffer.of(120))), 3, sixteen),
      'too_many',
    ],
    [
      'much in all',
      makeZip(numbered(150, few).map((file) => ({ ...file, method: 0 }))),
      'too_large',
    ],
  ];
  for (const [name, bytes, problem] of cases) {
    it(`ends ${name} as ${problem}`, async () => {
      const read = await collectParts(bytes, limits);
      const problems = [read.problem, ...Object.keys(read.inner.problems)];
      assert.ok(problems.includes(problem), problems.join());
      assert.ok(read.text.length < 6_000_000);
    });
  }
});
