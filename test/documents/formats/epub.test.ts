import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';
import { buildPackage } from './office-package.ts';

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
    const document = await collectParts(buildPackage(book));
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
    const document = await collectParts(buildPackage({ ...rest, mimetype }));
    assert.equal(document.mediaType, 'application/epub+zip');
  });

  it('reads chapters of a book without a package, and says so', async () => {
    const { 'OPS/book.opf': _, ...rest } = book;
    const document = await collectParts(buildPackage(rest));
    assert.match(document.text, /Last\s+First & foremost/);
    assert.equal(document.problem, 'corrupt');
  });

  it('says when chapters are encrypted, but not when fonts are', async () => {
    const encryption = (algorithm: string): Record<string, string> => ({
      ...book,
      'META-INF/encryption.xml': `<encryption><EncryptionMethod Algorithm="${algorithm}"/></encryption>`,
    });
    const aes = await collectParts(
      buildPackage(encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc')),
    );
    assert.equal(aes.problem, 'encrypted');
    const font = await collectParts(buildPackage(encryption('http://www.idpf.org/2008/embedding')));
    assert.equal(font.problem, null);
  });

  it('never throws, whatever is broken', async () => {
    await checkMutations(buildPackage(book));
  });
});
