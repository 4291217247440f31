import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decompressVba } from '../../../../src/documents/formats/vba/decompress-vba.ts';
import { defaultLimits, ReadBudget } from '../../../../src/documents/read-budget.ts';
import { UnreadableError } from '../../../../src/documents/reader.ts';
import { collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';
import { buildWordDocument } from '../doc/build-word-document.ts';
import { buildCompoundFile } from '../ole/build-compound-file.ts';
import { buildMacros } from './build-macros.ts';

const decompress = (hex: string): string =>
  Buffer.from(decompressVba(Buffer.from(hex, 'hex'), new ReadBudget(defaultLimits))).toString(
    'latin1',
  );

describe('decompressVba()', () => {
  const examples: [name: string, hex: string, text: string][] = [
    [
      'what could not be compressed',
      '0119b000616263646566676800696a6b6c6d6e6f70007172737475762e',
      'abcdefghijklmnopqrstuv.',
    ],
    [
      'copies of what came before',
      '012fb00023616161626364658266007061676869' +
        '6a013808616b6c00306d6e6f700671027004107273747576107778797a003c',
      '#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa',
    ],
    ['one copy of many', '0103b002614500', 'a'.repeat(73)],
  ];
  for (const [name, hex, text] of examples) {
    it(`reads the specification's example of ${name}`, () => assert.equal(decompress(hex), text));
  }

  it('tells what is no such stream, or copies from before its start', () => {
    for (const hex of ['0219b000', '0103b001450045']) {
      assert.throws(() => decompress(hex), UnreadableError);
    }
  });
});

describe('readMacros()', () => {
  const long = `Sub Main()\r\n${"' a comment\r\n".repeat(300)}End Sub\r\n`;
  const macros = buildMacros({
    Module1: Buffer.from('password = "hunter2"\r\n'),
    Module2: Buffer.from(long),
  });
  const document = buildWordDocument({ body: 'x\r', more: { Macros: macros } });

  it('reads the source of modules as scripts', async () => {
    const { parts, problem } = await collectParts(document);
    assert.deepEqual(
      parts.slice(1).map(({ location, text }) => [location, text]),
      [
        [{ section: 'script' }, 'password = "hunter2"\n'],
        [{ section: 'script' }, long.replaceAll('\r\n', '\n')],
      ],
    );
    assert.equal(problem, null);
  });

  it('reads a project that is a file of its own, in its code page', async () => {
    const cyrillic = buildMacros({ M: Buffer.from([0xcf, 0xf0, 0xe8]) }, 1251);
    const { text } = await collectParts(buildCompoundFile(cyrillic));
    assert.equal(text, '\u041f\u0440\u0438');
  });

  it('ends on any bytes, and never throws', () => checkMutations(document));
});
