import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expandXz } from '../../../src/documents/formats/archive/xz.ts';
import { defaultLimits, ReadBudget } from '../../../src/documents/read-budget.ts';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';
import { makeTar } from './make-tar.ts';
import { bzip2Samples, code, firstText, secondText, xzSamples } from './packed-samples.ts';

const text = Array.from({ length: 5_000 }, (_, at) => `line ${at}\n`).join('');
const both = firstText + secondText;
const skippable = Buffer.of(0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);

/** A header with extra field, name, comment and CRC. */
function makeGzip(name: string, comment: string): Buffer {
  const header = Buffer.of(0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9);
  const texts = Buffer.from(`${name}\0${comment}\0`, 'latin1');
  return Buffer.concat([header, texts, Buffer.of(1, 2), gzipSync(text).subarray(10)]);
}

const cases: [name: string, packed: Uint8Array, mediaType: string, text: string][] = [
  ['gzip', gzipSync(text), 'application/gzip', text],
  ['gzip of nothing', gzipSync(''), 'application/gzip', ''],
  [
    'members of gzip',
    Buffer.concat([gzipSync(firstText), gzipSync(secondText)]),
    'application/gzip',
    both,
  ],
  [
    'gzip up to the end of a tape',
    Buffer.concat([gzipSync(text), Buffer.alloc(999)]),
    'application/gzip',
    text,
  ],
  ['Zstandard', zstdCompressSync(text), 'application/zstd', text],
  [
    'frames of Zstandard',
    Buffer.concat([zstdCompressSync(firstText), skippable, zstdCompressSync(secondText)]),
    'application/zstd',
    both,
  ],
  ['bzip2', bzip2Samples.first, 'application/x-bzip2', firstText],
  ['streams of bzip2', bzip2Samples.streams, 'application/x-bzip2', both],
  ['bzip2 of nothing', bzip2Samples.empty, 'application/x-bzip2', ''],
  ['xz', xzSamples.first, 'application/x-xz', firstText],
  ['blocks of xz', xzSamples.blocks, 'application/x-xz', firstText],
  ['streams of xz', xzSamples.streams, 'application/x-xz', both],
  ['xz by delta', xzSamples.delta, 'application/x-xz', secondText],
];

describe('readers of compressed files', () => {
  for (const [name, packed, mediaType, expected] of cases) {
    it(`read ${name}`, async () => {
      const read = await collectParts(inPieces(packed, 7));
      assert.equal(read.mediaType, mediaType);
      assert.deepEqual([read.problem, read.inner], [null, { read: 1, unread: 0, problems: {} }]);
      assert.equal(read.text, expected);
      assert.equal(read.parts[0]?.location.path, 'content');
    });

    it(`say that ${name} is cut off, and read what is there`, async () => {
      const read = await collectParts(packed.subarray(0, -3));
      // Zeros may end anywhere.
      if (name.includes('tape')) return assert.equal(read.inner.unread, 0);
      assert.deepEqual(read.inner, { read: 0, unread: 1, problems: { corrupt: 1 } });
      if (name === 'gzip') assert.match(read.text, /line 4000\n/);
      return undefined;
    });
  }

  it('undo BCJ of x86 across pieces', async () => {
    const pieces = expandXz(inPieces(xzSamples.x86, 3), new ReadBudget(defaultLimits));
    assert.deepEqual(Buffer.concat(await Array.fromAsync(pieces)), code);
  });

  it('take the name and comment in gzip as text', async () => {
    const { parts } = await collectParts(makeGzip('n\xe4me.txt', 'of mine'));
    assert.deepEqual(
      parts.map(({ location }) => location),
      [{ section: 'metadata' }, { path: 'näme.txt' }],
    );
    assert.equal(parts[0]?.text, 'näme.txt\nof mine\n');
  });

  it('read an archive in gzip', async () => {
    const tar = makeTar([{ name: 'a.txt', content: text }]);
    const { parts, inner } = await collectParts(gzipSync(tar));
    assert.deepEqual(parts[0]?.location, { path: 'content!/a.txt' });
    assert.deepEqual([parts[0]?.text, inner.read], [text, 2]);
  });

  const broken: [name: string, packed: Uint8Array][] = [
    ['a wrong CRC of gzip', changed(gzipSync(text), -8)],
    ['what is behind gzip and no member', Buffer.concat([gzipSync(text), Buffer.from('rest')])],
    [
      'what is behind a frame and no frame',
      Buffer.concat([zstdCompressSync(text), Buffer.from('rest')]),
    ],
    ['a wrong CRC of bzip2', changed(bzip2Samples.first, 12)],
    ['a wrong CRC of a stream of bzip2', changed(bzip2Samples.first, -2)],
    [
      'what is behind bzip2 and no stream',
      Buffer.concat([bzip2Samples.first, Buffer.from('rest')]),
    ],
    ['a wrong CRC-64 of xz', changed(xzSamples.first, -40)],
    ['a wrong SHA-256 of xz', changed(xzSamples.blocks, 130)],
    ['another number of blocks of xz', changed(xzSamples.first, -27)],
  ];
  for (const [name, packed] of broken) {
    it(`say so of ${name}`, async () => {
      const { inner } = await collectParts(packed);
      assert.deepEqual(inner.problems, { corrupt: 1 });
    });
  }

  for (const [name, packed] of [...cases, ['x86', xzSamples.x86] as const]) {
    it(`never throw, whatever becomes of ${name}`, async () => {
      await checkMutations(packed);
    });
  }
});

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const place = at < 0 ? copy.length + at : at;
  copy[place] = (copy[place] as number) ^ 1;
  return copy;
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
