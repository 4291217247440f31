import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { collectParts } from '../collect-parts.ts';

/** A ZIP of files by their names (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16). */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const isStored = path === 'mimetype';
    const data = isStored ? content : deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(isStored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

const chapter = (text: string): string =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><title/><p>${text}</p></html>`;

const book = {
  mimetype: 'application/epub+zip',
  'META-INF/container.xml':
    '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
  'OPS/book.opf': `<?xml version="1.0" encoding="iso-8859-1"?><opf:package xmlns:opf="o" xmlns:dc="d">
    <opf:metadata><dc:title>The &lt;Title&gt;</dc:title><dc:creator>Jane</dc:creator>
    <opf:meta name="series" content="S"/><opf:meta property="p">v</opf:meta></opf:metadata>
    <opf:manifest><opf:item id="a" href="a.xhtml"/><opf:item id="b" href="text/b%20b.xml"/></opf:manifest>
    <opf:spine><opf:itemref idref="b"/><opf:itemref idref="a"/></opf:spine></opf:package>`,
  'OPS/a.xhtml': chapter('Last'),
  'OPS/text/b b.xml': chapter('First &amp; foremost'),
  'OPS/notes.txt': 'A note',
  'OPS/font.otf': 'OTTO',
};

describe('readEpub', () => {
  it('reads metadata, chapters in their order, and what else there is', async () => {
    const document = await collectParts(zip(book));
    assert.equal(document.mediaType, 'application/epub+zip');
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location.path ?? location.section, text]),
      [
        ['metadata', 'title: The <Title>\ncreator: Jane\nseries: S\np: v\n'],
        ['OPS/text/b b.xml', 'First & foremost\n'],
        ['OPS/a.xhtml', 'Last\n'],
        ['OPS/notes.txt', 'A note'],
      ],
    );
    assert.deepEqual([document.problem, document.inner.unread], [null, 0]);
  });

  it('tells a book whose media type is not its first entry', async () => {
    const { mimetype, ...rest } = book;
    const document = await collectParts(zip({ ...rest, mimetype }));
    assert.equal(document.mediaType, 'application/epub+zip');
  });

  it('reads chapters of a book without a package, and says so', async () => {
    const { 'OPS/book.opf': _, ...rest } = book;
    const document = await collectParts(zip(rest));
    assert.match(document.text, /Last\s+First & foremost/);
    assert.equal(document.problem, 'corrupt');
  });

  it('says when chapters are encrypted, but not when fonts are', async () => {
    const encryption = (algorithm: string): Record<string, string> => ({
      ...book,
      'META-INF/encryption.xml': `<encryption><EncryptionMethod Algorithm="${algorithm}"/></encryption>`,
    });
    const aes = await collectParts(zip(encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc')));
    assert.equal(aes.problem, 'encrypted');
    const font = await collectParts(zip(encryption('http://www.idpf.org/2008/embedding')));
    assert.equal(font.problem, null);
  });

  it('never throws, whatever is broken', async () => {
    const whole = zip(book);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
          maxLength: 6,
        }),
        async (changes) => {
          const broken = Buffer.from(whole);
          for (const [at, byte] of changes) broken[at] = byte;
          await collectParts(broken);
        },
      ),
    );
  });
});
