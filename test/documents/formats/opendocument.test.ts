import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { buildPackage, type PackageFiles } from './office-package.ts';

type Kind = 'text' | 'spreadsheet' | 'presentation';

function filesOf(kind: Kind, body: string, more: PackageFiles = {}, styles = ''): PackageFiles {
  return {
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'content.xml': `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    ...more,
  };
}

const read = (files: PackageFiles): Promise<CollectedDocument> => collectParts(buildPackage(files));

function sectionText({ parts }: CollectedDocument, section: string | undefined): string {
  const matching = parts.filter(({ location }) => location.section === section);
  return matching.map(({ text }) => text).join('');
}

const hidingText =
  '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>';

describe('readOpenDocument()', () => {
  const bodies: [name: string, body: string, text: string][] = [
    ['runs together', '<text:p>4532<text:span>0151</text:span>\n 1283</text:p>', '45320151 1283\n'],
    [
      'spaces, tabs and breaks',
      '<text:h>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:h>',
      'a   b\tc\nd\n',
    ],
    [
      'rows as lines of cells',
      '<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>',
      'a\tb\t\n',
    ],
    [
      'a text box after its paragraph',
      '<text:p>be<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>fore</text:p>',
      'before\nbox\n',
    ],
    [
      'fields named as properties',
      '<text:p>by <text:title>a title</text:title></text:p>',
      'by a title\n',
    ],
  ];
  for (const [name, body, text] of bodies) {
    it(`reads ${name}`, async () => {
      const document = await read(filesOf('text', body));
      assert.equal(document.problem, null);
      assert.equal(sectionText(document, undefined), text);
    });
  }

  const stories: [name: string, body: string, section: string, text: string][] = [
    [
      'comments',
      '<office:annotation><dc:creator>Ann</dc:creator><dc:date>2020</dc:date><text:p>remark</text:p></office:annotation>',
      'comment',
      'Ann\nremark\n',
    ],
    [
      'notes',
      '<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>',
      'footnote',
      'note\n',
    ],
    [
      'deleted text',
      '<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>x</dc:creator></office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>',
      'deleted',
      'gone\n',
    ],
    ['hidden text', '<text:span text:style-name="T1">secret</text:span>', 'hidden', 'secret\n'],
    [
      'targets of links',
      '<text:a xlink:href="https://a.example">body</text:a>',
      'hidden',
      'https://a.example\n',
    ],
    [
      'descriptions of pictures',
      '<draw:frame><svg:desc>a passport</svg:desc></draw:frame>',
      'hidden',
      'a passport\n',
    ],
  ];
  for (const [name, body, section, text] of stories) {
    it(`reads ${name} as a story of its own`, async () => {
      const document = await read(filesOf('text', `<text:p>${body}</text:p>`, {}, hidingText));
      assert.equal(sectionText(document, section), text);
      assert.match(sectionText(document, undefined), /^(?:body\n)?$/);
    });
  }

  it('reads headers, properties, scripts and embedded objects', async () => {
    const document = await read(
      filesOf('text', '<text:p>body</text:p>', {
        'styles.xml':
          '<office:document-styles><office:master-styles><style:master-page><style:header><text:p>head</text:p></style:header></style:master-page></office:master-styles></office:document-styles>',
        'meta.xml':
          '<office:document-meta><office:meta><dc:title>T</dc:title><meta:user-defined meta:name="Client">ACME</meta:user-defined></office:meta></office:document-meta>',
        'Basic/Standard/Module1.xml': '<script:module>password = "x"</script:module>',
        'Object 1/content.xml':
          '<office:document-content><office:body><office:text><text:p>object</text:p></office:text></office:body></office:document-content>',
        'Pictures/1.png': new Uint8Array(8),
        'notes.txt': 'attached\n',
      }),
    );
    assert.equal(document.problem, null);
    assert.equal(sectionText(document, 'header'), 'head\n');
    assert.equal(sectionText(document, 'metadata'), 'title: T\nClient: ACME\n');
    assert.equal(sectionText(document, 'script'), 'password = "x"\n');
    assert.equal(sectionText(document, undefined), 'body\nobject\nattached\n');
  });

  it('reads sheets with the names of their cells', async () => {
    const cell = (attributes: string, text: string): string =>
      `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
    const rows = [
      `<table:table-row>${cell('', 'Name')}<table:table-cell table:number-columns-repeated="2"/>${cell('office:value-type="float" office:value="4532015112830366"', '4.53E+15')}</table:table-row>`,
      '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
      `<table:table-row>${cell('table:number-columns-repeated="2" office:value-type="date" office:date-value="2007-05-17"', '17.05.07')}</table:table-row>`,
    ];
    const hiding =
      '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const sheets = `<table:table table:name="One">${rows.join('')}</table:table><table:table table:name="Two" table:style-name="ta1"><table:table-row>${cell('', 'concealed')}</table:table-row></table:table>`;
    const document = await read(filesOf('spreadsheet', sheets, {}, hiding));
    const [one, two] = document.parts;
    assert.deepEqual(one?.location, { sheet: 'One' });
    assert.equal(
      one?.text,
      'Name\t\t\t4.53E+15 4532015112830366\n17.05.07 2007-05-17\t17.05.07 2007-05-17\n',
    );
    assert.equal(one?.cells['D1'], '4.53E+15 4532015112830366\n');
    assert.ok(one?.cells['B1000002']);
    assert.deepEqual([two?.location.section, two?.text], ['hidden', 'concealed\n']);
    assert.equal(sectionText(document, 'metadata'), 'sheet: One\nsheet: Two\n');
  });

  it('gives comments their cells, and headers the sheets they are printed on', async () => {
    const annotated =
      '<table:table-cell/><table:table-cell><office:annotation><dc:creator>Ann</dc:creator><text:p>remark</text:p></office:annotation><text:p>x</text:p></table:table-cell>';
    const sheets = ['One', 'Two'].map(
      (name) =>
        `<table:table table:name="${name}" table:style-name="ta1"><table:table-row>${annotated}</table:table-row></table:table>`,
    );
    const header = (name: string, text: string): string =>
      `<style:master-page style:name="${name}"><style:header><text:p>${text}</text:p></style:header></style:master-page>`;
    const document = await read(
      filesOf(
        'spreadsheet',
        sheets.join(''),
        {
          'styles.xml': `<office:document-styles>${header('mp1', 'head')}${header('mp2', 'of none')}</office:document-styles>`,
        },
        '<style:style style:name="ta1" style:family="table" style:master-page-name="mp1"/>',
      ),
    );
    const headers = document.parts.filter(({ location }) => location.section === 'header');
    assert.deepEqual(
      headers.map(({ location, text }) => [location.sheet, text]),
      [
        ['One', 'head\n'],
        ['Two', 'head\n'],
        [undefined, 'of none\n'],
      ],
    );
    const comments = document.parts.filter(({ location }) => location.section === 'comment');
    assert.deepEqual(
      comments.map(({ location, cells }) => [location.sheet, cells]),
      [
        ['One', { B1: 'Ann\nremark\n' }],
        ['Two', { B1: 'Ann\nremark\n' }],
      ],
    );
  });

  it('bounds what is said to be repeated', async () => {
    const cell =
      '<table:table-cell table:number-columns-repeated="16384"><text:p>again</text:p></table:table-cell>';
    const row = `<table:table-row table:number-rows-repeated="1048576">${cell}</table:table-row>`;
    const sheet = `<table:table table:name="One">${row.repeat(20)}</table:table>`;
    const document = await read(filesOf('spreadsheet', sheet));
    assert.ok(document.text.length < 3_000_000);
  });

  it('reads slides with their notes', async () => {
    const page = (text: string): string =>
      `<draw:page><draw:frame><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame><presentation:notes><draw:text-box><text:p>note of ${text}</text:p></draw:text-box></presentation:notes></draw:page>`;
    const document = await read(filesOf('presentation', page('one') + page('two')));
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location.slide, location.section, text]),
      [
        [1, undefined, 'one\n'],
        [1, 'note', 'note of one\n'],
        [2, undefined, 'two\n'],
        [2, 'note', 'note of two\n'],
      ],
    );
  });

  it('reads a document in a single file', async () => {
    const document = await collectParts(
      Buffer.from(
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:title>T</dc:title></office:meta><office:body><office:text><text:p>flat<office:binary-data>AAAA</office:binary-data></text:p></office:text></office:body></office:document>',
      ),
    );
    assert.equal(document.mediaType, 'application/vnd.oasis.opendocument.text-flat-xml');
    assert.equal(sectionText(document, undefined), 'flat\n');
    assert.equal(sectionText(document, 'metadata'), 'title: T\n');
  });

  it('says that an encrypted document is', async () => {
    const document = await read(
      filesOf('text', '', {
        'META-INF/manifest.xml':
          '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
      }),
    );
    assert.deepEqual([document.problem, document.hasText], ['encrypted', false]);
  });

  it('never rejects, whatever is changed in it', async () => {
    const files = filesOf(
      'spreadsheet',
      '<table:table table:name="One"><table:table-row><table:table-cell office:value="1"><text:p>a<office:annotation><text:p>b</text:p></office:annotation></text:p></table:table-cell></table:table-row></table:table>',
    );
    const xml = String(files['content.xml']);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(xml.length),
        fc.nat(60),
        fc.constantFrom('', '<', '>', '"', '</text:p>', '</office:annotation>', '&x;'),
        async (at, length, insert) => {
          const changed = xml.slice(0, at) + insert + xml.slice(at + length);
          await read({ ...files, 'content.xml': changed });
        },
      ),
      { numRuns: 200 },
    );
  });
});
