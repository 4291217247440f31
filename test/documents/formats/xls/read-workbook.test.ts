import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Problem } from '../../../../src/documents/reader.ts';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { buildPackagedFile, bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile } from '../ole/build-compound-file.ts';
import {
  bof,
  buildWorkbookStream,
  cell,
  cellFormats,
  eof,
  flagged,
  longString,
  number,
  record,
  shared,
  sharedStrings,
  shortString,
} from './build-workbook.ts';

const { u8, u16, u32, f64, latin1, utf16, join } = bytes;

/** A box with text over a sheet: a comment's, or any other. */
const textBox = (id: number, text: string, type = 0x19): Buffer =>
  join(
    record(0x5d, u16(0x15, 0x12, type, id), Buffer.alloc(14)),
    record(0x1b6, Buffer.alloc(10), u16(text.length, 16), u32(0)),
    record(0x3c, flagged(text)),
    record(0x3c, Buffer.alloc(16)),
  );
const note = (row: number, column: number, id: number, author: string): Buffer =>
  record(0x1c, u16(row, column, 0, id), longString(author), u8(0));
const link = (row: number, column: number, url: string): Buffer =>
  record(
    0x1b8,
    u16(row, row, column, column),
    Buffer.alloc(16),
    u32(2, 3, 0x79eac9e0),
    Buffer.alloc(12),
    u32(url.length * 2 + 2),
    utf16(`${url}\0`),
  );

const sheet = [
  record(0x14, longString('&LLeft&C&"Arial,Bold"&12Secret && more&RPage &P')),
  record(0x15, longString('Foot')),
  shared(0, 0, 0),
  shared(0, 1, 1),
  number(1, 0, 4111111111111111),
  record(
    0xbd,
    u16(1, 1, 0),
    u32(((5 << 2) | 2) >>> 0),
    u16(0),
    u32(((1234 << 2) | 3) >>> 0),
    u16(2),
  ),
  number(2, 0, 39448, 1),
  number(2, 1, 39448.5, 2),
  number(2, 2, 123456789, 3),
  number(2, 3, 0.25, 4),
  record(0x06, cell(3, 0), u8(0, 0, 0, 0, 0, 0, 255, 255), Buffer.alloc(8)),
  record(0x207, longString('made')),
  record(0x06, cell(3, 1), f64(1.5), Buffer.alloc(8)),
  record(0x06, cell(3, 2), u8(1, 0, 1, 0, 0, 0, 255, 255), Buffer.alloc(8)),
  record(0x205, cell(3, 3), u8(0x2a, 1)),
  record(0x204, cell(4, 27), longString('label')),
  link(4, 27, 'mailto:jane@example.com'),
  textBox(1, 'Look at this'),
  textBox(2, 'In a box', 6),
  note(1, 0, 1, 'Jane'),
  bof(0x20),
  record(0x100d, u16(0), shortString('Title of a chart')),
  number(0, 0, 77),
  eof,
];

const globals = [
  record(0x5c, longString('jroe')),
  record(0x41e, u16(200), longString('000\\-00\\-0000')),
  record(0x41e, u16(201), longString('[$-409]d/m/yyyy\\ h:mm')),
  ...cellFormats(0, 14, 201, 200, 9),
  sharedStrings('name', '\u540d\u524d', 'hidden'),
];

const stream = buildWorkbookStream(globals, [
  { name: 'Staff', records: sheet },
  { name: 'Old', isHidden: true, records: [shared(0, 0, 2)] },
]);
const whole = buildCompoundFile({
  WORKBOOK: stream,
  MBD0001: { '\x01Ole10Native': buildPackagedFile('a.txt', Buffer.from('inside')) },
});

async function readCell(cellRecord: Buffer, ...globals: Buffer[]): Promise<string | undefined> {
  const workbook = buildWorkbookStream(globals, [{ name: 'S', records: [cellRecord] }]);
  const { parts } = await collectParts(buildCompoundFile({ Workbook: workbook }));
  return parts[0]?.cells['A1'];
}

describe('readWorkbook()', () => {
  it('reads a part a sheet, what lies over it, and objects', async () => {
    const { parts, problem } = await collectParts(whole);
    assert.deepEqual(
      parts.map(({ location, text }) => [location, text]),
      [
        [
          { sheet: 'Staff' },
          'Staff\nname\t\u540d\u524d\n4111111111111111\t5\t12.34\n' +
            '2008-01-01\t2008-01-01 12:00\t123-45-6789\t25%\nmade\t1.5\tTRUE\t#N/A\nlabel\n',
        ],
        [{ sheet: 'Staff' }, 'In a box\nTitle of a chart\nmailto:jane@example.com\n'],
        [{ sheet: 'Staff', section: 'comment' }, 'Jane: Look at this\n'],
        [{ sheet: 'Staff', section: 'header' }, 'Left\nSecret & more\nPage\n'],
        [{ sheet: 'Staff', section: 'footer' }, 'Foot\n'],
        [{ sheet: 'Old', section: 'hidden' }, 'Old\nhidden\n'],
        [{ section: 'metadata' }, 'Last user: jroe\n'],
        [{ section: 'metadata' }, 'a.txt\n'],
        [{ path: 'a.txt' }, 'inside'],
      ],
    );
    assert.equal(problem, null);
  });

  it('names the cells', async () => {
    const { parts } = await collectParts(whole);
    assert.equal(parts[0]?.cells['B1'], '\u540d\u524d\n');
    assert.equal(parts[0]?.cells['AB5'], 'label\n');
    assert.equal(parts[1]?.cells['AB5'], 'mailto:jane@example.com\n');
    assert.equal(parts[2]?.cells['A2'], 'Jane: Look at this\n');
  });

  it('reads strings that go on in the next record, and change their width there', async () => {
    const strings = join(
      record(0xfc, u32(3, 3), u16(4), u8(0), latin1('ab')),
      record(0x3c, u8(1), utf16('\u540d\u524d'), u16(2), u8(9), u16(1), utf16('\u03b1')),
      record(0x3c, u8(0), latin1('z'), u32(0), longString('end')),
    );
    const records = [shared(0, 0, 0), shared(0, 1, 1), shared(0, 2, 2)];
    const workbook = buildWorkbookStream([strings], [{ name: 'S', records }]);
    const { text, problem } = await collectParts(buildCompoundFile({ Workbook: workbook }));
    assert.equal(text, 'S\nab\u540d\u524d\t\u03b1z\tend\n');
    assert.equal(problem, null);
  });

  it('reads how a text is pronounced, and passes over its formatting', async () => {
    const phonetic = join(u16(1, 16), u32(0), u16(1, 2, 2), utf16('\u30cb\u30db'), u16(0, 0, 0));
    const rich = join(
      u16(1),
      u8(0x0c),
      u16(1),
      u32(phonetic.length),
      latin1('a'),
      u32(9),
      phonetic,
    );
    const strings = record(0xfc, u32(2, 2), rich, longString('next'));
    const records = [shared(0, 0, 0), shared(0, 1, 1)];
    const workbook = buildWorkbookStream([strings], [{ name: 'S', records }]);
    const { text, problem } = await collectParts(buildCompoundFile({ Workbook: workbook }));
    assert.equal(text, 'S\na \u30cb\u30db\tnext\n');
    assert.equal(problem, null);
  });

  const numbers: [value: number, format: string, shown: string][] = [
    [2 ** 70, 'General', '1180591620717411303424'],
    [0.1 + 0.2, 'General', '0.3'],
    [0.1 + 0.2, '0.00', '0.30'],
    [4111111111111111, '0', '4111111111111111'],
    [-1599.99, '#,##0.00', '-1,599.99'],
    [1, 'dd.mm.yy', '1900-01-01'],
    [61, 'yyyy-mm-dd', '1900-03-01'],
    [0.75, 'hh:mm AM/PM', '18:00'],
    [1234, '00000', '01234'],
    [5551234567, '(000) 000-0000', '(555) 123-4567'],
    [-1, 'dd.mm.yy', '-1'],
  ];
  for (const [value, format, shown] of numbers) {
    it(`shows ${value} as ${format} as ${shown}`, async () => {
      const formats = [record(0x41e, u16(200), longString(format)), ...cellFormats(200)];
      assert.equal(await readCell(number(0, 0, value), ...formats), `${shown}\n`);
    });
  }

  it('counts days from 1904 where the workbook does', async () => {
    const globals = [record(0x22, u16(1)), ...cellFormats(14)];
    assert.equal(await readCell(number(0, 0, 366), ...globals), '1905-01-01\n');
  });

  it('reads Excel 95 in its code page', async () => {
    const name = join(u8(4), latin1('\xcb\xe8\xf1\xf2'));
    const globals = join(bof(5, 0x500), record(0x42, u16(1251)));
    const start = globals.length + 15 + eof.length;
    const book = join(
      globals,
      record(0x85, u32(start), u8(0, 0), name),
      eof,
      bof(0x10, 0x500),
      record(0x204, cell(0, 0), u16(2), latin1('\xcf\xe0')),
      record(0x1c, u16(0, 0, 3), latin1('abc')),
      eof,
    );
    const { parts, problem } = await collectParts(buildCompoundFile({ Book: book }));
    assert.deepEqual(parts[0]?.location, { sheet: '\u041b\u0438\u0441\u0442' });
    assert.equal(parts[0]?.cells['A1'], '\u041f\u0430\n');
    assert.equal(parts[1]?.text, 'abc\n');
    assert.equal(problem, null);
  });

  it('reads Excel 4, whose file is the sheet', async () => {
    const workbook = join(
      record(0x409, u16(0, 0x10, 0)),
      record(0x204, cell(0, 0), u16(3), latin1('old')),
      record(0x7e, cell(0, 1), u32((8 << 2) | 2)),
      eof,
    );
    const { text, mediaType } = await collectParts(Buffer.concat([workbook, Buffer.alloc(9)]));
    assert.equal(mediaType, 'application/vnd.ms-excel');
    assert.equal(text, 'Sheet1\nold\t8\n');
  });

  const broken: [name: string, stream: Buffer, problem: Problem][] = [
    ['an encrypted workbook', join(bof(5), record(0x2f, u16(0, 1, 2)), eof), 'encrypted'],
    ['a cut one', stream.subarray(0, stream.length - 300), 'corrupt'],
    ['an empty one', Buffer.alloc(0), 'corrupt'],
    ['one of BOF records alone', join(...Array.from({ length: 999 }, () => bof(0x10))), 'corrupt'],
    [
      'one long text in many cells',
      buildWorkbookStream(
        [sharedStrings('x'.repeat(8_000))],
        [{ name: 'S', records: Array.from({ length: 4_000 }, (_, row) => shared(row, 0, 0)) }],
      ),
      'ratio',
    ],
  ];
  for (const [name, stream, problem] of broken) {
    it(`tells ${name} as ${problem}`, async () => {
      assert.equal((await collectParts(buildCompoundFile({ Workbook: stream }))).problem, problem);
    });
  }

  it('ends on any bytes, and never throws', () => checkMutations(whole));
});
