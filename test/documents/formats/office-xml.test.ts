import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';

const base64 = Buffer.from('inner text').toString('base64');
const word = `<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:aml="a">
<o:DocumentProperties><o:Author>Jane</o:Author></o:DocumentProperties><w:body>
<w:p><w:r><w:t>at war with </w:t></w:r><aml:annotation><w:delText>Oceania</w:delText></aml:annotation>
<w:t>Eurasia &amp; x</w:t><w:footnote><w:p><w:t>note</w:t></w:p></w:footnote></w:p>
<w:tbl><w:tr><w:tc><w:p><w:t>a</w:t></w:p></w:tc><w:tc><w:p><w:t>b</w:t></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:t>c</w:t></w:p></w:tc></w:tr></w:tbl>
<w:hlink w:dest="https://x.test/"><w:binData w:name="wordml://1.txt">${base64}</w:binData></w:hlink>
<w:sectPr><w:hdr><w:p><w:t>head</w:t></w:p></w:hdr><w:ftr><w:p><w:t>foot</w:t></w:p></w:ftr></w:sectPr>
<w:p><w:t>end</w:t></w:p></w:body></w:wordDocument>`;

const sheet = `<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<DocumentProperties><Title>T</Title></DocumentProperties><Worksheet ss:Name="Pay"><Table>
<Row><Cell><Data ss:Type="String">name</Data></Cell><Cell ss:Index="28"><Data>ssn</Data></Cell></Row>
<Row ss:Index="5"><Cell ss:HRef="https://x.test"><Data>Jane</Data><Comment><Data>hi</Data></Comment></Cell></Row>
</Table><x:Header x:Data="&amp;Cconfidential"/></Worksheet></Workbook>`;

const sections = ({ parts }: CollectedDocument): [string | undefined, string][] =>
  parts.map(({ location, text }) => [location.path ?? location.section ?? location.sheet, text]);

describe('readOfficeXml', () => {
  it('reads Word 2003 XML: text where it is, the rest in parts of its own', async () => {
    const document = await collectParts(Buffer.from(word));
    assert.equal(document.mediaType, 'application/vnd.ms-wordml');
    assert.deepEqual(sections(document), [
      [undefined, 'at war with OceaniaEurasia & x\nnote\na\tb\n\tc\n'],
      ['header', 'head\n'],
      ['footer', 'foot\n'],
      [undefined, 'end\n'],
      ['metadata', 'Author: Jane\n'],
      ['annotation', 'dest: https://x.test/\n'],
      ['1.txt', 'inner text'],
    ]);
    assert.equal(document.problem, null);
  });

  it('reads XML Spreadsheet 2003: sheets, cells and their comments', async () => {
    const document = await collectParts(Buffer.from(sheet));
    assert.equal(document.mediaType, 'application/vnd.ms-spreadsheetml');
    assert.deepEqual(sections(document), [
      ['Pay', 'name\tssn\nJane hi\n'],
      ['metadata', 'Title: T\n'],
      ['annotation', 'Pay link: https://x.test\nPay header: &Cconfidential\n'],
    ]);
    assert.deepEqual(Object.keys(document.parts[0]?.cells ?? {}), ['A1', 'AB1', 'A5']);
  });

  it('knows no entities but those of XML', async () => {
    const document = await collectParts(Buffer.from(word.replace('end<', '&c;<')));
    assert.equal(document.problem, 'corrupt');
  });

  it('calls what is not well-formed corrupt, and reads it as far as it goes', async () => {
    const document = await collectParts(Buffer.from(word.slice(0, word.indexOf('<w:tbl>'))));
    assert.match(document.text, /Eurasia/);
    assert.equal(document.problem, 'corrupt');
  });

  it('stops at elements that are too deep', { timeout: 5_000 }, async () => {
    const document = await collectParts(
      Buffer.from(word.replace('<w:body>', '<a>'.repeat(500_000))),
    );
    assert.equal(document.problem, 'too_deep');
  });

  it('never throws, whatever is broken', async () => {
    for (const fixture of [word, sheet]) await checkMutations(Buffer.from(fixture));
  });
});
