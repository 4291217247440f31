import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { buildPackage, contentTypes, type PackageFiles, relationships } from './office-package.ts';

const type = 'officedocument.presentationml';
const shape = (text: string, placeholder = ''): string =>
  `<p:sp><p:nvSpPr><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
const slide = (shapes: string, attributes = ''): string =>
  `<p:sld${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;

const files: PackageFiles = {
  '[Content_Types].xml': contentTypes({
    'ppt/presentation.xml': `${type}.presentation.main`,
    'ppt/slides/slide1.xml': `${type}.slide`,
    'ppt/slides/slide2.xml': `${type}.slide`,
    'ppt/slides/slide3.xml': `${type}.slide`,
    'ppt/notesSlides/notesSlide1.xml': `${type}.notesSlide`,
    'ppt/comments/comment1.xml': `${type}.comments`,
    'ppt/commentAuthors.xml': `${type}.commentAuthors`,
    'ppt/slideMasters/slideMaster1.xml': `${type}.slideMaster`,
    'ppt/charts/chart1.xml': 'officedocument.drawingml.chart',
    'ppt/diagrams/data1.xml': 'officedocument.drawingml.diagramData',
    'ppt/diagrams/drawing1.xml': 'officedocument.drawingml.diagramDrawing',
  }),
  '_rels/.rels': relationships(['r1', 'officeDocument', 'ppt/presentation.xml']),
  'ppt/presentation.xml':
    '<p:presentation xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>',
  'ppt/_rels/presentation.xml.rels': relationships(
    ['r1', 'slide', 'slides/slide1.xml'],
    ['r2', 'slide', 'slides/slide2.xml'],
    ['r3', 'slideMaster', 'slideMasters/slideMaster1.xml'],
    ['r4', 'commentAuthors', 'commentAuthors.xml'],
  ),
  'ppt/slides/slide1.xml': slide(shape('second'), ' show="0"'),
  'ppt/slides/slide2.xml': slide(
    `${shape('first')}<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>a</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>b</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame>`,
  ),
  'ppt/slides/_rels/slide2.xml.rels': relationships(
    ['r1', 'notesSlide', '../notesSlides/notesSlide1.xml'],
    ['r2', 'comments', '../comments/comment1.xml'],
    ['r3', 'hyperlink', '!https://link.example'],
    ['r4', 'chart', '../charts/chart1.xml'],
    ['r5', 'diagramData', '../diagrams/data1.xml'],
  ),
  'ppt/slides/slide3.xml': slide(shape('in no list')),
  'ppt/notesSlides/notesSlide1.xml': `<p:notes>${shape('a note')}</p:notes>`,
  'ppt/comments/comment1.xml': '<p:cmLst><p:cm><p:text>a comment</p:text></p:cm></p:cmLst>',
  'ppt/commentAuthors.xml': '<p:cmAuthorLst><p:cmAuthor name="Ann"/></p:cmAuthorLst>',
  'ppt/slideMasters/slideMaster1.xml': `<p:sldMaster>${shape('Click to edit', '<p:ph type="title"/>')}${shape('our footer', '<p:ph type="ftr"/>')}${shape('our motto')}</p:sldMaster>`,
  'ppt/charts/chart1.xml':
    '<c:chart><c:strRef><c:f>Sheet1!$A$1</c:f><c:strCache><c:pt><c:v>Series</c:v></c:pt></c:strCache></c:strRef></c:chart>',
  'ppt/diagrams/data1.xml':
    '<dgm:pt><dgm:t><a:p><a:r><a:t>President</a:t></a:r></a:p></dgm:t></dgm:pt>',
  'ppt/diagrams/drawing1.xml': '<a:p><a:r><a:t>President</a:t></a:r></a:p>',
};

const read = (content: PackageFiles): Promise<CollectedDocument> =>
  collectParts(buildPackage(content));

describe('readOoxml() of a presentation', () => {
  it('reads slides in their order, each with what belongs to it', async () => {
    const document = await read(files);
    assert.equal(document.problem, null);
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location.slide, location.section, text]),
      [
        [1, undefined, 'first\na\tb\t\n'],
        [1, 'hidden', 'https://link.example\n'],
        [1, 'note', 'a note\n'],
        [1, 'comment', 'a comment\n'],
        [1, undefined, 'Series\n'],
        [1, undefined, 'President\n'],
        [2, 'hidden', 'second\n'],
        [undefined, 'comment', 'Ann\n'],
        [undefined, undefined, 'in no list\n'],
        [undefined, undefined, 'our footer\nour motto\n'],
      ],
    );
  });

  it('never rejects, whatever is changed in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(files)),
        fc.nat(400),
        fc.nat(20),
        fc.constantFrom('', '<', '>', '"', '../..', '&x;', '</a:p>'),
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
