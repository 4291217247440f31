import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { buildPackage, contentTypes, type PackageFiles, relationships } from './office-package.ts';

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:mc="mc"';
const word = 'officedocument.wordprocessingml';

function documentOf(body: string, more: PackageFiles = {}): PackageFiles {
  return {
    '[Content_Types].xml': contentTypes({
      'word/document.xml': `${word}.document.main`,
      'word/header1.xml': `${word}.header`,
      'word/footnotes.xml': `${word}.footnotes`,
      'word/comments.xml': `${word}.comments`,
      'word/numbering.xml': `${word}.numbering`,
      'word/styles.xml': `${word}.styles`,
      'docProps/core.xml': 'package.core-properties',
      'docProps/custom.xml': 'officedocument.custom-properties',
    }),
    '_rels/.rels': relationships(['r1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `<w:document ${namespaces}><w:body>${body}</w:body></w:document>`,
    ...more,
  };
}

const read = (files: PackageFiles): Promise<CollectedDocument> => collectParts(buildPackage(files));
const readBody = (body: string): Promise<CollectedDocument> => read(documentOf(body));
const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const paragraph = (...runs: string[]): string => `<w:p>${runs.join('')}</w:p>`;
const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
const box = (text: string): string => `<w:txbxContent>${paragraph(run(text))}</w:txbxContent>`;

function sectionText({ parts }: CollectedDocument, section: string | undefined): string {
  const matching = parts.filter(({ location }) => location.section === section);
  return matching.map(({ text }) => text).join('');
}

describe('readOoxml() of a document', () => {
  const bodies: [name: string, body: string, text: string][] = [
    [
      'runs of a paragraph together',
      paragraph(run('4532 0151'), run('1283 0366')),
      '4532 01511283 0366\n',
    ],
    [
      'tabs and breaks',
      paragraph('<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>'),
      'a\tb\nc\n',
    ],
    [
      'no tab for a tab stop',
      '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>',
      'a\n',
    ],
    [
      'rows as lines of cells',
      `<w:tbl><w:tr>${cell(paragraph(run('a')))}${cell(paragraph(run('b')) + paragraph(run('c')))}</w:tr></w:tbl>`,
      'a\tb\nc\t\n',
    ],
    [
      'a text box after its paragraph',
      paragraph(run('before'), `<w:r>${box('box')}</w:r>`, run(' after')),
      'before after\nbox\n',
    ],
    [
      'one of two renderings',
      paragraph(
        `<w:r><mc:AlternateContent><mc:Choice>${box('same')}</mc:Choice><mc:Fallback>${box('same')}</mc:Fallback></mc:AlternateContent></w:r>`,
      ),
      'same\n',
    ],
    [
      'both renderings when they differ',
      paragraph(
        `<w:r><mc:AlternateContent><mc:Choice>${box('one')}</mc:Choice><mc:Fallback>${box('other')}</mc:Fallback></mc:AlternateContent></w:r>`,
      ),
      'one\nother\n',
    ],
    [
      'content controls',
      `<w:sdt><w:sdtContent>${paragraph(run('held'))}</w:sdtContent></w:sdt>`,
      'held\n',
    ],
    ['inserted text', paragraph(`<w:ins>${run('new')}</w:ins>`), 'new\n'],
    ['WordArt', paragraph('<w:r><v:textpath string="art"/></w:r>'), 'art\n'],
    ['numeric and predefined entities', paragraph(run('&#x41;&amp;&lt;')), 'A&<\n'],
  ];
  for (const [name, body, text] of bodies) {
    it(`reads ${name}`, async () => {
      const document = await readBody(body);
      assert.equal(document.problem, null);
      assert.equal(sectionText(document, undefined), text);
    });
  }

  const besides: [name: string, body: string, section: string, text: string][] = [
    [
      'deleted text',
      paragraph(run('a'), '<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>'),
      'deleted',
      'gone\n',
    ],
    [
      'text that was moved away',
      paragraph(`<w:moveFrom>${run('moved')}</w:moveFrom>`),
      'deleted',
      'moved\n',
    ],
    ['hidden text', paragraph(run('a'), run('secret', '<w:vanish/>')), 'hidden', 'secret\n'],
    [
      'codes of fields',
      paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a</w:instrText></w:r><w:r><w:instrText>.example"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run('a'),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
      ),
      'hidden',
      'HYPERLINK "https://a.example"\n',
    ],
    [
      'what may be chosen',
      paragraph('<w:sdt><w:sdtPr><w:listItem w:displayText="choice"/></w:sdtPr></w:sdt>'),
      'form',
      'choice\n',
    ],
    [
      'descriptions of pictures',
      paragraph('<w:r><wp:docPr id="1" descr="a passport"/></w:r>'),
      'hidden',
      'a passport\n',
    ],
  ];
  for (const [name, body, section, text] of besides) {
    it(`reads ${name} as a story of its own`, async () => {
      const document = await readBody(body);
      assert.equal(sectionText(document, section), text);
      assert.doesNotMatch(sectionText(document, undefined), /gone|moved|secret|HYPERLINK/);
    });
  }

  it('does not take a run after hidden text for hidden', async () => {
    const document = await readBody(paragraph(run('x', '<w:vanish w:val="0"/>'), run('y')));
    assert.equal(sectionText(document, undefined), 'xy\n');
  });

  it('reads strict documents, whatever their prefixes', async () => {
    const document = await read({
      ...documentOf(''),
      'word/document.xml':
        '<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>strict</t></r></p></body></document>',
    });
    assert.equal(sectionText(document, undefined), 'strict\n');
  });

  it('reads what is related to the document, and what is not', async () => {
    const document = await read(
      documentOf(paragraph(run('body')), {
        'word/_rels/document.xml.rels': relationships(
          ['r1', 'header', 'header1.xml'],
          ['r2', 'footnotes', '/word/footnotes.xml'],
          ['r3', 'hyperlink', '!https://link.example'],
          ['r4', 'attachedTemplate', '!file:///template.dotx'],
          ['r5', 'package', 'embeddings/inner.docx'],
          ['r6', 'aFChunk', 'chunk.txt'],
        ),
        'word/header1.xml': `<w:hdr>${paragraph(run('head'))}</w:hdr>`,
        'word/footnotes.xml': `<w:footnotes><w:footnote>${paragraph(run('foot'))}</w:footnote></w:footnotes>`,
        'word/comments.xml': `<w:comments><w:comment w:author="Ann">${paragraph(run('remark'))}</w:comment></w:comments>`,
        'word/embeddings/inner.docx': buildPackage(documentOf(paragraph(run('embedded')))),
        'word/chunk.txt': 'a chunk\n',
        'word/media/image1.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        'customXml/item1.xml': '<account><iban>DE89 3704</iban></account>',
        'docProps/core.xml': '<cp:coreProperties><dc:title>a title</dc:title></cp:coreProperties>',
        'docProps/custom.xml':
          '<Properties><property name="Client"><vt:lpwstr>ACME</vt:lpwstr></property></Properties>',
      }),
    );
    assert.deepEqual([document.problem, document.inner.unread], [null, 0]);
    assert.equal(document.parts[0]?.text, 'body\n');
    assert.equal(sectionText(document, 'header'), 'head\n');
    assert.equal(sectionText(document, 'footnote'), 'foot\n');
    assert.match(sectionText(document, 'comment'), /remark\n/);
    assert.match(sectionText(document, 'comment'), /Ann\n/);
    assert.equal(sectionText(document, 'hidden'), 'https://link.example\nfile:///template.dotx\n');
    assert.match(sectionText(document, 'metadata'), /title: a title\nClient: ACME\n/);
    assert.match(document.text, /DE89 3704/);
    const paths = document.parts.map(({ location, text }) => [location.path, text]);
    assert.deepEqual(
      paths.filter(([path]) => path !== undefined),
      [
        ['word/embeddings/inner.docx', 'embedded\n'],
        ['word/chunk.txt', 'a chunk\n'],
      ],
    );
  });

  it('numbers the paragraphs of lists', async () => {
    const level = (n: number, format: string, text: string): string =>
      `<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const item = (list: number, n: number, text: string): string =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="${n}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${run(text)}</w:p>`;
    const styled = `<w:p><w:pPr><w:pStyle w:val="Item"/></w:pPr>${run('styled')}</w:p>`;
    const document = await read(
      documentOf(
        item(1, 0, 'one') +
          item(1, 1, 'a') +
          item(1, 1, 'b') +
          item(1, 0, 'two') +
          item(1, 1, 'a') +
          item(2, 0, 'seven') +
          styled,
        {
          'word/_rels/document.xml.rels': relationships(
            ['r1', 'numbering', 'numbering.xml'],
            ['r2', 'styles', 'styles.xml'],
          ),
          'word/styles.xml':
            '<w:styles><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:styleId="Item"><w:basedOn w:val="Base"/></w:style></w:styles>',
          'word/numbering.xml': `<w:numbering><w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'lowerRoman', '%1.%2)')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`,
        },
      ),
    );
    const lines = ['1. one', '1.i) a', '1.ii) b', '2. two', '2.i) a', '7. seven', '8. styled'];
    assert.equal(document.parts[0]?.text, `${lines.join('\n')}\n`);
  });

  const broken: [name: string, files: PackageFiles, problem: string][] = [
    [
      'cut off',
      { ...documentOf(''), 'word/document.xml': '<w:document><w:body><w:p><w:r><w:t>cut' },
      'corrupt',
    ],
    [
      'full of entities',
      {
        ...documentOf(''),
        'word/document.xml':
          '<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>',
      },
      'corrupt',
    ],
    ['too deep', documentOf('<w:sdt>'.repeat(5_000)), 'too_deep'],
    ['repetitive beyond its size', documentOf('<w:p/>'.repeat(2_000_000)), 'ratio'],
  ];
  for (const [name, files, problem] of broken) {
    it(`says so of a document that is ${name}`, async () => {
      const document = await read(files);
      assert.equal(document.problem, problem);
      assert.doesNotMatch(document.text, /aaaaaaaa/);
    });
  }

  it('lists the names in what is an archive only', async () => {
    const document = await read({ 'word/letter.txt': 'a letter\n', 'other.txt': 'another\n' });
    assert.match(document.text, /word\/letter\.txt/);
    assert.match(document.text, /a letter/);
  });

  it('never rejects, whatever is changed in it', async () => {
    const files = documentOf(
      paragraph(run('a'), `<w:r>${box('box')}</w:r>`) +
        `<w:tbl><w:tr>${cell(paragraph(run('b', '<w:vanish/>')))}</w:tr></w:tbl>`,
      { 'word/_rels/document.xml.rels': relationships(['r1', 'header', 'header1.xml']) },
    );
    const xml = files['word/document.xml'] as string;
    const whole = buildPackage(files);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(xml.length),
        fc.nat(40),
        fc.constantFrom('', '<', '>', '</w:p>', '&#x0;', '"', '<w:txbxContent>', '\ud800'),
        fc.nat(whole.length - 1),
        fc.nat(255),
        async (at, length, insert, position, byte) => {
          const changed = xml.slice(0, at) + insert + xml.slice(at + length);
          await read({ ...files, 'word/document.xml': changed });
          const bytes = Uint8Array.from(whole);
          bytes[position] = byte;
          await collectParts(bytes);
        },
      ),
      { numRuns: 200 },
    );
  });
});
