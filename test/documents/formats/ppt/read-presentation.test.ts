import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { Problem } from '../../../../src/documents/reader.ts';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { buildPackagedFile, bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile } from '../ole/build-compound-file.ts';
import {
  atom,
  buildPresentation,
  container,
  hiddenSlide,
  listed,
  narrowText,
  notesOf,
  slideList,
  string,
  text,
} from './build-presentation.ts';

const { u32, join } = bytes;

const packaged = buildCompoundFile({
  '\x01Ole10Native': buildPackagedFile('inner.txt', Buffer.from('inside')),
});
const compressed = (content: Uint8Array): Buffer =>
  atom(0x1011, join(u32(content.length), deflateSync(content)), 1);
const embedded = (id: number, persistId: number): Buffer =>
  container(0x0fcc, [
    atom(0x0fc3, u32(1, 0, id, 0, persistId, 0)),
    string('Package', 2),
    string('Paket', 3),
  ]);

const document = container(0x03e8, [
  atom(0x03e9, Buffer.alloc(40)),
  container(0x0409, [
    container(0x0fd7, [string('site', 0), string('https://example.com/a', 1)]),
    embedded(1, 7),
    embedded(2, 8),
  ]),
  container(0x0fd9, [string('A date', 0), string('Page head', 1), string('Page foot', 2)], 3),
  slideList(1, listed(2, 0x80000000)),
  slideList(
    0,
    listed(4, 257),
    atom(0x0f9f, u32(0)),
    narrowText('Listed\rfirst'),
    listed(3, 256),
    text('\u6771\u4eac'),
  ),
  slideList(2, listed(5, 0x100)),
]);
const comment = container(0x1388, [
  container(0x138a, [
    string('___PPT10'),
    atom(0x138b, container(0x2ee0, [string('Jane', 0), string('Check this', 1), string('J', 2)])),
  ]),
]);
const objects = [
  document,
  container(0x03f8, [text('On the master')]),
  container(0x03ee, [container(0x040c, [text('In a box')]), hiddenSlide()]),
  container(0x03ee, [container(0x040c, [text('Of its own\vhere')]), comment]),
  container(0x03f0, [notesOf(256), text('Say it slowly')]),
  Buffer.alloc(0),
  compressed(packaged),
  atom(0x1011, packaged),
];
const whole = buildPresentation({ objects, replaced: [container(0x03e8, [text('was here')])] });

describe('readPresentation()', () => {
  it('reads slides in their order with comments, notes, masters, links and objects', async () => {
    const { parts, problem, inner } = await collectParts(whole);
    assert.deepEqual(
      parts.map(({ location, text }) => [location, text]),
      [
        [{ slide: 1 }, 'Listed\nfirst\nOf its own\nhere\n'],
        [{ slide: 1, section: 'comment' }, 'Jane\nCheck this\n'],
        [{ slide: 2, section: 'hidden' }, '\u6771\u4eac\nIn a box\n'],
        [{ slide: 2, section: 'note' }, 'Say it slowly\n'],
        [{}, 'On the master\n'],
        [{ section: 'header' }, 'A date\nPage head\n'],
        [{ section: 'footer' }, 'Page foot\n'],
        [{}, 'site\nhttps://example.com/a\n'],
        [{ section: 'metadata', path: 'Package' }, 'inner.txt\n'],
        [{ path: 'Package!/inner.txt' }, 'inside'],
        [{ section: 'metadata', path: 'Package' }, 'inner.txt\n'],
        [{ path: 'Package!/inner.txt' }, 'inside'],
      ],
    );
    assert.equal(problem, null);
    assert.equal(inner.read, 4);
  });

  it('reads all text when it cannot find the document, and tells', async () => {
    const stream = join(container(0x03ee, [text('adrift')]));
    const { text: found, problem } = await collectParts(
      buildCompoundFile({ 'PowerPoint Document': stream }),
    );
    assert.equal(found, 'adrift\n');
    assert.equal(problem, 'corrupt');
  });

  const listing = (...persistIds: number[]): Buffer =>
    container(0x03e8, [slideList(0, ...persistIds.map((id) => listed(id, 256 + id)))]);
  const broken: [name: string, document: Uint8Array, problem: Problem][] = [
    ['an encrypted presentation', buildPresentation({ objects, isEncrypted: true }), 'encrypted'],
    ['one that lacks a slide', buildPresentation({ objects: [listing(9)] }), 'corrupt'],
    [
      'PowerPoint 95',
      buildCompoundFile({ PP40: Buffer.alloc(9) }),
      'unsupported:application/vnd.ms-powerpoint',
    ],
  ];
  for (const [name, document, problem] of broken) {
    it(`tells ${name} as ${problem}`, async () => {
      assert.equal((await collectParts(document)).problem, problem);
    });
  }

  it('tells objects that do not inflate, or to more than they should', async () => {
    const list = container(0x03e8, [container(0x0409, [embedded(1, 2), embedded(2, 3)])]);
    const bomb = compressed(join(packaged, Buffer.alloc(3_000_000)));
    const cut = atom(0x1011, compressed(packaged).subarray(8, 60), 1);
    const { inner } = await collectParts(buildPresentation({ objects: [list, cut, bomb] }));
    assert.deepEqual(inner.problems, { corrupt: 1, ratio: 1 });
  });

  it('does not walk objects again and again that lie within each other', async () => {
    const inner = container(
      0x03ee,
      Array.from({ length: 2_000 }, () => text('x')),
    );
    const nested = Array.from({ length: 300 }).reduce<Buffer>(
      (within) => container(0x03ee, [within]),
      inner,
    );
    const ids = Array.from({ length: 300 }, (_, n) => n + 2);
    const document = buildPresentation({ objects: [listing(...ids), nested], nested: 299 });
    const { problem, text: found } = await collectParts(document);
    assert.equal(found.split('x').length - 1, 2_000);
    assert.equal(problem, 'corrupt');
  });

  it('ends on any bytes, and never throws', () => checkMutations(whole));
});
