import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { defaultLimits } from '../../../../src/documents/read-budget.ts';
import { collectParts } from '../../collect-parts.ts';
import { drawText } from '../../draw-text.ts';
import { writeJpeg } from '../../write-pictures.ts';
import { checkMutations } from '../check-mutations.ts';
import {
  buildEncrypted,
  buildPages,
  buildPdf,
  deflatedStream,
  firstExtra,
  font,
  pdfPage,
  pdfStream,
  showText,
} from './build-pdf.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const image = '/Type/XObject/Subtype/Image/BitsPerComponent 8/ColorSpace/DeviceGray';
const showImage = 'q 600 0 0 800 0 0 cm /I Do Q';
const withImage = `/XObject<</I ${firstExtra(1)} 0 R>>`;

describe('readPdf()', () => {
  it('reads each page as a part', async () => {
    const document = await collectParts(buildPages([showText('first'), showText('second')]));
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location, text]),
      [
        [{ page: 1 }, 'first\n'],
        [{ page: 2 }, 'second\n'],
      ],
    );
    assert.deepEqual([document.mediaType, document.problem], ['application/pdf', null]);
  });

  it('reads compressed pages after junk before the header', async () => {
    const file = buildPages([{ content: deflatedStream(showText('compressed')) }]);
    const document = await collectParts(Buffer.concat([latin('HTTP/1.1 200 OK\r\n\r\n'), file]));
    assert.deepEqual([document.text, document.problem], ['compressed\n', null]);
  });

  it('reads annotations, forms, bookmarks, properties and scripts as parts of their own', async () => {
    const widget =
      '/Type/Annot/Subtype/Widget/FT/Tx/T(Ssn)/V(130-07-5728)/TU(Social security)/Rect[0 0 9 9]';
    const file = buildPages(
      [
        {
          content: showText('body'),
          entries:
            '/Annots[<</Type/Annot/Subtype/Text/T(Jane)/Contents(a note)/Rect[0 0 9 9]>>' +
            '<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org/x)>>/Rect[0 0 9 9]>>' +
            ' 6 0 R]',
        },
      ],
      {
        catalog:
          '/AcroForm<</Fields[6 0 R]>>/Outlines 7 0 R' +
          '/Names<</JavaScript<</Names[(x)<</S/JavaScript/JS(app.alert)>>]>>>>',
        trailer: '/Info<</Title(The title)/Author(Jane Doe)/Case(4711)>>',
        extra: [
          `<<${widget}>>`,
          '<</First 8 0 R/Last 8 0 R/Count 1>>',
          '<</Title(Chapter one)/Parent 7 0 R>>',
        ],
      },
    );
    const document = await collectParts(file);
    const parts = document.parts.map(({ location, text }) => [
      location.section ?? 'body',
      text.trim().split('\n'),
    ]);
    assert.deepEqual(parts, [
      ['metadata', ['Title: The title', 'Author: Jane Doe', 'Case: 4711']],
      ['metadata', ['Chapter one']],
      ['body', ['body']],
      ['annotation', ['Jane', 'a note', 'https://example.org/x', 'Social security']],
      ['form', ['Ssn: 130-07-5728']],
      ['script', ['app.alert']],
    ]);
    assert.equal(document.problem, null);
  });

  it('reads forms of the XML Forms Architecture', async () => {
    const form =
      '<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="f">' +
      '<field name="ssn"><caption><value><text>Social security</text></value></caption></field>' +
      '<script>app.beep()</script></subform></template>';
    const data =
      '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><f>' +
      '<ssn>130-07-5728</ssn></f></xfa:data></xfa:datasets>';
    const file = buildPages([showText('Please wait')], {
      catalog: '/AcroForm<</Fields[]/XFA[(template) 6 0 R(datasets) 7 0 R]>>',
      extra: [pdfStream(form), deflatedStream(data, '/Type/EmbeddedFile')],
    });
    const document = await collectParts(file);
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location, text]),
      [
        [{ page: 1 }, 'Please wait\n'],
        [{ section: 'form' }, 'Social security\nssn: 130-07-5728\n'],
      ],
    );
    assert.equal(document.problem, null);
  });

  it('reads attached files as documents inside', async () => {
    const file = buildPages(
      [
        {
          content: showText('body'),
          entries: '/Annots[<</Type/Annot/Subtype/FileAttachment/FS 8 0 R/Rect[0 0 9 9]>>]',
        },
      ],
      {
        catalog: '/Names<</EmbeddedFiles<</Names[(key) 6 0 R]>>>>',
        extra: [
          '<</Type/Filespec/F(a.txt)/Desc(What it is)/EF<</F 7 0 R>>>>',
          pdfStream('first attached'),
          '<</Type/Filespec/F(b.txt)/EF<</F 9 0 R>>>>',
          deflatedStream('second attached'),
        ],
      },
    );
    const document = await collectParts(file);
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location.path ?? location.section, text]),
      [
        [undefined, 'body\n'],
        ['b.txt', 'second attached'],
        ['metadata', 'a.txt\nWhat it is\n'],
        ['a.txt', 'first attached'],
      ],
    );
    assert.deepEqual(document.inner, { read: 2, unread: 0, problems: {} });
  });

  const locked: [name: string, password: string, text: string, problem: string | null][] = [
    ['reads what is encrypted with no password', '', 'readable\n', null],
    ['tells what is encrypted with one', 'secret', '', 'encrypted'],
  ];
  for (const [name, password, text, problem] of locked) {
    it(name, async () => {
      const document = await collectParts(buildEncrypted('readable', password));
      assert.deepEqual([document.text, document.problem], [text, problem]);
    });
  }

  it('misses a page of images alone, whatever they are', async () => {
    const images = [
      pdfStream('no JPEG', `${image}/Width 9000/Height 9000/Filter/DCTDecode`),
      pdfStream('no fax', `${image}/Width 90/Height 90/Filter/CCITTFaxDecode`),
      deflatedStream(new Uint8Array(90_000_000), `${image}/Width 30000/Height 3000`),
      pdfStream('indirect', `${image}/Width 3 0 R/Height 3 0 R/Filter/DCTDecode`),
    ];
    for (const content of images) {
      const file = buildPages([{ content: showImage, resources: withImage }], { extra: [content] });
      const document = await collectParts(file);
      assert.deepEqual([document.hasText, document.problem], [false, 'unsupported:image']);
    }
    const inline = 'q BI /W 4 /H 4 /BPC 8 /CS /G ID 0123456789abcdef EI Q';
    assert.equal((await collectParts(buildPages([inline]))).problem, 'unsupported:image');
  });

  const jpeg = pdfStream(
    writeJpeg(drawText('PAGE 2')),
    `${image}/Width 2368/Height 960/Filter/DCTDecode`,
  );
  const scanned = { content: showImage, resources: withImage };
  it('reads JPEG images of a page without text, where pictures are read', async () => {
    const file = buildPages([scanned], { extra: [jpeg] });
    const document = await collectParts(file, defaultLimits, { ocr: true });
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location, text.trim()]),
      [[{ path: 'image 1.jpg', section: 'image' }, 'PAGE 2']],
    );
    assert.deepEqual([document.problem, document.pictures], [null, { read: 1, unread: 0 }]);
    assert.deepEqual((await collectParts(file)).pictures, { read: 0, unread: 1 });
  });

  it('misses a page of images where some are no JPEG, and reads those that are', async () => {
    const fax = pdfStream('no fax', `${image}/Width 90/Height 90/Filter/CCITTFaxDecode`);
    const file = buildPages([scanned], { extra: [jpeg, fax] });
    const document = await collectParts(file, defaultLimits, { ocr: true });
    assert.deepEqual([document.text.trim(), document.problem], ['PAGE 2', 'unsupported:image']);
    const inline = `${showImage} q BI /W 4 /H 4 /BPC 8 /CS /G ID 0123456789abcdef EI Q`;
    const mixed = buildPages([{ ...scanned, content: inline }], { extra: [jpeg] });
    const { problem } = await collectParts(mixed, defaultLimits, { ocr: true });
    assert.equal(problem, 'unsupported:image');
  });

  it('does not read the images of pages with text', async () => {
    const content = showText('caption') + showImage;
    const file = buildPages([{ ...scanned, content }], { extra: [jpeg] });
    const { text, pictures } = await collectParts(file, defaultLimits, { ocr: true });
    assert.deepEqual([text, pictures], ['caption\n', { read: 0, unread: 0 }]);
  });

  it('misses nothing of a page with an image and text, nor of an empty one', async () => {
    const extra = [pdfStream('\xff\xd8', `${image}/Width 9/Height 9/Filter/DCTDecode`)];
    const content = showText('caption') + showImage;
    const document = await collectParts(buildPages([{ content, resources: withImage }], { extra }));
    assert.deepEqual([document.text, document.problem], ['caption\n', null]);
    assert.equal((await collectParts(buildPages(['', showText(' ')]))).problem, null);
  });

  it('does not let a page pass as an image that would not be looked at', async () => {
    const hidden = latin(showText('hidden').padEnd(20_000_000));
    for (const content of [
      deflatedStream(hidden, `${image}/Width 9/Height 9`),
      pdfStream(deflateSync(hidden), `${image}/Width 9/Height 9/Filter/Fl`),
    ]) {
      assert.equal((await collectParts(buildPages([{ content }]))).problem, 'corrupt');
    }
  });

  it('reads what is left of a broken page, and the pages after it', async () => {
    const broken = `${showText('before')}${showText('lost')} ) ${showText('after')}`;
    const document = await collectParts(buildPages([broken, showText('next')]));
    assert.equal(document.problem, 'corrupt');
    assert.match(document.text, /before[\s\S]*next/);
    assert.equal(document.text.match(/before/g)?.length, 1);
  });

  it('reads what is there of a file cut short', async () => {
    const file = buildPages([showText('first'), showText('second')]);
    const cut = file.subarray(0, file.indexOf('xref'));
    const document = await collectParts(cut);
    assert.deepEqual([document.text, document.problem], ['first\n\nsecond\n', 'corrupt']);
  });

  it('tells a font that cannot be read at all', async () => {
    const broken = '<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Unknown/DescendantFonts[]>>';
    const file = buildPages([{ content: 'BT /F2 9 Tf (x) Tj ET', entries: '/Resources 7 0 R' }], {
      extra: [broken, '<</Font<</F2 6 0 R>>>>'],
    });
    assert.equal((await collectParts(file)).problem, 'unsupported:font');
  });

  it('tells a font whose characters it cannot know', async () => {
    const descendant =
      '<</Type/Font/Subtype/CIDFontType0/BaseFont/X/FontDescriptor 8 0 R' +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>';
    const file = buildPages(
      [{ content: `BT /F2 12 Tf 9 9 Td <93FA967B> Tj ET`, entries: '/Resources 9 0 R' }],
      {
        extra: [
          '<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/90ms-RKSJ-H/DescendantFonts[7 0 R]>>',
          descendant,
          '<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 9 9]>>',
          '<</Font<</F2 6 0 R>>>>',
        ],
      },
    );
    assert.equal((await collectParts(file)).problem, 'unsupported:cmap');
  });
});

describe('readPdf() under limits', () => {
  const spaces = ' '.repeat(50_000_000);
  const hex = pdfStream(
    `${deflateSync(spaces).toString('hex')}>`,
    '/Filter[/ASCIIHexDecode/FlateDecode]',
  );
  const twice = pdfStream(deflateSync(deflateSync(spaces)), '/Filter[/FlateDecode/FlateDecode]');
  const bombs: [name: string, file: Buffer, problem: string][] = [
    ['a page of much in little', buildPages([{ content: deflatedStream(spaces) }]), 'ratio'],
    ['a page of much in little in hexadecimal', buildPages([{ content: hex }]), 'ratio'],
    ['much in little in little', buildPages([{ content: twice }]), 'ratio'],
    [
      'pages in a circle',
      buildPdf([
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>',
        font,
      ]),
      'corrupt',
    ],
  ];
  for (const [name, file, problem] of bombs) {
    it(`ends ${name} as ${problem}`, async () => {
      assert.equal((await collectParts(file)).problem, problem);
    });
  }

  it('ends a form that shows itself', async () => {
    const form = pdfStream(
      '/X Do /X Do',
      '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 7 0 R',
    );
    const content = `${showText('said once')} /X Do`;
    const file = buildPages([{ content, resources: '/XObject<</X 6 0 R>>' }], {
      extra: [form, '<</XObject<</X 6 0 R>>>>'],
    });
    assert.equal((await collectParts(file)).text, 'said once\n');
  });

  it('reads so many pages as it may, and says that there are more', async () => {
    const file = buildPages(['one', 'two', 'three'].map((text) => showText(text)));
    const document = await collectParts(file, { ...defaultLimits, pages: 2 });
    assert.deepEqual([document.text, document.problem], ['one\n\ntwo\n', 'too_many']);
  });

  it('finds hundreds of pages that are in no tree', async () => {
    const pages = 700;
    const kids = Array.from({ length: pages }, (_, index) => `${index + 5} 0 R`).join(' ');
    const file = buildPdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`,
      font,
      pdfStream(showText('page')),
      ...Array.from({ length: pages }, () => pdfPage('/Contents 4 0 R')),
    ]);
    const document = await collectParts(file);
    assert.deepEqual([document.parts.length, document.problem], [pages, null]);
    assert.deepEqual(document.parts.at(-1)?.location, { page: pages });
  });

  it('never throws, however broken the file is', async () => {
    const file = buildPages(
      [{ content: deflatedStream(showText('text')), entries: '/Annots[6 0 R]' }],
      {
        trailer: '/Info<</Title(T)>>',
        extra: ['<</Type/Annot/Subtype/Text/Contents(note)/Rect[0 0 9 9]>>'],
      },
    );
    await checkMutations(file);
  });
});
