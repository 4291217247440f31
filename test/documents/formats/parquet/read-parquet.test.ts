import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { readDocument } from '../../../../src/documents/read-document.ts';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import {
  buildParquet,
  type Column,
  closeParquet,
  int32,
  levels,
  list,
  plainLongs,
  plainTexts,
  run,
  struct,
  text,
  varInt,
} from './build-parquet.ts';

const names = plainTexts(['Jane Doe', 'Bob Roe']);
const card: Column = {
  name: 'card',
  type: 2,
  pages: [{ data: plainLongs([4_532_015_112_830_366n, 1n]), values: 2 }],
};
const name: Column = { name: 'name', type: 6, isText: true, pages: [{ data: names, values: 2 }] };

/** By dictionary: Berlin, nothing, Paris. */
const city: Column = {
  name: 'city',
  type: 6,
  isText: true,
  repetition: 1,
  pages: [
    { data: plainTexts(['Berlin', 'Paris']), values: 2, isDictionary: true },
    {
      data: Buffer.concat([
        levels(run(1, 1), run(1, 0), run(1, 1)),
        Buffer.of(1),
        run(1, 0),
        run(1, 1),
      ]),
      values: 3,
      encoding: 8,
    },
  ],
};

describe('readParquet()', () => {
  it('reads rows under the names of their columns, and metadata', async () => {
    const file = buildParquet([name, card], {
      rows: 2,
      keyValues: { owner: 'Ann', 'ARROW:schema': 'x' },
    });
    const document = await collectParts(file);
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location, text]),
      [
        [{ section: 'metadata' }, 'owner: Ann\n'],
        [{}, 'name\tcard\nJane Doe\t4532015112830366\nBob Roe\t1\n'],
      ],
    );
    assert.equal(document.problem, null);
  });

  it('reads missing values and those of a dictionary', async () => {
    const document = await collectParts(buildParquet([city], { rows: 3 }));
    assert.deepEqual([document.text, document.problem], ['city\nBerlin\n\nParis\n', null]);
  });

  const codecs: [name: string, codec: number, compress: (data: Uint8Array) => Uint8Array][] = [
    ['gzip', 2, (data) => gzipSync(data)],
    ['Zstandard', 6, (data) => zstdCompressSync(data)],
    // A literal of up to 60 bytes.
    [
      'Snappy',
      1,
      (data) =>
        Buffer.concat([varInt(BigInt(data.length)), Buffer.of((data.length - 1) << 2), data]),
    ],
    ['LZ4', 7, (data) => Buffer.concat([Buffer.of(0xf0, data.length - 15), data])],
  ];
  for (const [title, codec, compress] of codecs) {
    it(`reads pages compressed by ${title}`, async () => {
      const pages = [{ data: compress(names), values: 2, unpacked: names.length }];
      const document = await collectParts(buildParquet([{ ...name, codec, pages }], { rows: 2 }));
      assert.deepEqual([document.text, document.problem], ['name\nJane Doe\nBob Roe\n', null]);
    });
  }

  it('reads documents in cells as such', async () => {
    const inner = buildParquet([card], { rows: 2 });
    const pages = [{ data: plainTexts([inner, 'plain text']), values: 2 }];
    const document = await collectParts(
      buildParquet([{ name: 'file', type: 6, pages }], { rows: 2 }),
    );
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location.path, text]),
      [
        [undefined, 'file\n\nplain text\n'],
        ['file 1', 'card\n4532015112830366\n1\n'],
      ],
    );
  });

  it('misses a column that is broken, and reads the others', async () => {
    const broken = { ...name, name: 'broken', pages: [{ data: Buffer.of(9, 9, 9, 9), values: 2 }] };
    const document = await collectParts(buildParquet([broken, card], { rows: 2 }));
    assert.deepEqual([document.text, document.problem], ['card\n4532015112830366\n1\n', 'corrupt']);
  });

  it('tells an encrypted file', async () => {
    const file = buildParquet([card], { rows: 2 });
    file.write('PARE', file.length - 4);
    assert.equal((await collectParts(file)).problem, 'encrypted');
  });
});

describe('readParquet() under limits', () => {
  const page = (data: Uint8Array, values: number, encoding = 0): Column => ({
    ...card,
    type: encoding === 7 ? 6 : 1,
    pages: [{ data, values, encoding }],
  });
  const optional = (data: Uint8Array, values: number): Column => ({
    ...page(data, values),
    repetition: 1,
  });
  const many = 0x3fff_ffff;
  const hostile: [name: string, column: Column][] = [
    ['a run longer than its page', optional(levels(run(many, 1)), 2)],
    [
      'a packed group longer than its page',
      optional(levels(varInt(0xffff_fffen), Buffer.of(1)), 2),
    ],
    ['a packed group of no width', page(Buffer.concat([Buffer.of(0), varInt(0xffff_ffffn)]), 2, 8)],
    // A block of -1 miniblocks, which goes back for each.
    ['blocks of differences that go back', page(Buffer.from('8001ffffffff0f020000', 'hex'), 2, 5)],
    // Values of two billion bytes each, of which the first is none.
    ['prefixes of what is not there', page(Buffer.from('800104010000'.repeat(2), 'hex'), 1, 7)],
    [
      'more values than a page can hold',
      { ...card, pages: [{ data: Buffer.of(1), values: many, isDictionary: true }] },
    ],
    [
      'a page that ends outside',
      { ...card, pages: [{ data: Buffer.of(1), values: 1, unpacked: -5 }] },
    ],
  ];
  for (const [title, column] of hostile) {
    it(`ends ${title}`, async () => {
      const document = await collectParts(buildParquet([column], { rows: 2 }));
      assert.match(document.problem ?? '', /^(corrupt|too_large)$/);
    });
  }

  it('ends pages of much in little', async () => {
    const unpacked = 50_000_000;
    const data = zstdCompressSync(Buffer.alloc(unpacked));
    const bomb: Column = { ...name, codec: 6, pages: [{ data, values: 2, unpacked }] };
    assert.equal((await collectParts(buildParquet([bomb], { rows: 2 }))).problem, 'ratio');
  });

  it('ends a value that is repeated beyond all measure', async () => {
    const rows = 4_000_000;
    const long = 'x'.repeat(50_000);
    const column: Column = {
      ...name,
      pages: [
        { data: plainTexts([long]), values: 1, isDictionary: true },
        { data: Buffer.concat([Buffer.of(1), run(rows, 0)]), values: rows, encoding: 8 },
      ],
    };
    let characters = 0;
    const output = {
      startPart: () => {},
      push: () => {},
      write: (piece: string) => {
        characters += piece.length;
      },
    };
    async function* content(): AsyncIterable<Uint8Array> {
      yield buildParquet([column], { rows });
    }
    const { problem } = await readDocument(content(), output);
    assert.equal(problem, 'ratio');
    assert.ok(characters < 60_000_000);
  });

  const metadata: [name: string, bytes: Buffer][] = [
    ['is nested without end', Buffer.alloc(100_000, 0x1c)],
    [
      'claims a list longer than the file',
      struct({ 2: { type: 9, bytes: Buffer.from('fcffffffff0f', 'hex') } }).bytes,
    ],
    ['has a number without end', Buffer.concat([Buffer.of(0x16), Buffer.alloc(100_000, 0x80)])],
    [
      'has a schema that is no tree',
      struct({ 1: int32(1), 2: list([struct({ 4: text('a'), 5: int32(9) })]) }).bytes,
    ],
  ];
  for (const [title, bytes] of metadata) {
    it(`ends metadata that ${title}`, async () => {
      const document = await collectParts(closeParquet(Buffer.from('PAR1'), bytes));
      assert.equal(document.problem, 'corrupt');
    });
  }

  it('never throws, however broken the file is', async () => {
    const file = buildParquet([name, card, { ...city, name: 'place' }], { rows: 2 });
    await checkMutations(file);
  });
});
