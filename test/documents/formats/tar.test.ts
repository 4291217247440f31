import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultLimits } from '../../../src/documents/read-budget.ts';
import { collectParts } from '../collect-parts.ts';
import { checkMutations } from './check-mutations.ts';
import { gnuMagic, makePax, makeTar, makeTarEntry, type TarEntry, tarEnd } from './make-tar.ts';

const long = `${'folder/'.repeat(30)}file.txt`;
const a: TarEntry = { name: 'a.txt', content: 'first text' };
const b: TarEntry = { name: 'b.txt', content: 'second text' };
const large: TarEntry = { name: 'l.txt', content: 'first text\n'.repeat(999) };
const signed = Buffer.from('\xfcml\xe4ut.txt', 'latin1');

const cases: [name: string, tar: Uint8Array, contents: Record<string, string>, names: string[]][] =
  [
    [
      'ustar',
      makeTar([a, b]),
      { 'a.txt': 'first text', 'b.txt': 'second text' },
      ['a.txt', 'b.txt'],
    ],
    ['v7', makeTar([{ ...a, magic: '', type: '\0' }]), { 'a.txt': 'first text' }, ['a.txt']],
    ['a prefix', makeTar([{ ...a, prefix: 'x/y' }]), { 'x/y/a.txt': 'first text' }, ['x/y/a.txt']],
    [
      'no prefix in GNU',
      makeTar([{ ...a, magic: gnuMagic, prefix: 'x' }]),
      { 'a.txt': 'first text' },
      ['a.txt'],
    ],
    [
      'a long name of GNU',
      makeTar([{ name: '././@LongLink', type: 'L', content: `${long}\0`, magic: gnuMagic }, a]),
      { [long]: 'first text' },
      [long],
    ],
    ['a long name of pax', makeTar([makePax({ path: long }), a]), { [long]: 'first text' }, [long]],
    [
      'a size and a comment of pax',
      makeTar([makePax({ size: '10', comment: 'of mine' }), { ...a, told: { size: 0 } }, b]),
      { 'a.txt': 'first text', 'b.txt': 'second text' },
      ['a.txt', 'of mine', 'b.txt'],
    ],
    [
      'links and directories',
      makeTar([
        { name: 'd/', type: '5' },
        { name: 'old/' },
        { name: 'l', type: '2', linkName: 'to.txt' },
        { name: 'h', type: '1', linkName: 'a.txt', told: { size: 99 } },
        { name: 'K', type: 'K', content: `${long}\0`, magic: gnuMagic },
        { name: 'm', type: '2' },
        a,
      ]),
      { 'a.txt': 'first text' },
      ['d/', 'old/', 'l', 'to.txt', 'h', 'a.txt', 'm', long, 'a.txt'],
    ],
    [
      'a name that is no UTF-8',
      makeTar([{ ...a, name: signed }]),
      { 'ümläut.txt': 'first text' },
      ['ümläut.txt'],
    ],
    [
      'an archive behind another',
      Buffer.concat([makeTar([a]), makeTar([b])]),
      { 'a.txt': 'first text', 'b.txt': 'second text' },
      ['a.txt', 'b.txt'],
    ],
    [
      'names that climb',
      makeTar([{ ...a, name: '../../etc/x' }]),
      { '../../etc/x': 'first text' },
      ['../../etc/x'],
    ],
  ];

describe('readTar()', () => {
  for (const [name, tar, contents, names] of cases) {
    it(`reads ${name}`, async () => {
      const { mediaType, problem, parts } = await collectParts(tar);
      assert.equal(mediaType, 'application/x-tar');
      assert.equal(problem, null);
      const inner = parts.filter(({ location }) => location.path !== undefined);
      assert.deepEqual(
        Object.fromEntries(inner.map(({ location, text }) => [location.path?.slice(-255), text])),
        contents,
      );
      const [listed] = parts.filter(({ location }) => location.section === 'metadata');
      assert.equal(listed?.text, names.map((line) => `${line}\n`).join(''));
    });
  }

  it('reads a size of 64 bits', async () => {
    const tar = makeTar([a]);
    Buffer.of(0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10).copy(tar, 124);
    tar.write(' '.repeat(8), 148);
    const sum = tar.subarray(0, 512).reduce((all, byte) => all + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    assert.match((await collectParts(tar)).text, /first text/);
  });

  it('reads what is in a sparse file, and says that holes are missing', async () => {
    const sparse = makePax({
      'GNU.sparse.major': '1',
      'GNU.sparse.name': 's.txt',
      path: 'made/up',
    });
    const { problem, text } = await collectParts(makeTar([sparse, a]));
    assert.equal(problem, 'unsupported:sparse');
    assert.match(text, /first text[\s\S]*s\.txt/);
  });

  const broken: [name: string, tar: Uint8Array, text: RegExp][] = [
    [
      'goes on behind a header that is broken',
      makeTar([{ ...a, told: { checksum: 7 } }, b]),
      /second/,
    ],
    [
      'is cut off in a file',
      makeTar([a, { ...b, content: 'x'.repeat(9_999) }]).subarray(0, 9_000),
      /xxx/,
    ],
    ['is cut off in a header', makeTar([a, b]).subarray(0, 1_100), /first/],
    [
      'tells too large a size',
      Buffer.concat([makeTarEntry({ ...large, told: { size: 8e9 } }), tarEnd]),
      /first/,
    ],
    ['tells too long a name', makeTar([a, { name: 'L', type: 'L', told: { size: 8e9 } }]), /first/],
  ];
  for (const [name, tar, text] of broken) {
    it(`says so when one ${name}`, async () => {
      const read = await collectParts(tar);
      assert.equal(read.problem, 'corrupt');
      assert.match(read.text, text);
    });
  }

  it('stops at the most entries', async () => {
    const read = await collectParts(makeTar([a, b, a]), { ...defaultLimits, entries: 2 });
    assert.equal(read.problem, 'too_many');
    assert.equal(read.inner.read, 2);
  });

  it('never throws, whatever becomes of one', async () => {
    const tar = makeTar([makePax({ path: long }), a, { ...b, magic: gnuMagic, type: 'S' }]);
    await checkMutations(tar);
  });
});
