import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';

const number = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};
const attribute = (level: number, id: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.of(level), number(id, 4), number(data.length, 4), data, Buffer.alloc(2)]);
const padded = (data: Buffer): Buffer =>
  Buffer.concat([number(data.length, 4), data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');
const variable = (type: number, id: number, value: Buffer): Buffer =>
  Buffer.concat([number(type, 2), number(id, 2), number(1, 4), padded(value)]);
const properties = (...list: Buffer[]): Buffer => Buffer.concat([number(list.length, 4), ...list]);
const named = Buffer.concat([
  number(0x1f, 2),
  number(0x8001, 2),
  Buffer.alloc(16),
  number(1, 4),
  padded(wide('Project')),
  number(1, 4),
  padded(wide('Apollo')),
]);
const plainRtf = (text: string): Buffer =>
  Buffer.concat([
    number(text.length + 12, 4),
    number(text.length, 4),
    Buffer.from('MELA'),
    number(0, 4),
    Buffer.from(text),
  ]);

const tnef = (...attributes: Buffer[]): Buffer =>
  Buffer.concat([number(0x223e9f78, 4), number(1, 2), ...attributes]);

const inner = tnef(attribute(1, 0x0002800c, Buffer.from('inner body\0')));
const whole = tnef(
  attribute(1, 0x00069007, Buffer.concat([number(1251, 4), number(0, 4)])),
  attribute(1, 0x00018004, Buffer.from('\xcf\xf0\xe8\0', 'latin1')),
  attribute(1, 0x0002800c, Buffer.from('plain body\0')),
  attribute(
    1,
    0x00069003,
    properties(
      Buffer.concat([number(0x03, 2), number(0x0e07, 2), number(1, 4)]),
      Buffer.concat([number(0x1003, 2), number(0x0e08, 2), number(2, 4), Buffer.alloc(8)]),
      variable(0x1e, 0x0c1a, Buffer.from('Jane\0')),
      variable(0x1f, 0x3a16, wide('Acme')),
      named,
      variable(0x0102, 0x1013, Buffer.from('<p>html body</p>')),
      variable(0x0102, 0x1009, plainRtf('{\\rtf1 rtf body}')),
    ),
  ),
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(2, 0x00018010, Buffer.from('SHORT~1.TXT\0')),
  attribute(2, 0x0006800f, Buffer.from('attached text')),
  attribute(2, 0x00069005, properties(variable(0x1f, 0x3707, wide('long name.txt')))),
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(
    2,
    0x00069005,
    properties(variable(0x0d, 0x3701, Buffer.concat([Buffer.alloc(16), inner]))),
  ),
);

describe('readTnef', () => {
  it('reads header, properties, bodies and attachments', async () => {
    const document = await collectParts(whole);
    assert.equal(document.mediaType, 'application/ms-tnef');
    assert.deepEqual(
      document.parts.map(({ location, text }) => [location.path ?? location.section, text.trim()]),
      [
        ['header', 'Subject: При\nJane\nAttachment: long name.txt'],
        ['metadata', 'Company: Acme\nProject: Apollo'],
        [undefined, 'plain body'],
        ['body.html', 'html body'],
        ['body.rtf', 'rtf body'],
        ['long name.txt', 'attached text'],
        ['attachment 2', 'inner body'],
      ],
    );
    assert.equal(document.problem, null);
  });

  it('reads it as far as it goes, and says so', async () => {
    const document = await collectParts(whole.subarray(0, 120));
    assert.match(document.text, /plain body/);
    assert.equal(document.problem, 'corrupt');
  });

  it('believes no length and no count', async () => {
    const many = attribute(1, 0x00069003, number(0xffffffff, 4));
    const long = Buffer.concat([Buffer.of(1), number(0x0002800c, 4), number(0xfffffff0, 4)]);
    for (const hostile of [many, long]) {
      assert.equal((await collectParts(tnef(hostile))).problem, 'corrupt');
    }
  });

  it('never throws, whatever is broken', () => checkMutations(whole));
});
