import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { buildPackage, type PackageFiles, relationships } from './office-package.ts';

/** A record of [MS-XLSB] 2.1.4: its type and size in bytes of seven bits, then its fields. */
function record(type: number, ...fields: readonly Buffer[]): Buffer {
  const data = Buffer.concat(fields);
  const sevens = (number: number): number[] =>
    number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...sevens(number >> 7)];
  return Buffer.concat([Buffer.from([...sevens(type), ...sevens(data.length)]), data]);
}

function u32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [n, number] of numbers.entries()) bytes.writeUInt32LE(number >>> 0, 4 * n);
  return bytes;
}

function u16(number: number): Buffer {
  return u32(number).subarray(0, 2);
}

function f64(number: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(number);
  return bytes;
}

const text = (value: string): Buffer =>
  Buffer.concat([u32(value.length), Buffer.from(value, 'utf16le')]);
const rich = (value: string): Buffer => Buffer.concat([Buffer.from([0]), text(value)]);
const none = u32(0xffffffff);

const excel = 'application/vnd.ms-excel';
const files: PackageFiles = {
  '[Content_Types].xml': `<Types><Default Extension="bin" ContentType="${excel}.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="${excel}.worksheet"/><Override PartName="/xl/worksheets/sheet2.bin" ContentType="${excel}.worksheet"/><Override PartName="/xl/comments1.bin" ContentType="${excel}.comments"/></Types>`,
  '_rels/.rels': relationships(['r1', 'officeDocument', 'xl/workbook.bin']),
  'xl/workbook.bin': Buffer.concat([
    record(153, u32(0)),
    record(156, u32(0, 1), text('r1'), text('People')),
    record(156, u32(1, 2), text('r2'), text('Old')),
  ]),
  'xl/_rels/workbook.bin.rels': relationships(
    ['r1', 'worksheet', 'worksheets/sheet1.bin'],
    ['r2', 'worksheet', 'worksheets/sheet2.bin'],
    ['r3', 'sharedStrings', 'sharedStrings.bin'],
    ['r4', 'styles', 'styles.bin'],
  ),
  'xl/sharedStrings.bin': record(19, rich('Name')),
  'xl/styles.bin': Buffer.concat([
    record(44, u16(164), text('000-00-0000')),
    record(47, u16(0), u16(9)),
    record(617, u32(3)),
    ...[0, 14, 164].map((format) => record(47, u16(0), u16(format))),
    record(618),
  ]),
  'xl/worksheets/sheet1.bin': Buffer.concat([
    record(0, u32(0)),
    record(7, u32(0, 0, 0)),
    record(6, u32(2, 0), text('Value')),
    record(0, u32(6)),
    record(2, u32(0, 2, (130_075_728 << 2) | 2)),
    record(5, u32(1, 1), f64(39_219)),
    record(16, u32(0), f64(4_532_015_112_830_366)),
    record(8, u32(3, 0), text('result'), u32(0)),
    record(4, u32(4, 0), Buffer.from([1])),
    record(3, u32(5, 0), Buffer.from([42])),
    record(62, u32(6, 0), rich('runs')),
    record(2, u32(7, 0, (1_250 << 2) | 3)),
    record(479, u16(0), text('&LLeft'), none, none, none, none, none),
  ]),
  'xl/worksheets/_rels/sheet1.bin.rels': relationships(['r1', 'comments', '../comments1.bin']),
  'xl/worksheets/sheet2.bin': Buffer.concat([
    record(0, u32(0)),
    record(6, u32(0, 0), text('concealed')),
  ]),
  'xl/comments1.bin': Buffer.concat([
    record(632, text('Ann')),
    record(635, u32(0, 6, 6, 1, 1), Buffer.alloc(16)),
    record(637, rich('remark')),
  ]),
};

const read = (content: PackageFiles): Promise<CollectedDocument> =>
  collectParts(buildPackage(content));

describe('readOoxml() of a binary workbook', () => {
  it('reads sheets, what is beside them, and comments', async () => {
    const document = await read(files);
    assert.equal(document.problem, null);
    assert.deepEqual(
      document.parts.map(({ location, text: written }) => [
        location.sheet,
        location.section,
        written,
      ]),
      [
        [
          'People',
          undefined,
          'Name\t\tValue\n130-07-5728\t2007-05-17\t4532015112830366\tresult\tTRUE\t#N/A\truns\t12.5\n',
        ],
        ['People', 'header', 'Left\n'],
        ['People', 'comment', 'Ann\nremark\n'],
        ['Old', 'hidden', 'concealed\n'],
        [undefined, 'metadata', 'sheet: People\nsheet: Old\n'],
      ],
    );
    assert.equal(document.parts[0]?.cells['C7'], '4532015112830366\t');
    assert.equal(document.parts[2]?.cells['B7'], 'remark\n');
  });

  it('says so when a part is cut off', async () => {
    const sheet = Buffer.from(files['xl/worksheets/sheet1.bin'] ?? '').subarray(0, 40);
    const document = await read({ ...files, 'xl/worksheets/sheet1.bin': sheet });
    assert.equal(document.problem, 'corrupt');
  });

  it('never rejects, whatever is changed in it', async () => {
    const names = Object.keys(files).filter((name) => name.endsWith('.bin'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(400),
        fc.uint8Array({ maxLength: 6 }),
        async (name, at, insert) => {
          const bytes = Buffer.from(files[name] ?? '');
          const changed = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + 3)]);
          await read({ ...files, [name]: changed });
        },
      ),
      { numRuns: 200 },
    );
  });
});
