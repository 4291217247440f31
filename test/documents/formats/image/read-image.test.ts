import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import {
  buildExif,
  buildGif,
  buildHeif,
  buildJpeg,
  buildPhotoshop,
  buildPng,
  buildResources,
  buildWebp,
  exif,
  exifLines,
  xmp,
  xmpLines,
} from './build-images.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const exifSegment = Buffer.concat([latin('Exif\0\0'), buildExif(exif)]);
const xmpSegment = latin(`http://ns.adobe.com/xap/1.0/\0${xmp}`);
const photoshopSegment = Buffer.concat([latin('Photoshop 3.0\0'), buildResources('By the river')]);
const hexProfile = `\nexif\n${exifSegment.length}\n${exifSegment.toString('hex').replace(/.{72}/g, '$&\n')}\n`;

const cases: [name: string, file: Buffer, mediaType: string, lines: string[]][] = [
  [
    'JPEG with all it can hold',
    buildJpeg([
      [0xe1, exifSegment],
      [0xe1, xmpSegment],
      [0xed, photoshopSegment],
      [0xfe, latin('a comment')],
    ]),
    'image/jpeg',
    [...exifLines, ...xmpLines, 'Caption: By the river', 'Comment: a comment'],
  ],
  [
    'PNG with texts, plain, compressed and international',
    buildPng([
      ['tEXt', latin('Author\0Jane')],
      ['zTXt', Buffer.concat([latin('Note\0\0'), deflateSync('a note')])],
      ['iTXt', Buffer.concat([latin('Title\0\0\0en\0\0'), Buffer.from('Zoë')])],
      ['iTXt', Buffer.concat([latin('Place\0\x01\0\0\0'), deflateSync('Paris')])],
      ['iTXt', latin(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`)],
      ['eXIf', buildExif(exif)],
    ]),
    'image/png',
    ['Author: Jane', 'Note: a note', 'Title: Zoë', 'Place: Paris', ...xmpLines, ...exifLines],
  ],
  [
    'PNG with Exif in hexadecimal',
    buildPng([['tEXt', latin(`Raw profile type exif\0${hexProfile}`)]]),
    'image/png',
    exifLines,
  ],
  ['TIFF', buildExif(exif), 'image/tiff', exifLines],
  ['GIF', buildGif('long '.repeat(60)), 'image/gif', [`Comment: ${'long '.repeat(60).trim()}`]],
  [
    'WebP',
    buildWebp([
      ['VP8 ', latin('odd')],
      ['EXIF', buildExif(exif)],
      ['XMP ', latin(xmp)],
    ]),
    'image/webp',
    [...exifLines, ...xmpLines],
  ],
  ['HEIC', buildHeif(buildExif(exif), xmp), 'image/heic', [...exifLines, ...xmpLines]],
  [
    'PSD',
    buildPhotoshop(buildResources('A layer')),
    'image/vnd.adobe.photoshop',
    ['Caption: A layer'],
  ],
];

describe('readImage()', () => {
  for (const [name, file, mediaType, lines] of cases) {
    it(`reads what ${name} says of itself, and misses the picture`, async () => {
      const document = await collectParts(file);
      assert.deepEqual(
        document.parts.map(({ location, text }) => [location, text.trimEnd().split('\n').sort()]),
        [[{ section: 'metadata' }, [...lines].sort()]],
      );
      assert.deepEqual(
        [document.mediaType, document.problem],
        [mediaType, `unsupported:${mediaType}`],
      );
    });
  }

  it('hands nothing on of an image that says nothing', async () => {
    const document = await collectParts(buildPng([]));
    assert.deepEqual([document.hasText, document.problem], [false, 'unsupported:image/png']);
  });

  it('ends a text of much in little', async () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000, ' '), { level: 9 });
    const file = buildPng([
      ['tEXt', latin('Author\0Jane')],
      ['zTXt', Buffer.concat([latin('Bomb\0\0'), bomb])],
    ]);
    const document = await collectParts(file);
    assert.deepEqual([document.text, document.problem], ['Author: Jane\n', 'ratio']);
  });

  it('ends directories that lie in each other, in a circle or deep', async () => {
    const circle = buildExif([{ tag: 270, type: 2, value: 'A tower' }]);
    // The next directory is the first one again.
    circle.writeUInt32BE(8, 8 + 2 + 12);
    assert.equal((await collectParts(circle)).text, 'ImageDescription: A tower\n');

    const entry = Buffer.from('010e000200100000' + '00000010', 'hex');
    const many = Buffer.concat([
      latin('MM\0*'),
      Buffer.from('00000008ffff', 'hex'),
      Buffer.alloc(0),
    ]);
    const overlapping = Buffer.concat([
      many,
      Buffer.concat(Array(65_535).fill(entry)),
      Buffer.alloc(1_048_576, 'x'),
    ]);
    assert.equal((await collectParts(overlapping)).problem, 'corrupt');

    const deep = latin(`http://ns.adobe.com/xap/1.0/\0${'<a>'.repeat(20_000)}`);
    assert.equal((await collectParts(buildJpeg([[0xe1, deep]]))).problem, 'unsupported:image/jpeg');
  });

  it('never throws, however broken the file is', async () => {
    for (const [, file] of cases) {
      await checkMutations(file);
    }
  });
});
