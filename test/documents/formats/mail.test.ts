import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultLimits } from '../../../src/documents/read-budget.ts';
import { type CollectedDocument, collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';

const mail = (...lines: string[]): Buffer =>
  Buffer.from(['From: Jane <jane@acme.com>', 'Subject: x', ...lines].join('\r\n'), 'latin1');
const read = (...lines: string[]): Promise<CollectedDocument> => collectParts(mail(...lines));
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The body: what is in no section and in no document inside. */
const bodyOf = ({ parts }: CollectedDocument): string =>
  parts
    .filter(({ location }) => location.section === undefined && location.path === undefined)
    .map(({ text }) => text)
    .join('');

const headerOf = ({ parts }: CollectedDocument): string =>
  parts.find(({ location }) => location.section === 'header')?.text ?? '';

/** What is read inside, by path. */
const innerOf = ({ parts }: CollectedDocument): Record<string, string> => {
  const inner: Record<string, string> = {};
  for (const { location, text } of parts) {
    if (location.path === undefined) continue;
    inner[location.path] = (inner[location.path] ?? '') + text;
  }
  return inner;
};

const fields: [name: string, lines: string[], expected: string][] = [
  ['B words', ['Subject: =?utf-8?B?R3LDvMOfZQ==?='], 'Subject: Grüße\n'],
  ['Q words', ['To: =?iso-8859-1?Q?J=F6rg_M?= <j@x.test>'], 'To: Jörg M <j@x.test>\n'],
  [
    'words next to each other, with a character in both',
    ['Subject: =?utf-8?B?w7w=?= =?utf-8?B?8J+Y?=', ' =?utf-8?B?gA==?= z'],
    'Subject: ü😀 z\n',
  ],
  ['words of an unknown encoding', ['Subject: =?x-none?Q?caf=E9?='], 'Subject: café\n'],
  ['bytes of UTF-8', ['Subject: Gr\xc3\xbc\xc3\x9fe'], 'Subject: Grüße\n'],
  ['bytes of Windows-1252', ['Subject: Gr\xfc\xdfe'], 'Subject: Grüße\n'],
  ['folded fields', ['X-Note: one', '\ttwo', '  three'], 'X-Note: one two three\n'],
];

const bodies: [name: string, lines: string[], expected: string][] = [
  ['plain text', ['', 'Hello', '', 'World'], 'Hello\r\n\r\nWorld'],
  [
    'quoted-printable',
    [
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'gr=C3=BC=C3=9Fe =3D 4532=',
      ' 0151 \t',
      'x=ZZ',
    ],
    'grüße = 4532 0151\r\nx=ZZ',
  ],
  ['base64', ['Content-Transfer-Encoding: BASE64', '', 'SGVs', 'bG8gV29y', 'bGQ='], 'Hello World'],
  [
    'base64 in several pieces, each padded',
    ['Content-Transfer-Encoding: base64', '', `${base64('a')}${base64('bc')}`, base64('d')],
    'abcd',
  ],
  [
    'uuencode',
    ['Content-Transfer-Encoding: x-uuencode', '', 'begin 644 x', '#0V%T', '`', 'end'],
    'Cat',
  ],
  [
    'the encoding its header tells',
    ['Content-Type: text/plain; charset="koi8-r"', '', '\xf0\xd2\xc9\xd7\xc5\xd4'],
    'Привет',
  ],
  [
    'ISO-2022-JP',
    ['Content-Type: text/plain; charset=iso-2022-jp', '', '\x1b$B%F%9%H\x1b(B ok'],
    'テスト ok',
  ],
  [
    'flowed text',
    [
      'Content-Type: text/plain; format=flowed',
      '',
      'card 4532 ',
      '0151 ',
      'x',
      '> a ',
      '> b',
      ' -- y',
    ],
    'card 4532 0151 x\n> a b\n-- y\n',
  ],
  [
    'flowed text whose spaces are not its own',
    ['Content-Type: text/plain; format=flowed; delsp=yes', '', '4532 ', '0151'],
    '45320151\n',
  ],
  ['HTML', ['Content-Type: text/html', '', '<p>a&#64;b</p>'], 'a@b\n'],
  [
    'all alternatives',
    [
      'Content-Type: multipart/alternative; boundary="b 1"',
      '',
      '--b 1',
      '',
      'plain',
      '--b 1',
      'Content-Type: text/html',
      '',
      '<b>rich</b>',
      '--b 1--',
    ],
    'plainrich\n',
  ],
  ['a multipart without a boundary', ['Content-Type: multipart/mixed', '', 'text'], 'text'],
  ['a header that no empty line ends', ['Hello there, this is text'], 'Hello there, this is text'],
];

const part = (...lines: string[]): string[] => ['--b', ...lines];
const mixed = (...parts: string[][]): string[] => [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  ...parts.flat(),
  '--b--',
];

const attachments: [name: string, lines: string[], expected: Record<string, string>][] = [
  [
    'by its name',
    part('Content-Disposition: attachment; filename="a;\\"b.txt"', '', 'text'),
    { 'a;"b.txt': 'text' },
  ],
  [
    'by a name in pieces and another encoding',
    part(
      'Content-Disposition: attachment;',
      " filename*0*=iso-8859-1'de'Gr%FC;",
      ' filename*1*=%DFe;',
      ' filename*2=.txt',
      '',
      'text',
    ),
    { 'Grüße.txt': 'text' },
  ],
  [
    'by an encoded word as its name',
    part('Content-Type: text/plain; name="=?utf-8?B?w7w=?=.txt"', '', 'text'),
    { 'ü.txt': 'text' },
  ],
  [
    'by its content, whatever it says it is',
    part(
      'Content-Type: image/png; name=a.png',
      'Content-Transfer-Encoding: base64',
      '',
      base64('<html>x</html>'),
    ),
    { 'a.png': 'x\n' },
  ],
  [
    'with the line end that is its own',
    part('Content-Disposition: attachment; filename=a', '', 'one', 'two', ''),
    { a: 'one\r\ntwo\r\n' },
  ],
];

describe('readMail', () => {
  for (const [name, lines, expected] of fields) {
    it(`reads ${name} of a header`, async () => {
      const header = headerOf(await read(...lines, '', 'body'));
      assert.ok(header.endsWith(expected), header);
    });
  }
  for (const [name, lines, expected] of bodies) {
    it(`reads ${name}`, async () => {
      const document = await read(...lines);
      assert.equal(document.mediaType, 'message/rfc822');
      assert.equal(bodyOf(document), expected);
      assert.equal(document.problem, null);
    });
  }
  for (const [name, lines, expected] of attachments) {
    it(`reads an attachment ${name}`, async () => {
      const document = await read(...mixed(lines));
      assert.deepEqual(innerOf(document), expected);
      for (const fileName of Object.keys(expected)) assert.ok(document.text.includes(fileName));
    });
  }

  it('reads a message after a mark and empty lines', async () => {
    const document = await collectParts(
      Buffer.concat([Buffer.from('\ufeff\r\n\n'), mail('', 'body')]),
    );
    assert.equal(bodyOf(document), 'body');
    assert.match(headerOf(document), /^From: Jane/);
  });

  it('reads HTML in the encoding it tells, when the header tells none', async () => {
    const document = await read('Content-Type: text/html', '', '<meta charset=koi8-r><p>\xf0\xd2');
    assert.equal(bodyOf(document), 'Пр\n');
  });

  it('reads messages in messages, with hardly a header too', async () => {
    const inner = mail('Content-Type: text/plain', '', 'inner text').toString();
    const document = await read(
      ...mixed(
        part('Content-Type: message/rfc822', '', inner),
        part('Content-Type: message/rfc822', '', 'Subject: bare', '', 'bare text'),
      ),
    );
    assert.match(
      innerOf(document)['message 1'] ?? '',
      /Subject: x\nContent-Type: text\/plain\ninner text/,
    );
    assert.match(bodyOf(document), /bare text/);
    assert.match(document.text, /Subject: bare/);
  });

  it('reads files in the text, as they were sent before MIME', async () => {
    const document = await read('', 'See:', 'begin 644 a b.txt', '#0V%T', '`', 'end', 'Bye', '');
    assert.equal(bodyOf(document), 'See:\r\nBye');
    assert.deepEqual(innerOf(document), { 'a b.txt': 'Cat' });
  });

  it('keeps text that only looks like such a file', async () => {
    const text = 'begin 644 things:\r\nfirst do this, then that\r\nend\r\nbegin 600 x';
    const document = await read('', text);
    assert.equal(bodyOf(document), text);
    assert.deepEqual(innerOf(document), {});
  });

  it('reads what stands around the parts as hidden', async () => {
    const document = await read(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      'before',
      '--b',
      '',
      'body',
      '--b--',
      'after',
    );
    const hidden = document.parts.filter(({ location }) => location.section === 'hidden');
    assert.deepEqual(
      hidden.map(({ text }) => text.trim()),
      ['before', 'after'],
    );
  });

  const encrypted: [name: string, lines: string[]][] = [
    [
      'OpenPGP',
      [
        'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
        '',
        ...part('Content-Type: application/octet-stream', '', '-----BEGIN PGP MESSAGE-----'),
        '--b--',
      ],
    ],
    [
      'S/MIME',
      [
        'Content-Type: application/pkcs7-mime; name=smime.p7m',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('308006092a864886f70d010703a080', 'hex').toString('base64'),
      ],
    ],
    [
      'OpenPGP in the text',
      ['', 'See:', '-----BEGIN PGP MESSAGE-----', 'hQEMA', '-----END PGP MESSAGE-----'],
    ],
  ];
  for (const [name, lines] of encrypted) {
    it(`says that what ${name} encrypts was not read`, async () => {
      assert.equal((await read(...lines)).problem, 'encrypted');
    });
  }

  it('reads what S/MIME signs, in pieces or not', async () => {
    const text = Buffer.from('Content-Type: text/html\r\n\r\n<p>signed text').toString('hex');
    const length = (hex: string): string => (hex.length / 2).toString(16).padStart(2, '0');
    const octets = `04${length(text)}${text}`;
    const pieces = `248004${length(text.slice(0, 20))}${text.slice(0, 20)}04${length(text.slice(20))}${text.slice(20)}0000`;
    for (const content of [octets, pieces]) {
      const cms = `308006092a864886f70d010702a080308002010131003080${'06092a864886f70d010701'}a080${content}0000`;
      const document = await read(
        'Content-Type: application/pkcs7-mime; smime-type=signed-data',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(cms, 'hex').toString('base64'),
      );
      assert.equal(bodyOf(document), 'signed text\n');
      assert.equal(document.problem, null);
    }
  });

  it('calls S/MIME that is none corrupt', async () => {
    const document = await read('Content-Type: application/pkcs7-mime', '', 'text');
    assert.equal(document.problem, 'corrupt');
  });

  it('takes signatures for what they are', async () => {
    const document = await read(
      ...mixed(
        part('', 'body'),
        part('Content-Type: application/pkcs7-signature; name=smime.p7s', '', 'MIAG'),
      ),
    );
    assert.deepEqual([document.problem, document.inner.unread], [null, 0]);
  });

  it('says when parts are too deep in each other, and reads the others', async () => {
    const nested = Array.from({ length: 60 }, (_, n) => [
      `Content-Type: multipart/mixed; boundary=b${n}`,
      '',
      `--b${n}`,
    ]).flat();
    const document = await read(...nested, '', 'deepest', '--b0', '', 'last');
    assert.equal(document.problem, 'too_deep');
    assert.match(bodyOf(document), /last/);
  });

  it('says when there are too many parts', async () => {
    const document = await read(...mixed(...Array.from({ length: 10_001 }, () => part('', 'x'))));
    assert.equal(document.problem, 'too_many');
  });

  const hostile: [name: string, lines: string[]][] = [
    ['a million fields', [Array.from({ length: 100_000 }, (_, n) => `X-${n}: y`).join('\n')]],
    ['a field without end', [`X-Long: ${'x'.repeat(2_000_000)}`]],
    ['a field folded without end', [`X: y${'\n z'.repeat(100_000)}`]],
    ['parameters without end', [`Content-Type: text/plain${'; a="\\'.repeat(200_000)}`]],
    ['words without end', [`X: ${'=?utf-8?B?w7w=?= '.repeat(30_000)}`]],
    ['a line without end', ['', 'x'.repeat(2_000_000)]],
    ['messages in messages', Array.from({ length: 200 }, () => 'Content-Type: message/rfc822\r\n')],
  ];
  for (const [name, lines] of hostile) {
    it(`reads ${name} in little time`, { timeout: 10_000 }, async () => {
      await read(...lines, '', 'end');
    });
  }

  it('stops in time', async () => {
    const document = await collectParts(mail('', 'x\r\n'.repeat(100_000)), {
      ...defaultLimits,
      time: 0,
    });
    assert.equal(document.problem, 'timeout');
  });

  it('reads a broken message to the end, and never throws', async () => {
    const whole = mail(
      ...mixed(
        part(
          'Content-Type: text/html; charset=utf-8',
          'Content-Transfer-Encoding: quoted-printable',
          '',
          '<p>=C3=BC',
        ),
        part('Content-Type: message/rfc822', '', 'From: a@b.c', 'To: d@e.f', '', 'x'),
        part(
          "Content-Disposition: attachment; filename*=utf-8''%C3%BC",
          'Content-Transfer-Encoding: base64',
          '',
          base64('text'),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length), fc.integer({ min: 0, max: 255 })), {
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 300 }),
        async (changes, size) => {
          const broken = Buffer.from(whole);
          for (const [at, byte] of changes) broken[at] = byte;
          async function* pieces(): AsyncGenerator<Uint8Array> {
            for (let at = 0; at < broken.length; at += size) yield broken.subarray(at, at + size);
          }
          assert.equal((await collectParts(pieces())).text, (await collectParts(broken)).text);
        },
      ),
    );
    await checkMutations(Buffer.from(whole));
  });
});
