import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';

const start = 'From jane@acme.com Mon Jun 01 10:00:00 2009\n';
const message = (subject: string, body: string): string =>
  `${start}From: jane@acme.com\nSubject: ${subject}\nMIME-Version: 1.0\n\n${body}\n`;

describe('readMailbox', () => {
  it('reads each message by its number and subject', async () => {
    const document = await collectParts(
      Buffer.from(message('One', 'first\n') + message('=?utf-8?Q?Zw=C3=B6lf?=', 'second\n')),
    );
    assert.equal(document.mediaType, 'application/mbox');
    const bodies = document.parts.filter(({ location }) => location.section === undefined);
    assert.deepEqual(
      bodies.map(({ location, text }) => [location.path, text.trim()]),
      [
        ['1 One', 'first'],
        ['2 Zwölf', 'second'],
      ],
    );
    assert.deepEqual([document.inner.read, document.problem], [2, null]);
  });

  it('undoes the quoting of lines that look like the next message', async () => {
    const body = '\n>From here on\n>>From there\n\nFrom now on 2009 is over\n';
    const document = await collectParts(Buffer.from(message('Q', body)));
    assert.match(document.text, /\nFrom here on\n>From there\n\nFrom now on 2009 is over/);
    assert.equal(document.inner.read, 1);
  });

  it('reads messages without a header, too', async () => {
    const document = await collectParts(Buffer.from(`${start}\nTest content\n`));
    assert.match(document.text, /Test content/);
  });

  it('reads many messages in little time', { timeout: 10_000 }, async () => {
    const document = await collectParts(Buffer.from(message('S', 'text\n').repeat(2_000)));
    assert.equal(document.inner.read, 2_000);
  });

  it('says when there are more messages than are read', async () => {
    const { defaultLimits } = await import('../../../src/documents/read-budget.ts');
    const limits = { ...defaultLimits, entries: 2 };
    const document = await collectParts(Buffer.from(message('S', 'text\n').repeat(3)), limits);
    assert.equal(document.problem, 'too_many');
  });

  it('ends, and never rejects, whatever is changed in it', async () => {
    await checkMutations(Buffer.from(message('One', 'first\n') + message('Two', 'second\n')));
  });
});
