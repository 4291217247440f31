import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Section } from '../../../src/documents/reader.ts';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';

const read = (html: string, encoding: BufferEncoding = 'utf8'): Promise<CollectedDocument> =>
  collectParts(Buffer.from(`<!doctype html>${html}`, encoding));

const textOf = ({ parts }: CollectedDocument, section?: Section): string =>
  parts
    .filter(({ location }) => location.section === section && location.path === undefined)
    .map(({ text }) => text)
    .join('');

const visible: [name: string, html: string, text: string][] = [
  [
    'blocks as lines',
    '<h1>One</h1><p>Two\n three</p><div>four<br>five</div>',
    'One\nTwo three\nfour\nfive\n',
  ],
  ['inline elements as they are', '<p>4532<b>0151</b><i>1283</i> 0366</p>', '453201511283 0366\n'],
  [
    'cells as tabs, also empty ones',
    '<table><tr><th>name<th>ssn<tr><td><p>Jane</p></td><td><p>1</p></td></tr><tr><td><td><td>x</table>',
    'name\tssn\nJane\t1\n\t\tx\n',
  ],
  [
    'entities decoded',
    '<p>jane&#64;acme.com &amp; x&nbsp;y &euro; &#x1F600;</p>',
    'jane@acme.com & x y € 😀\n',
  ],
  ['hidden text as well', '<p style="display:none">secret</p><p hidden>two', 'secret\ntwo\n'],
  [
    'preformatted text with its lines',
    '<pre>a\n  b\tc</pre><textarea>x\ny</textarea>',
    'a\n  b\tc\nx\ny\n',
  ],
  ['soft hyphens as nothing', 'pass&shy;word', 'password\n'],
  ['addresses in angle brackets', 'Jane <jane@acme.com> says', 'Jane <jane@acme.com> says\n'],
  ['scripts apart', '<p>a<script>if (1 < 2) x("</p>")</script>b', 'a\nb\n'],
];

const aside: [name: string, html: string, section: Section, text: string][] = [
  ['the title', '<title>A &amp; B</title>', 'metadata', 'title: A & B\n'],
  [
    'meta data',
    '<meta name="author" content="Jane"><meta property="og:title" content="T"><meta charset=utf-8>',
    'metadata',
    'author: Jane\nog:title: T\n',
  ],
  [
    'fields, hidden or not, by their names',
    '<input type=hidden name=token value="a&quot;b"><input placeholder="Card number">',
    'form',
    'token: a"b\nplaceholder: Card number\n',
  ],
  [
    'links and descriptions, but not what is for looks',
    '<a href="https://x.test/?key=1&amp;b=2" class=big style="color:red">x</a><img alt="A cat">',
    'annotation',
    'href: https://x.test/?key=1&b=2\nalt: A cat\n',
  ],
  ['a tag that never ends', 'ok <a title="130-07-5728', 'annotation', 'title: 130-07-5728\n'],
  ['comments', 'a<!-- password: hunter2 -->b', 'comment', ' password: hunter2 \n'],
  [
    'scripts, styles and handlers',
    '<script>let a = 1;</script><style>b{}</style><p onclick="f()">',
    'script',
    'let a = 1;\nb{}\nonclick: f()\n',
  ],
];

describe('readHtml', () => {
  for (const [name, html, text] of visible) {
    it(`reads ${name}`, async () => assert.equal(textOf(await read(html)), text));
  }
  for (const [name, html, section, text] of aside) {
    it(`reads ${name} into a part of its own`, async () => {
      assert.equal(textOf(await read(html), section), text);
    });
  }

  it('reads documents of srcdoc and data: inside', async () => {
    const document = await read(
      `<iframe srcdoc="<p>inner &lt;b&gt;text"></iframe><a href="data:text/plain;base64,${btoa('deep')}">`,
    );
    assert.equal(textOf(document), 'inner text\n');
    assert.deepEqual(
      document.parts.filter(({ location }) => location.path !== undefined).map(({ text }) => text),
      ['deep'],
    );
  });

  it('reads the encoding its meta tells', async () => {
    const html = '<meta charset="iso-8859-2"><p>za\xbf\xf3\xb3\xe6</p>';
    const document = await read(html, 'latin1');
    assert.equal(textOf(document), 'zażółć\n');
    assert.equal(document.encoding, 'iso-8859-2');
  });

  it('ends scripts of XHTML where they end', async () => {
    const xhtml =
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script src="a"/><title/><p>seen</p></html>';
    const document = await collectParts(Buffer.from(xhtml));
    assert.equal(document.mediaType, 'text/html');
    assert.equal(textOf(document), 'seen\n');
  });

  it('hands on comments of any amount in constant memory, and goes on in a new part', async () => {
    const document = await read(`<p>a</p>${`<!--${'x'.repeat(1_000)}-->`.repeat(3_000)}<p>b</p>`);
    assert.equal(textOf(document), 'a\nb\n');
    assert.equal(textOf(document, 'comment').length, 3_003_000);
    assert.equal(document.problem, null);
  });

  const hostile: [name: string, html: string][] = [
    ['a million open elements', '<div>'.repeat(1_000_000)],
    [
      'elements that are closed in another order',
      '<b><i>'.repeat(200_000) + '</u></b>'.repeat(200_000),
    ],
    ['attributes without end', `<p ${'a="b" '.repeat(200_000)}>x`],
    ['entities without end', '&amp'.repeat(500_000)],
    ['ends of scripts that are none', `<script>${'</scrip'.repeat(200_000)}`],
    ['srcdoc in srcdoc', `${"<iframe srcdoc='".repeat(500)}x`],
  ];
  for (const [name, html] of hostile) {
    it(`reads ${name} in little time`, { timeout: 10_000 }, async () => {
      const document = await read(html);
      assert.equal(document.problem, null);
    });
  }

  it('stops at a comment that no memory would hold', async () => {
    const document = await read(`<p>a</p><!--${'x'.repeat(17_000_000)}`);
    assert.equal(document.problem, 'too_large');
  });

  it('reads any HTML, whole or in pieces, to the same text', async () => {
    const token = fc.constantFrom(
      ...['<p>', '</p', '>', '<td>', '<tr>', ' a="', '"', "'", '&amp;', '&#6', ';', '<!--', '-->'],
      ...[
        '<script>',
        '</script>',
        '<title>',
        ' ',
        'text',
        'é',
        '😀',
        '<![CDATA[',
        ']]>',
        '<?',
        '/>',
      ],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(token, { maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        async (tokens, size) => {
          const bytes = Buffer.from(`<html>${' '.repeat(4_100)}${tokens.join('')}`);
          async function* pieces(): AsyncGenerator<Uint8Array> {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          }
          const whole = await collectParts(bytes);
          assert.equal((await collectParts(pieces())).text, whole.text);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends, and never rejects, whatever is changed in it', async () => {
    const pieces = visible.map(([, html]) => html).join('');
    await checkMutations(Buffer.from(`<!doctype html><title>t</title>${pieces}`));
  });
});
