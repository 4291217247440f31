import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findHtmlInRtf } from '../../../../src/documents/formats/msg/html-in-rtf.ts';
import { defaultLimits, ReadBudget } from '../../../../src/documents/read-budget.ts';

const find = (rtf: string): string | undefined =>
  findHtmlInRtf(Buffer.from(rtf, 'latin1'), new ReadBudget(defaultLimits));

const cases: [name: string, rtf: string, html: string | undefined][] = [
  [
    'tags and text, and leaves out what stands in for them',
    '{\\rtf1\\ansi\\fromhtml1{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p>}\\htmlrtf \\par x\\htmlrtf0 ' +
      'Hello{\\*\\htmltag84 &amp;}\\htmlrtf &\\htmlrtf0 you\\line{\\*\\mhtmltag1 no}{\\*\\htmltag72 </p>}}',
    '<p>Hello&amp;you\r\n</p>',
  ],
  [
    'bytes of a code page and of a font, and Unicode',
    '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1\\uc1{\\fonttbl{\\f5\\fcharset204 A;}}' +
      "caf\\'e9 {\\f5 \\'cf\\'f0} \\u26481?\\u-10179\\'3f\\u-8704?}",
    'caf\u00e9 \u041f\u0440 \u6771\ud83d\ude00',
  ],
  [
    'characters of two bytes',
    "{\\rtf1\\fromhtml1{\\fonttbl{\\f5\\fcharset128 A;}}\\f5\\'93\\'8c\\'8b\\'9e}",
    '\u6771\u4eac',
  ],
  ['escaped braces', '{\\rtf1\\fromhtml1 {\\*\\htmltag a\\{b\\}\\\\c}}', 'a{b}\\c'],
  ['nothing in plain RTF', '{\\rtf1\\ansi Hello}', undefined],
];

describe('findHtmlInRtf()', () => {
  for (const [name, rtf, html] of cases) {
    it(`finds ${name}`, () => assert.equal(find(rtf), html));
  }

  it('ends on any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('{', '}', '\\', '{\\*', '\\u', '\\uc99999 ', "\\'9", '\\f-1', '\\htmlrtf'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        assert.equal(typeof find(`{\\rtf1\\fromhtml1${pieces.join('')}`), 'string');
      }),
    );
  });
});
