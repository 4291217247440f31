import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';

const card = (...lines: string[]): Buffer =>
  Buffer.from(['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n'), 'latin1');

const cases: [name: string, lines: string[], expected: string][] = [
  ['folded lines', ['NOTE:card 4532', ' 0151', '\t1283'], 'NOTE:card 453201511283'],
  ['escaped values', ['ADR:a\\, b\\; c\\nd\\\\e'], 'ADR:a, b; c\nd\\e'],
  [
    'quoted-printable of vCard 2.1 over lines',
    ['N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg;=', 'M=C3=BCller', 'TEL:1'],
    'N;CHARSET=UTF-8:Jörg;Müller\nTEL:1',
  ],
  [
    'quoted-printable of another encoding',
    ['N;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1251:=CF=F0'],
    'N;CHARSET=windows-1251:Пр',
  ],
  ['Windows-1252', ['FN:J\xf6rg'], 'FN:Jörg'],
];

describe('readFoldedText', () => {
  for (const [name, lines, expected] of cases) {
    it(`reads ${name}`, async () => {
      const document = await collectParts(card(...lines));
      assert.equal(document.mediaType, 'text/vcard');
      assert.equal(document.text, `BEGIN:VCARD\n${expected}\nEND:VCARD\n`);
    });
  }

  it('reads what contacts hold in base64 as a document inside', async () => {
    const text = Buffer.from('inner text').toString('base64');
    const document = await collectParts(
      card(
        `KEY;ENCODING=b;TYPE=X:${text.slice(0, 7)}`,
        ` ${text.slice(7)}`,
        `LOGO:data:a/b;base64,${text}`,
      ),
    );
    const inner = document.parts.filter(({ location }) => location.path !== undefined);
    assert.deepEqual(
      inner.map(({ location, text: read }) => [location.path, read]),
      [
        ['embedded 1', 'inner text'],
        ['embedded 2', 'inner text'],
      ],
    );
    assert.match(document.text, /END:VCARD/);
  });

  it('reads calendars', async () => {
    const calendar =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Meet\n  ing\nEND:VEVENT\nEND:VCALENDAR';
    const document = await collectParts(Buffer.from(calendar));
    assert.equal(document.mediaType, 'text/calendar');
    assert.match(document.text, /SUMMARY:Meet ing\nEND:VEVENT/);
  });

  it('reads a field folded without end in little time', { timeout: 5_000 }, async () => {
    await collectParts(card('NOTE:x', ' y\r\n'.repeat(100_000)));
  });

  it('never throws, whatever lines there are', async () => {
    const line = fc.constantFrom(
      ...[
        'N;ENCODING=QUOTED-PRINTABLE:a=',
        '=',
        '=3',
        'KEY;ENCODING=b:!',
        ' ',
        '\t=',
        ':',
        'x:=C3',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        assert.equal((await collectParts(card(...lines))).problem, null);
      }),
    );
  });

  it('ends, and never rejects, whatever is changed in it', async () => {
    await checkMutations(card(...cases.flatMap(([, lines]) => lines)));
  });
});
