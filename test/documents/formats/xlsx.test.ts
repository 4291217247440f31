import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CollectedDocument, type CollectedPart, collectParts } from '../collect-parts.ts';
import { buildPackage, contentTypes, type PackageFiles, relationships } from './office-package.ts';

const sheetType = 'officedocument.spreadsheetml';

function workbookOf(rows: string, more: PackageFiles = {}): PackageFiles {
  return {
    '[Content_Types].xml': contentTypes({
      'xl/workbook.xml': `${sheetType}.sheet.main`,
      'xl/worksheets/sheet1.xml': `${sheetType}.worksheet`,
      'xl/worksheets/sheet2.xml': `${sheetType}.worksheet`,
      'xl/sharedStrings.xml': `${sheetType}.sharedStrings`,
      'xl/styles.xml': `${sheetType}.styles`,
      'xl/comments1.xml': `${sheetType}.comments`,
      'xl/drawings/drawing1.xml': 'officedocument.drawing',
    }),
    '_rels/.rels': relationships(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="People" sheetId="1" r:id="r1"/><sheet name="Old" sheetId="2" state="veryHidden" r:id="r2"/></sheets><definedNames><definedName name="Rate">"s3cret"</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r2', 'worksheet', '/xl/worksheets/sheet2.xml'],
      ['r3', 'sharedStrings', 'sharedStrings.xml'],
      ['r4', 'styles', 'styles.xml'],
    ),
    'xl/sharedStrings.xml':
      '<sst><si><t>Name</t></si><si><r><t>An</t></r><r><t>na</t></r><rPh><t>read</t></rPh></si><si><t>left over</t></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000\\-00\\-0000"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    'xl/worksheets/sheet2.xml':
      '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>concealed</t></is></c></row></sheetData></worksheet>',
    ...more,
  };
}

const read = (files: PackageFiles): Promise<CollectedDocument> => collectParts(buildPackage(files));
const sheet = ({ parts }: CollectedDocument): CollectedPart | undefined =>
  parts.find(({ location }) => location.sheet === 'People' && location.section === undefined);

function sectionText({ parts }: CollectedDocument, section: string): string {
  const matching = parts.filter(({ location }) => location.section === section);
  return matching.map(({ text }) => text).join('');
}

describe('readOoxml() of a workbook', () => {
  const cells: [name: string, cell: string, shown: string][] = [
    ['a shared string', '<c r="A1" t="s"><v>0</v></c>', 'Name'],
    [
      'a shared string of runs, and how it is read out',
      '<c r="A1" t="s"><v>1</v></c>',
      'Anna read',
    ],
    ['a string of its own', '<c r="A1" t="inlineStr"><is><t>one</t></is></c>', 'one'],
    ['a formula by its result', '<c r="A1" t="str"><f>A2&amp;A3</f><v>joined</v></c>', 'joined'],
    ['a truth', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['a date', '<c r="A1" s="1"><v>39219</v></c>', '2007-05-17'],
    ['a number as its format shows it', '<c r="A1" s="2"><v>130075728</v></c>', '130-07-5728'],
    [
      'a long number by its digits',
      '<c r="A1"><v>4.5320151128303660E+15</v></c>',
      '4532015112830366',
    ],
    ['a fraction without what rounding left', '<c r="A1"><v>4.4000000000000004</v></c>', '4.4'],
    ['lines of a cell as one', '<c r="A1" t="inlineStr"><is><t>a\nb</t></is></c>', 'a b'],
    ['nothing for a string that is not there', '<c r="A1" t="s"><v>99</v></c>', ''],
  ];
  for (const [name, cell, shown] of cells) {
    it(`reads ${name}`, async () => {
      const document = await read(workbookOf(`<row r="1">${cell}</row>`));
      assert.equal(document.problem, null);
      assert.equal((sheet(document)?.cells['A1'] ?? '').trim(), shown);
    });
  }

  it('writes rows as lines under their columns, and names their cells', async () => {
    const document = await read(
      workbookOf(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>',
      ),
    );
    assert.equal(sheet(document)?.text, 'Name\t\t1\n\t2\n3\t4\n');
    assert.deepEqual(Object.keys(sheet(document)?.cells ?? {}), ['A1', 'C1', 'B9', 'A10', 'B10']);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const files = workbookOf('<row><c r="A1" s="1"><v>37757</v></c></row>');
    const workbook = String(files['xl/workbook.xml']);
    const document = await read({
      ...files,
      'xl/workbook.xml': workbook.replace('<sheets>', '<workbookPr date1904="1"/><sheets>'),
    });
    assert.equal(sheet(document)?.text, '2007-05-17\n');
  });

  it('reads what is beside the cells', async () => {
    const document = await read(
      workbookOf('', {
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row><c r="A1" t="str"><f>CONNECT("pwd=x")</f><v>ok</v></c></row></sheetData><dataValidations><dataValidation prompt="enter"><formula1>"red,blue"</formula1></dataValidation></dataValidations><headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Left&amp;CMiddle &amp;P</oddHeader></headerFooter></worksheet>',
        'xl/worksheets/_rels/sheet1.xml.rels': relationships(
          ['r1', 'comments', '../comments1.xml'],
          ['r2', 'drawing', '../drawings/drawing1.xml'],
        ),
        'xl/comments1.xml':
          '<comments><authors><author>Ann</author></authors><commentList><comment ref="B7"><text><r><t>remark</t></r></text></comment></commentList></comments>',
        'xl/drawings/drawing1.xml':
          '<xdr:wsDr><xdr:from><xdr:col>3</xdr:col></xdr:from><xdr:sp><a:p><a:r><a:t>in a shape</a:t></a:r></a:p></xdr:sp></xdr:wsDr>',
      }),
    );
    assert.equal(document.problem, null);
    assert.equal(sectionText(document, 'header'), 'Left\nMiddle\n');
    assert.equal(sectionText(document, 'form'), 'enter\n"red,blue"\n');
    assert.match(sectionText(document, 'hidden'), /CONNECT\("pwd=x"\)/);
    assert.match(sectionText(document, 'metadata'), /sheet: People\nsheet: Old\nRate: "s3cret"\n/);
    const comments = document.parts.find(({ location }) => location.section === 'comment');
    assert.equal(comments?.cells['B7'], 'remark\n');
    const shape = document.parts.find(({ text }) => text === 'in a shape\n');
    assert.deepEqual(shape?.location, { sheet: 'People' });
  });

  it('reads hidden sheets and strings that no cell shows', async () => {
    const document = await read(workbookOf(''));
    const hidden = document.parts.filter(({ location }) => location.section === 'hidden');
    assert.deepEqual(
      hidden.map(({ location, text }) => [location.sheet, text]),
      [
        ['Old', 'concealed\n'],
        [undefined, 'Name\nAnna read\nleft over\n'],
      ],
    );
  });

  it('does not write a cell far out as far as that', async () => {
    const far = '<row><c r="XFD1"><v>1</v></c></row>'.repeat(1_000);
    const document = await read(workbookOf(far));
    assert.ok((sheet(document)?.text.length ?? 0) < 300_000);
  });

  it('never rejects, whatever is changed in it', async () => {
    const files = workbookOf('<row r="1"><c r="A1" t="s" s="2"><v>1</v></c></row>');
    const names = Object.keys(files);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(400),
        fc.nat(20),
        fc.constantFrom('', '<', '>', '"', '9e9', '-1', '&x;', '</c>'),
        async (name, at, length, insert) => {
          const xml = String(files[name]);
          const changed = xml.slice(0, at) + insert + xml.slice(at + length);
          await read({ ...files, [name]: changed });
        },
      ),
      { numRuns: 200 },
    );
  });
});
