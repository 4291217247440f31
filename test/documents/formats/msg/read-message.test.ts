import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile, type Tree } from '../ole/build-compound-file.ts';
import { binary, compressRtf, fixed, narrowTexts, object, texts } from './build-message.ts';

const recipient = (name: string, address: string, kind: number): Tree => ({
  ...fixed(8, { numbers: { 3093: kind } }),
  ...texts({ 12289: name, 12291: '/o=EX/cn=x', 14846: address }),
});

const innerMessage: Tree = {
  ...fixed(24),
  ...texts({ 55: 'Forwarded', 4096: 'Body within' }),
};

const whole = buildCompoundFile({
  ...fixed(32, { times: { 57: Date.UTC(2020, 1, 29, 12) } }),
  ...texts({
    26: 'IPM.Note',
    55: 'Salaries',
    125: 'Received: from a by b\r\nX-Originating-IP: [10.0.0.1]\r\n',
    3098: 'Jane Roe',
    3103: 'jane@example.com',
    3588: 'John; Mary',
    4096: 'Please find\r\nthe list.\r\n',
    14876: '+1 555 0100',
    32773: 'Room 7',
  }),
  ...binary(0x1013, Buffer.from('<p>Please find <b>caf\xe9</b></p>', 'latin1')),
  '__recip_version1.0_#00000000': recipient('John', 'john@example.com', 1),
  '__recip_version1.0_#00000001': recipient('Mary', 'mary@example.com', 2),
  '__attach_version1.0_#00000000': {
    ...fixed(8),
    ...texts({ 14087: 'list.txt', 14084: 'LIST~1.TXT' }),
    ...binary(0x3701, Buffer.from('4111 1111 1111 1111')),
  },
  '__attach_version1.0_#00000001': {
    ...fixed(8, { numbers: { 14085: 5 } }),
    ...texts({ 12289: 'Forwarded' }),
    ...object(0x3701, innerMessage),
  },
  '__attach_version1.0_#00000002': {
    ...fixed(8),
    ...texts({ 14087: 'far.doc', 14093: '\\\\server\\share\\far.doc' }),
  },
});

describe('readMessage()', () => {
  it('reads header, other properties, bodies and attachments, with messages among them', async () => {
    const { parts, problem } = await collectParts(whole);
    const isHtml = ({ path }: { path?: string }): boolean => path === 'body.html';
    const html = parts.filter(({ location }) => isHtml(location));
    const others = parts.filter(({ location }) => !isHtml(location));
    assert.match(html.map(({ text }) => text).join(''), /caf\u00e9/);
    const found = others.map(({ location, text }) => [location, text]);
    assert.deepEqual(found, [
      [
        { section: 'header' },
        'Subject: Salaries\nSender: Jane Roe <jane@example.com>\n' +
          'To: John <john@example.com>\nCc: Mary <mary@example.com>\n' +
          'Date: 2020-02-29T12:00:00.000Z\nAttachment: list.txt\nAttachment: Forwarded\n' +
          'Attachment: far.doc \\\\server\\share\\far.doc\n' +
          'Received: from a by b\nX-Originating-IP: [10.0.0.1]\n\n',
      ],
      [{ section: 'metadata' }, 'Mobile phone: +1 555 0100\nRoom 7\n'],
      [{}, 'Please find\nthe list.\n\n'],
      [{ path: 'list.txt' }, '4111 1111 1111 1111'],
      [{ path: 'Forwarded', section: 'header' }, 'Subject: Forwarded\n'],
      [{ path: 'Forwarded' }, 'Body within\n'],
    ]);
    assert.equal(problem, null);
  });

  it('reads text in the code page of the message', async () => {
    const message = buildCompoundFile({
      ...fixed(32, { numbers: { 16381: 1251 } }),
      ...narrowTexts({ 4096: Buffer.from([0xcf, 0xf0, 0xe8]) }),
    });
    assert.equal((await collectParts(message)).text, '\u041f\u0440\u0438\n');
  });

  it('guesses the code page of a message that does not tell it', async () => {
    const body = 'Привет, мир! Это письмо о зарплатах сотрудников за прошлый год.';
    const encoded = [...body].map((character) => {
      const code = character.charCodeAt(0);
      return code < 0x80 ? code : code - 0x0410 + 0xc0;
    });
    const message = buildCompoundFile({
      ...fixed(32),
      ...narrowTexts({ 55: Buffer.from([0xcf, 0xf0, 0xe8]), 4096: Buffer.from(encoded) }),
    });
    const { text } = await collectParts(message);
    assert.match(text, /Subject: При\n/);
    assert.match(text, /зарплатах/);
  });

  it('hands on RTF that is no HTML', async () => {
    const message = buildCompoundFile({
      ...fixed(32),
      ...binary(0x1009, compressRtf('{\\rtf1\\ansi Hello}')),
    });
    const { inner } = await collectParts(message);
    assert.equal(inner.read + inner.unread, 1);
  });

  it('tells an attachment without content, and a body that is not RTF', async () => {
    const noContent = buildCompoundFile({
      ...fixed(32),
      '__attach_version1.0_#00000000': { ...fixed(8), ...texts({ 14087: 'a.txt' }) },
    });
    assert.equal((await collectParts(noContent)).problem, 'corrupt');
    const noRtf = buildCompoundFile({ ...fixed(32), ...binary(0x1009, bytes.u32(1, 2, 3, 4)) });
    assert.equal((await collectParts(noRtf)).problem, 'corrupt');
  });

  it('ends messages in messages where the depth does', async () => {
    let message = innerMessage;
    for (let level = 0; level < 30; level++) {
      message = {
        ...fixed(24),
        '__attach_version1.0_#00000000': { ...fixed(8), ...object(0x3701, message) },
      };
    }
    const { inner } = await collectParts(buildCompoundFile(message));
    assert.deepEqual(inner.problems, { too_deep: 1 });
  });

  it('ends on any bytes, and never throws', () => checkMutations(whole));
});
