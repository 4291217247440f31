import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';

const read = (text: string): Promise<CollectedDocument> =>
  collectParts(Buffer.from(text, 'latin1'));

function sectionText({ parts }: CollectedDocument, section: string | undefined): string {
  const matching = parts.filter(({ location }) => location.section === section);
  return matching.map(({ text }) => text).join('');
}

/** An object as OLE 1.0 stores it, in hexadecimal. */
function objectData(className: string, native: Buffer): string {
  const counted = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const header = Buffer.from([1, 5, 0, 0, 2, 0, 0, 0]);
  const names = [Buffer.from(`${className}\0`), Buffer.alloc(0), Buffer.alloc(0)].map(counted);
  return Buffer.concat([header, ...names, counted(native)]).toString('hex');
}

function packageOf(name: string, content: string): Buffer {
  const lengths = [Buffer.alloc(4), Buffer.alloc(4)] as const;
  lengths[0].writeUInt32LE(name.length + 1);
  lengths[1].writeUInt32LE(content.length);
  return Buffer.concat([
    Buffer.from([2, 0]),
    Buffer.from(`${name}\0C:\\${name}\0`),
    Buffer.from([0, 0, 3, 0]),
    lengths[0],
    Buffer.from(`${name}\0`),
    lengths[1],
    Buffer.from(content),
  ]);
}

describe('readRtf()', () => {
  const bodies: [name: string, body: string, text: string][] = [
    ['paragraphs', 'one\\par two\\line three', 'one\ntwo\nthree\n'],
    ['runs together', '4532{\\b 0151}1283\r\n0366', '4532015112830366\n'],
    ['escaped characters', 'a\\{b\\}c\\\\d', 'a{b}c\\d\n'],
    ['rows as lines of cells', '\\trowd\\intbl a\\cell b\\cell\\row c', 'a\tb\t\nc\n'],
    ["the document's code page", "caf\\'e9", 'café\n'],
    ["a font's code page", "{\\f1 \\'cf\\'f0\\'e8}", 'При\n'],
    ['a code page of two bytes', "{\\f2 \\'82\\'b1\\'82\\'f1}", 'こん\n'],
    ['Unicode before its fallback', "\\u26481?\\uc2\\u20140\\'8b\\'7e!", '東京!\n'],
    ['surrogates', '\\u-10240?\\u-8398?', '\u{10332}\n'],
    ['fallbacks that end with their group', '{\\uc9\\u65}B', 'AB\n'],
    ['special characters', 'a\\~b\\_c\\-d\\emdash e', 'a\u00a0b\u2011cd\u2014e\n'],
    ['text of a field', '{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}', '7\n'],
    [
      'text of a shape',
      '{\\shp{\\*\\shpinst{\\sp{\\sn fFlip}{\\sv 0}}{\\shptxt box\\par}}{\\shprslt box}}',
      'box\n',
    ],
    ['WordArt', '{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv art}}}}', 'art\n'],
    [
      'nothing of pictures and styles',
      '{\\pict\\wmetafile8 0a0b}{\\stylesheet{Normal;}}{\\*\\unknown x}y',
      'y\n',
    ],
    ['nothing of binary data', 'a\\bin5 {{{}}b', 'ab\n'],
    ['the Unicode half of an alternative', '{\\upr{ansi}{\\*\\ud{unicode}}}', 'unicode\n'],
    ['labels of lists', '{\\listtext 1.\\tab}item', '1.\titem\n'],
  ];
  const fonts =
    '{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 Mincho;}}';
  for (const [name, body, text] of bodies) {
    it(`reads ${name}`, async () => {
      const document = await read(`{\\rtf1\\ansi\\ansicpg1252${fonts}${body}}`);
      assert.equal(document.problem, null);
      assert.equal(sectionText(document, undefined), text);
    });
  }

  const stories: [name: string, body: string, section: string, text: string][] = [
    ['headers', '{\\header head\\par}', 'header', 'head\n'],
    ['footers', '{\\footerr foot}', 'footer', 'foot\n'],
    ['footnotes', 'a{\\footnote note}b', 'footnote', 'note\n'],
    ['comments', '{\\*\\atnauthor Ann}{\\*\\annotation remark}', 'comment', 'Ann\nremark\n'],
    ['deleted text', '{\\deleted gone}', 'deleted', 'gone\n'],
    ['hidden text', '{\\v secret}', 'hidden', 'secret\n'],
    [
      'targets of links',
      '{\\field{\\*\\fldinst{HYPERLINK "https://a.example"}}}',
      'hidden',
      'HYPERLINK "https://a.example"\n',
    ],
    ['form fields', '{\\*\\formfield{\\*\\ffdeftext typed}}', 'form', 'typed\n'],
    [
      'properties',
      '{\\info{\\title T}{\\*\\company C}}{\\*\\userprops{\\propname P}{\\staticval V}}',
      'metadata',
      'title: T\ncompany: C\nproperty: P\nvalue: V\n',
    ],
  ];
  for (const [name, body, section, text] of stories) {
    it(`reads ${name} as a story of its own`, async () => {
      const document = await read(`{\\rtf1\\ansi ${body}body}`);
      assert.equal(sectionText(document, section), text);
      assert.match(sectionText(document, undefined), /^a?b?body\n$/);
    });
  }

  it('takes the half of an alternative that there is', async () => {
    const both = await read('{\\rtf1{\\info{\\title{\\upr{ansi}{\\*\\ud{unicode}}}}}}');
    assert.equal(sectionText(both, 'metadata'), 'title: unicode\n');
    const one = await read('{\\rtf1{\\upr{ansi}}}');
    assert.equal(sectionText(one, undefined), 'ansi\n');
  });

  it('reads embedded files', async () => {
    const data = objectData('Package', packageOf('card.txt', 'card 4532015112830366\n'));
    const document = await read(
      `{\\rtf1 a{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata ${data}}}b}`,
    );
    assert.equal(sectionText(document, undefined), 'ab\ncard 4532015112830366\n');
    assert.equal(document.parts.at(-1)?.location.path, 'card.txt');
    assert.deepEqual([document.problem, document.inner.read], [null, 1]);
  });

  const broken: [name: string, text: string, problem: string][] = [
    ['cut off', '{\\rtf1 {\\b bold', 'corrupt'],
    ['too deep', '{\\rtf1 '.repeat(5_000), 'too_deep'],
  ];
  for (const [name, text, problem] of broken) {
    it(`says so of a document that is ${name}`, async () => {
      assert.equal((await read(text)).problem, problem);
    });
  }

  it('reads the same in any chunking, and never rejects, whatever is changed', async () => {
    const data = objectData('Package', packageOf('a.txt', 'inside\n'));
    const sample = Buffer.from(
      `{\\rtf1\\ansi${fonts}{\\info{\\title T}}{\\header h}a\\u26481?{\\f2 \\'82\\'b1}{\\footnote n}\\trowd x\\cell\\row{\\object{\\*\\objdata ${data}}}{\\v hid}\\bin3 {{{\\par}`,
    );
    async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sample.length - 1),
        fc.nat(255),
        fc.integer({ min: 1, max: 40 }),
        async (position, byte, size) => {
          const bytes = Uint8Array.from(sample);
          bytes[position] = byte;
          const whole = await collectParts(bytes);
          assert.deepEqual(await collectParts(chunks(bytes, size)), whole);
        },
      ),
      { numRuns: 200 },
    );
    await checkMutations(sample);
  });
});
