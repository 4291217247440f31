import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Problem } from '../../../../src/documents/reader.ts';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { buildPackagedFile, buildPropertySet, bytes } from '../ole/build-bytes.ts';
import { buildOldWordDocument, buildWordDocument } from './build-word-document.ts';

const field = (instruction: string, result?: string): string =>
  result === undefined ? `\x13${instruction}\x15` : `\x13${instruction}\x14${result}\x15`;

const { u8, u16, u32, utf16, join } = bytes;

const inList = (list: number, level: number): Buffer =>
  join(u16(0x460b, list), u16(0x260a), u8(level));
const rowEnd = join(u16(0x2416), u8(1), u16(0x2417), u8(1));
/** A level of a list: its number's format, and a text in which code units are levels. */
const level = (start: number, format: number, text: string): Buffer =>
  join(u32(start), u8(format, 0), Buffer.alloc(22), u16(text.length), utf16(text));
const nineLevels = (...levels: Buffer[]): Buffer =>
  join(...levels, ...Array.from({ length: 9 - levels.length }, () => level(1, 255, '')));
const definition = (id: number, isSimple: boolean): Buffer =>
  join(u32(id, 0), Buffer.alloc(18), u8(isSimple ? 1 : 0, 0));
const list = (id: number, overrides = 0): Buffer =>
  join(u32(id), Buffer.alloc(8), u8(overrides), Buffer.alloc(3));
/** A style of paragraphs in a list. */
const style = (base: number, modifiers: Buffer): Buffer => {
  const properties = join(u16(1), modifiers);
  const body = join(
    u16(0, (base << 4) | 1, 0, 0, 0),
    u16(1),
    utf16('S\0'),
    u16(properties.length),
    properties,
  );
  return join(u16(body.length), body);
};

const numbered = buildWordDocument({
  styles: join(u16(18, 2, 10), Buffer.alloc(14), u16(0), style(0xfff, inList(1, 0))),
  listDefinitions: {
    table: join(u16(2), definition(7, false), definition(8, true)),
    levels: join(
      nineLevels(level(1, 0, '\0.'), level(1, 4, '\0.\u0001)'), level(1, 1, '\u0002')),
      level(5, 23, '\uf0b7'),
    ),
  },
  lists: join(u32(3), list(7), list(8), list(7, 1), u32(0, 0), u32(0), join(u32(9), u32(0x10))),
  paragraphs: [
    { text: 'By style\r', style: 1 },
    { text: 'First\r', modifiers: inList(1, 1) },
    { text: 'Second\r', modifiers: inList(1, 1) },
    { text: 'Up\r', modifiers: inList(1, 0) },
    { text: 'Down\r', modifiers: inList(1, 1) },
    { text: 'Bullet\r', modifiers: inList(2, 0) },
    { text: 'Elsewhere\r', modifiers: inList(3, 0) },
    { text: 'No list\r' },
    { text: 'a\x07' },
    { text: '\x07' },
    { text: '\x07', modifiers: rowEnd },
    { text: 'b\x07' },
    { text: '\x07', modifiers: rowEnd },
  ],
});

const whole = buildWordDocument({
  body: 'Card 4111 1111 1111 1111 caf\u00e9\rname\x07iban\x07\x07Jos\u00e9\x07\x07\x07\u6771\u4eac\r',
  splitAt: 40,
  footnotes: '\x02 A footnote\r',
  headers: [
    '\x03\r',
    '',
    '',
    '',
    '',
    '',
    'Even\r',
    'Odd\r',
    'Even foot\r',
    'Foot\r',
    'First\r',
    '',
  ],
  comments: '\x05A comment\r',
  endnotes: '\x02 An endnote\r',
  textBoxes: 'In a box\r',
  author: 'Jane Roe',
  more: {
    '\x05SummaryInformation': buildPropertySet('summary', { 2: 'Plan', 4: '\u0141ukasz' }),
    ObjectPool: {
      _1: { '\x01Ole10Native': buildPackagedFile('C:\\tmp\\note.txt', Buffer.from('inside')) },
      _2: { WordDocument: Buffer.alloc(0) },
    },
  },
});

describe('readWordDocument()', () => {
  it('reads each story as a part, properties before and objects after them', async () => {
    const { parts, problem, inner } = await collectParts(whole);
    assert.deepEqual(
      parts.map(({ location, text }) => [location, text]),
      [
        [{ section: 'metadata' }, 'Title: Plan\nAuthor: \u0141ukasz\n'],
        [{}, 'Card 4111 1111 1111 1111 caf\u00e9\nname\tiban\t\nJos\u00e9\t\n\t\u6771\u4eac\n'],
        [{ section: 'footnote' }, ' A footnote\n'],
        [{ section: 'header' }, 'Even\n'],
        [{ section: 'header' }, 'Odd\n'],
        [{ section: 'footer' }, 'Even foot\n'],
        [{ section: 'footer' }, 'Foot\n'],
        [{ section: 'header' }, 'First\n'],
        [{ section: 'comment' }, 'A comment\n'],
        [{ section: 'footnote' }, ' An endnote\n'],
        [{}, 'In a box\n'],
        [{ section: 'metadata' }, 'Comment author: Jane Roe\n'],
        [{ section: 'metadata' }, 'note.txt\nC:\\tmp\\note.txt\n'],
        [{ path: 'note.txt' }, 'inside'],
      ],
    );
    assert.equal(problem, null);
    assert.deepEqual(inner, { read: 1, unread: 1, problems: { corrupt: 1 } });
  });

  const texts: [name: string, body: string, text: string][] = [
    ['the result of a field', `Page ${field('PAGE', '7')} of it\r`, 'Page 7 of it\n'],
    [
      'the target of a link after its paragraph',
      `See ${field('HYPERLINK "mailto:jane@example.com" \\t "_blank"', 'Jane')} here\rNext\r`,
      'See Jane here\nmailto:jane@example.com\nNext\n',
    ],
    ['an equation', `${field('EQ \\s\\up 10(a)')}b\r`, 'EQ \\s\\up 10(a)b\n'],
    ['an entry of an index', `a${field(' XE "Roe, Jane" ')}b\r`, 'ab\nXE "Roe, Jane"\n'],
    [
      'a field in a field',
      `${field(`IF ${field('PAGE', '1')} = 1 "x"`, `y${field('SEQ a', '2')}`)}\r`,
      'y2\nIF PAGE1 = 1 "x"\n',
    ],
    ['what follows a field that never ends', 'a\x13b c\rd\r', 'ab c\nd\n'],
    ['marks of fields that never began', 'a\x14b\x15c\r', 'abc\n'],
    ['hyphens and breaks', 'a\x1eb\x1fc\x0bd\x0ce\r', 'a-bc\nd\ne\n'],
  ];
  for (const [name, body, text] of texts) {
    it(`shows ${name}`, async () => {
      const { parts } = await collectParts(buildWordDocument({ body }));
      assert.equal(parts[0]?.text, text);
    });
  }

  it('shows labels of lists, and rows of tables', async () => {
    const { parts, problem } = await collectParts(numbered);
    assert.equal(
      parts[0]?.text,
      '1. By style\n1.a) First\n1.b) Second\n2. Up\n2.a) Down\n\u00b7 Bullet\n9. Elsewhere\n' +
        'No list\na\t\t\nb\t\n',
    );
    assert.equal(problem, null);
  });

  it('sets text aside that was deleted or is hidden', async () => {
    const document = buildWordDocument({
      body: 'Pay 12 \x13XE x\x1534 euros\rto\rme',
      runs: [
        { length: 4 },
        { length: 2, modifiers: join(u16(0x0800), u8(1)) },
        { length: 1 },
        { length: 6, modifiers: join(u16(0x083c), u8(1)) },
        { length: 2 },
        { length: 4, modifiers: join(u16(0x083c), u8(1)) },
        { length: 3, modifiers: join(u16(0x0800), u8(1)) },
        { length: 5, modifiers: join(u16(0x0800), u8(0)) },
      ],
    });
    const { parts } = await collectParts(document);
    assert.deepEqual(
      parts.map(({ location, text }) => [location, text]),
      [
        [{}, 'Pay  34\nXE x\nto\nme'],
        [{ section: 'deleted' }, '12\nos\n'],
        [{ section: 'hidden' }, ' eur\n'],
      ],
    );
  });

  it('cuts no character where it divides a long text', async () => {
    const body = `x${'\ud83d\ude00'.repeat(20_000)}\r`;
    const { text } = await collectParts(buildWordDocument({ body, splitAt: 1 }));
    assert.equal(text, body.replace('\r', '\n'));
  });

  it('reads text that no story counts', async () => {
    const document = Buffer.from(buildWordDocument({ body: 'one\rtwo\r' }));
    const counts = document.indexOf(Buffer.from([0xec, 0xa5])) + 0x4c;
    document.writeUInt32LE(4, counts);
    const { text } = await collectParts(document);
    assert.equal(text, 'one\n\ntwo\n');
  });

  it('reads Word 6 in the code page of its language', async () => {
    const text = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0d]);
    const { parts, problem } = await collectParts(buildOldWordDocument(text, 0x0419));
    assert.equal(parts[0]?.text, '\u041f\u0440\u0438\u0432\u0435\u0442\n');
    assert.equal(problem, null);
  });

  const broken: [name: string, document: Uint8Array, problem: Problem][] = [
    ['an encrypted document', buildWordDocument({ body: 'x', isEncrypted: true }), 'encrypted'],
    [
      'one whose pieces are out of place',
      buildWordDocument({ body: 'abc', splitAt: 9 }),
      'corrupt',
    ],
  ];
  for (const [name, document, problem] of broken) {
    it(`tells ${name} as ${problem}`, async () => {
      assert.equal((await collectParts(document)).problem, problem);
    });
  }

  it('ends on any bytes, and never throws', async () => {
    await checkMutations(whole);
    await checkMutations(numbered);
  });
});
