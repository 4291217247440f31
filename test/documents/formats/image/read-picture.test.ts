import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PartLocation } from '../../../../src/documents/part-output.ts';
import { defaultLimits } from '../../../../src/documents/read-budget.ts';
import { scanDocument } from '../../../../src/documents/scan-document.ts';
import { defaultPolicy } from '../../../../src/engine/policy.ts';
import { type CollectedDocument, collectParts } from '../../collect-parts.ts';
import { type Bitmap, drawText, turnRight } from '../../draw-text.ts';
import { writeBmp, writeGif, writeJpeg, writePng, writeTiff } from '../../write-pictures.ts';
import { checkMutations } from '../check-mutations.ts';
import { buildPackage, contentTypes, relationships } from '../office-package.ts';
import { webpOfPage2 } from './webp-sample.ts';

const card = drawText('CARD 4539 1488 0343 6467');
const page = drawText('PAGE 2');
const blank: Bitmap = { width: 64, height: 64, pixels: new Uint8Array(4_096).fill(255) };

const read = (bytes: Uint8Array, limits = defaultLimits): Promise<CollectedDocument> =>
  collectParts(bytes, limits, { ocr: true });

const textsOf = ({ parts }: CollectedDocument): [PartLocation, string][] =>
  parts.map(({ location, text }) => [location, text.trim()]);

describe('a picture, where pictures are read', () => {
  const section = 'image';
  const formats: Record<string, Uint8Array> = {
    'image/bmp': writeBmp(page),
    'image/gif': writeGif(page),
    'image/jpeg': writeJpeg(page),
    'image/png': writePng(page),
    'image/tiff': writeTiff(page),
    'image/webp': webpOfPage2,
  };
  for (const [mediaType, bytes] of Object.entries(formats)) {
    it(`gives the text that it shows, as ${mediaType}`, async () => {
      const document = await read(bytes);
      assert.equal(document.mediaType, mediaType);
      assert.deepEqual(textsOf(document), [[{ section }, 'PAGE 2']]);
      assert.equal(document.problem, null);
      assert.deepEqual(document.pictures, { read: 1, unread: 0 });
    });
    it(`is missed and counted where they are not, as ${mediaType}`, async () => {
      const { problem, parts, pictures } = await collectParts(bytes);
      assert.deepEqual([problem, parts], [`unsupported:${mediaType}`, []]);
      assert.deepEqual(pictures, { read: 0, unread: 1 });
    });
  }

  it('gives what it says of itself too', async () => {
    const png = writePng(page);
    const comment = Buffer.from('\0\0\0\x0dtEXtComment\0Hello\0\0\0\0', 'latin1');
    const document = await read(Buffer.concat([png.subarray(0, 33), comment, png.subarray(33)]));
    assert.deepEqual(textsOf(document), [
      [{ section: 'metadata' }, 'Comment: Hello'],
      [{ section }, 'PAGE 2'],
    ]);
  });

  it('has every page of TIFF, by its number', async () => {
    assert.deepEqual(textsOf(await read(writeTiff(page, blank, card))), [
      [{ section, page: 1 }, 'PAGE 2'],
      [{ section, page: 3 }, 'CARD 4539 1488 0343 6467'],
    ]);
  });

  it('has the first frame of GIF and misses the others', async () => {
    const document = await read(writeGif(page, blank));
    assert.deepEqual(textsOf(document), [[{ section }, 'PAGE 2']]);
    assert.equal(document.problem, 'unsupported:image/gif');
  });

  it('is turned as Exif tells', async () => {
    const upsideDown = turnRight(turnRight(page));
    const document = await read(writeJpeg(upsideDown, { orientation: 3 }));
    assert.deepEqual(textsOf(document).at(-1), [{ section }, 'PAGE 2']);
  });

  it('counts as read when it shows no text', async () => {
    for (const bitmap of [blank, { width: 1, height: 1, pixels: new Uint8Array(1) }]) {
      const { problem, parts, pictures } = await read(writePng(bitmap));
      assert.deepEqual([problem, parts], [null, []]);
      assert.deepEqual(pictures, { read: 1, unread: 0 });
    }
  });

  it('is scanned, and findings say that they are of an image', async () => {
    const document = await scanDocument(once(writePng(card)), {
      policy: { ...defaultPolicy, images: { ocr: true } },
      fingerprintKey: new Uint8Array(32),
    });
    assert.equal(document.status, 'scored');
    const [found] = document.report?.findings ?? [];
    assert.deepEqual([found?.type, found?.place.section], ['credit_card', 'image']);
  });
});

describe('a picture inside a document', () => {
  const wordMain = 'officedocument.wordprocessingml.document.main';
  const png = writePng(page);
  const documents: Record<string, [Uint8Array, string, missed: string | undefined]> = {
    'a Word document': [
      buildPackage({
        '[Content_Types].xml': contentTypes({ 'word/document.xml': wordMain }),
        '_rels/.rels': relationships(['r1', 'officeDocument', 'word/document.xml']),
        'word/document.xml': '<w:document><w:body><w:p><w:t>Body</w:t></w:p></w:body></w:document>',
        'word/_rels/document.xml.rels': relationships(['r2', 'image', 'media/image1.png']),
        'word/media/image1.png': png,
      }),
      'word/media/image1.png',
      undefined,
    ],
    'an OpenDocument text': [
      buildPackage({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'content.xml': '<office:document-content/>',
        'Pictures/1.png': png,
      }),
      'Pictures/1.png',
      undefined,
    ],
    'an archive': [buildPackage({ 'a.png': png }), 'a.png', 'unsupported:image/png'],
    'a message': [
      Buffer.from(
        `From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.png\r\n\r\n${png.toString('base64')}\r\n`,
      ),
      'a.png',
      'unsupported:image/png',
    ],
  };
  for (const [name, [bytes, path, missed]] of Object.entries(documents)) {
    it(`is read in ${name}`, async () => {
      const document = await read(bytes);
      const part = document.parts.find(({ location }) => location.section === 'image');
      assert.deepEqual([part?.location.path, part?.text.trim()], [path, 'PAGE 2']);
      assert.deepEqual([document.problem, document.inner.problems], [null, {}]);
      assert.deepEqual(document.pictures, { read: 1, unread: 0 });
    });
    it(`is counted in ${name} where pictures are not read`, async () => {
      const { pictures, inner } = await collectParts(bytes);
      assert.deepEqual(pictures, { read: 0, unread: 1 });
      assert.deepEqual(Object.keys(inner.problems), missed === undefined ? [] : [missed]);
    });
  }
});

describe('a picture that is hostile', () => {
  const header = (bytes: Uint8Array, change: (view: DataView) => void): Uint8Array => {
    const changed = Uint8Array.from(bytes);
    change(new DataView(changed.buffer));
    return changed;
  };
  const cases: Record<string, [Uint8Array, problem: string]> = {
    'PNG of no pixels': [writePng({ ...blank, height: 0 }), 'corrupt'],
    'PNG that says it has too many': [
      header(writePng(blank), (view) => view.setUint32(16, 2 ** 31)),
      'too_large',
    ],
    'BMP that does': [
      header(writeBmp(blank), (view) => view.setInt32(22, -(2 ** 31), true)),
      'too_large',
    ],
    'GIF that does': [
      header(writeGif(blank), (view) => {
        view.setUint16(24, 0xffff, true);
        view.setUint16(26, 0xffff, true);
      }),
      'too_large',
    ],
    'TIFF that does': [
      header(writeTiff(blank), (view) => view.setUint32(18, 2 ** 31, true)),
      'too_large',
    ],
    'TIFF without a page': [header(writeTiff(blank), (view) => view.setUint32(4, 0)), 'corrupt'],
    'PNG that ends in its header': [writePng(blank).subarray(0, 18), 'corrupt'],
    'PNG without a picture': [writePng(blank).subarray(0, 33), 'unsupported:image/png'],
    'JPEG without a frame': [Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'corrupt'],
  };
  for (const [name, [bytes, problem]] of Object.entries(cases)) {
    it(`is missed: ${name}`, async () => {
      const document = await read(bytes);
      assert.deepEqual([document.problem, document.parts], [problem, []]);
      assert.deepEqual(document.pictures, { read: 0, unread: 1 });
    });
  }

  it('leaves the pictures after it to be read', async () => {
    const broken = header(writePng(blank), (view) => view.setUint32(40, 0xffffffff));
    await read(broken);
    assert.equal((await read(writePng(page))).text.trim(), 'PAGE 2');
  });

  it('is not begun when those before it took the time', async () => {
    const { problem, pictures } = await read(writePng(page), { ...defaultLimits, pictureTime: -1 });
    assert.deepEqual([problem, pictures], ['timeout', { read: 0, unread: 1 }]);
  });

  const formats = { bmp: writeBmp, gif: writeGif, jpeg: writeJpeg, png: writePng, tiff: writeTiff };
  const small = turnRight(drawText('2'));
  for (const [name, write] of Object.entries(formats)) {
    it(`never breaks the reader: ${name}`, () => checkMutations(write(small), { ocr: true }));
  }
  it('never breaks the reader: webp', () => checkMutations(webpOfPage2, { ocr: true }));
});

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
