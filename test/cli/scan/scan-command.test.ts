import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FileResult } from '../../../src/cli/scan/file-result.ts';
import { drawText } from '../../documents/draw-text.ts';
import { writePng } from '../../documents/write-pictures.ts';
import { runCommand } from '../../support/run-command.ts';
import { makeCard, makeEmail, makeIban, makeLetter } from '../../support/sensitive-values.ts';
import { useFolder } from '../../support/use-folder.ts';
import { parseLines, scan, scanLines, useFiles } from './scan-folder.ts';

const letter = makeLetter('scan');
const marked = 'Confidential\n\nWhat is in here is for few.\n';

describe('the exit code', () => {
  const cases: { name: string; files: Record<string, string>; args: string[]; code: number }[] = [
    { name: 'is 0 when nothing is found', files: { a: 'nothing' }, args: [], code: 0 },
    { name: 'is 1 from internal on', files: { a: letter }, args: [], code: 1 },
    {
      name: 'is 0 below the label that fails',
      files: { a: marked },
      args: ['--fail-on', 'restricted'],
      code: 0,
    },
    {
      name: 'is 1 at the label',
      files: { a: marked },
      args: ['--fail-on', 'confidential'],
      code: 1,
    },
    { name: 'is 0 below the score', files: { a: marked }, args: ['--fail-on', '99'], code: 0 },
    { name: 'is 1 at the score', files: { a: letter }, args: ['--fail-on', '50'], code: 1 },
    {
      name: 'is 1 for any finding when public fails',
      files: { a: `Mail: ${makeEmail('one')}\n` },
      args: ['--fail-on', 'public'],
      code: 1,
    },
    {
      name: 'is 0 without findings when public fails',
      files: { a: 'nothing' },
      args: ['--fail-on', 'public'],
      code: 0,
    },
    {
      name: 'is 0 when nothing fails',
      files: { a: letter },
      args: ['--fail-on', 'never'],
      code: 0,
    },
    { name: 'is 3 when something could not be read', files: { a: 'x' }, args: ['gone'], code: 3 },
    { name: 'is 1 before it is 3', files: { a: letter }, args: ['gone'], code: 1 },
  ];
  for (const { name, files, args, code } of cases) {
    test(name, async (t) => {
      const cwd = useFiles(t, files);
      const result = await scan(t, ['.', ...args], { cwd });
      assert.equal(result.code, code, result.stdout + result.stderr);
      assert.equal(result.stderr, '');
    });
  }
});

describe('wrong usage is answered with one line and exit code 2', () => {
  const cases: [string[], RegExp][] = [
    [[], /missing required argument 'paths'/],
    [['.', '--fail-on', 'secret'], /--fail-on .*must be one of public, internal, .* 0 to 100/],
    [['.', '--fail-on', '101'], /--fail-on .*'101' is invalid/],
    [['.', '--format', 'xml'], /'xml' is invalid.*table, json, jsonl, csv, sarif/],
    [['.', '--min-confidence', '1.1'], /--min-confidence .*number from 0 to 1/],
    [['.', '--concurrency', '0'], /--concurrency .*whole number from 1 to 256/],
    [['.', '--timeout', 'soon'], /--timeout .*time such as/],
    [['.', '--thread-memory', '1MiB'], /--thread-memory .*24MiB or more/],
    [['.', '--fingerprint-key', 'short'], /--fingerprint-key must be 16 characters or more/],
    [
      ['.', '--output', 'no/such/folder'],
      /--output names a file that cannot be written \(ENOENT\)/,
    ],
    [['.', '--baseline', 'gone'], /--baseline names a file that cannot be read \(ENOENT\)/],
    [['.', '--baseline', 'a'], /--baseline must be a report of this program/],
    [['.', '--colour'], /unknown option '--colour'/],
  ];
  for (const [args, line] of cases) {
    test(`scan ${args.join(' ')}`, async (t) => {
      const cwd = useFiles(t, { a: 'no report' });
      const { code, stdout, stderr } = await scan(t, args, { cwd });
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, line);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
      assert.deepEqual(readdirSync(cwd), ['a'], 'nothing is left behind');
    });
  }
});

test('an object of JSON lines has what the scan knows of a file, clean ones included', async (t) => {
  const cwd = useFiles(t, { 'a.txt': letter, 'b.json': '{"a": [1, 2]}', c: '' });
  const lines = await scanLines(t, ['.'], { cwd });
  assert.deepEqual(
    lines.map(({ path, media_type, status, label }) => [path, media_type, status, label]),
    [
      ['a.txt', 'text/plain', 'scored', lines[0]?.label],
      ['b.json', 'application/json', 'scored', 'public'],
      ['c', 'text/plain', 'scored', 'public'],
    ],
  );
  const [first, second] = lines;
  assert.ok(first && second);
  assert.deepEqual(first.findings.map(({ type }) => type).sort(), ['credit_card', 'iban']);
  const source = Buffer.from(letter);
  for (const { type, place } of first.findings) {
    const value = source.toString('utf8', place.offset, place.offset + place.length);
    assert.equal(value, type === 'iban' ? makeIban('scan') : makeCard('scan'));
    const line = letter.split('\n')[place.line - 1] ?? '';
    assert.equal(line.slice(place.column - 1, place.column - 1 + value.length), value);
  }
  assert.equal(
    first.shares.reduce((sum, { share }) => sum + share, 0),
    first.score,
  );
  assert.deepEqual([second.score, second.findings, second.shares], [0, [], []]);
});

test('offsets are bytes of the file, whatever its encoding', async (t) => {
  const card = makeCard('utf-16');
  const text = `Grüße 🙂\nPlease charge my credit card ${card} today\n`;
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const cwd = useFiles(t, { utf8: text, utf16 });
  const [wide, plain] = await scanLines(t, ['utf16', 'utf8'], { cwd });
  const [first] = wide?.findings ?? [];
  const [second] = plain?.findings ?? [];
  assert.ok(first && second);
  assert.equal(utf16.toString('utf16le', first.place.offset).slice(0, card.length), card);
  assert.equal(first.place.length, card.length * 2);
  const bytes = Buffer.from(text);
  assert.equal(bytes.toString('utf8', second.place.offset).slice(0, card.length), card);
  assert.deepEqual([first.place.line, first.place.column], [2, 30]);
  assert.deepEqual([second.place.line, second.place.column], [2, 30]);
});

test('names of every kind are told as they are', async (t) => {
  const cwd = useFolder(t);
  const names = ['-dash', 'new\nline', 'tab\t"quote"', '=formula', 'ünïcode', ' blank ', 'a%20b'];
  for (const name of names) writeFileSync(join(cwd, name), letter);
  const bad = Buffer.from([0x62, 0x61, 0x64, 0xff, 0xfe]);
  writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), bad]), letter);
  mkdirSync(Buffer.concat([Buffer.from(`${cwd}/folder`), bad]));
  writeFileSync(Buffer.concat([Buffer.from(`${cwd}/folder`), bad, Buffer.from('/x')]), letter);
  const lines = await scanLines(t, ['.'], { cwd });
  const whole = lines.filter((line) => line.path_base64 === undefined);
  assert.deepEqual(whole.map(({ path }) => path).sort(), names.toSorted());
  const odd = lines.flatMap((line) => (line.path_base64 === undefined ? [] : [line]));
  const exact = odd.map(({ path_base64: bytes }) => Buffer.from(bytes ?? '', 'base64'));
  assert.deepEqual(exact, [bad, Buffer.concat([Buffer.from('folder'), bad, Buffer.from('/x')])]);
  for (const line of lines) assert.deepEqual([line.status, line.findings.length], ['scored', 2]);
  const { stdout } = await scan(t, ['.'], { cwd });
  assert.match(stdout, /^\S+ +\d+ new\\nline /m);
  assert.ok(!stdout.includes('\t'));
  const dashed = await scanLines(t, ['--', '-dash'], { cwd });
  assert.deepEqual(
    dashed.map(({ path }) => path),
    ['-dash'],
  );
});

test('what cannot be read is told with the reason, and the rest goes on', async (t) => {
  // Root can read everything; so somebody else scans.
  const isRoot = process.getuid?.() === 0;
  const cwd = useFiles(t, { 'a/closed': letter, 'b/x': letter, c: letter });
  chmodSync(join(cwd, 'a/closed'), 0);
  chmodSync(join(cwd, 'b'), 0);
  chmodSync(cwd, 0o755);
  const { stdout, stderr, code } = await scan(t, ['.', '--format', 'jsonl', '--quiet'], {
    cwd,
    ...(isRoot ? { uid: 65_534 } : {}),
  });
  chmodSync(join(cwd, 'b'), 0o755);
  if (isRoot && code !== 1 && !stdout.includes('path')) {
    t.skip('nobody else may run the program where it is installed');
    return;
  }
  assert.equal(stderr, '');
  assert.deepEqual(
    parseLines(stdout).map(({ path, status, status_reason }) => [path, status, status_reason]),
    [
      ['a/closed', 'failed', 'unreadable:EACCES'],
      ['b', 'failed', 'unreadable:EACCES'],
      ['c', 'scored', null],
    ],
  );
});

test('formats that cannot be read are told and are no failure', async (t) => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const cwd = useFiles(t, { 'a.png': png, b: Buffer.from([0, 1, 2, 3, 0]), c: 'text' });
  const { code, stdout } = await scan(t, ['.', '--format', 'jsonl'], { cwd });
  assert.equal(code, 0);
  assert.deepEqual(
    parseLines(stdout).map(({ status, status_reason, score, label }) => [
      status,
      status_reason,
      score,
      label,
    ]),
    [
      ['failed', 'unsupported:image/png', null, null],
      ['failed', 'unsupported:application/octet-stream', null, null],
      ['scored', null, 0, 'public'],
    ],
  );
  const table = await scan(t, ['.'], { cwd });
  assert.match(table.stdout, /^not readable +1 application\/octet-stream, 1 image\/png$/m);
  assert.ok(!table.stdout.includes('a.png'));
  assert.match((await scan(t, ['.', '--all'], { cwd })).stdout, /^failed .*a\.png .*image\/png/m);
});

test('pictures are read when the policy says so', async (t) => {
  const cwd = useFiles(t, {
    'a.png': writePng(drawText('CARD 4539 1488 0343 6467')),
    'policy.yaml': 'version: 1\nimages: { ocr: true }\n',
  });
  const args = ['a.png', '--policy', 'policy.yaml', '--format', 'jsonl'];
  const [file] = parseLines((await scan(t, args, { cwd })).stdout);
  assert.equal(file?.status, 'scored');
  const [found] = file?.findings ?? [];
  assert.deepEqual([found?.type, found?.place.section], ['credit_card', 'image']);
});

describe('standard input', () => {
  for (const [name, input] of [
    ['small', letter],
    ['large', `${'lorem ipsum dolor\n'.repeat(200_000)}${letter}`],
    ['empty', ''],
  ] as const) {
    test(`is scanned when it is ${name}`, async (t) => {
      const [line, ...rest] = await scanLines(t, ['-'], { input });
      assert.deepEqual(rest, []);
      assert.deepEqual([line?.path, line?.status], ['-', 'scored']);
      assert.equal(line?.bytes, Buffer.byteLength(input));
      const at = line.findings.map(({ place }) =>
        input.slice(place.offset, place.offset + place.length),
      );
      assert.deepEqual(at, input === '' ? [] : [makeCard('scan'), makeIban('scan')]);
    });
  }

  test('is scanned beside files, in the order of the arguments', async (t) => {
    const cwd = useFiles(t, { a: letter, b: letter });
    const lines = await scanLines(t, ['b', '-', 'a'], { cwd, input: letter });
    assert.deepEqual(
      lines.map(({ path, findings }) => [path, findings.length]),
      [
        ['b', 2],
        ['-', 2],
        ['a', 2],
      ],
    );
  });
});

test('many files come in order, whatever their size, and threads do not change the result', async (t) => {
  const files: Record<string, string> = {};
  for (let n = 0; n < 700; n += 1) {
    const filler = n % 97 === 0 ? 'lorem ipsum dolor\n'.repeat(70_000) : 'lorem\n'.repeat(n % 13);
    files[`d${n % 7}/${n}`] = n % 5 === 0 ? `${filler}${makeLetter(String(n))}` : filler;
  }
  const cwd = useFiles(t, files);
  const key = ['--fingerprint-key', 'the same for all of these'];
  const one = await scan(t, ['.', '--format', 'jsonl', '--concurrency', '1', ...key], { cwd });
  const three = await scan(t, ['.', '--format', 'jsonl', '--concurrency', '3', ...key], { cwd });
  assert.equal(one.stdout, three.stdout);
  const lines = parseLines(one.stdout);
  assert.deepEqual(
    lines.map(({ path }) => path),
    Object.keys(files).sort(),
  );
  assert.equal(lines.filter(({ findings }) => findings.length === 2).length, 140);
});

test('--no-ignore scans what git ignores, and the table counts what is ignored', async (t) => {
  const cwd = useFiles(t, { '.gitignore': 'secret', secret: letter });
  const heeded = await scan(t, ['.'], { cwd });
  assert.equal(heeded.code, 0);
  assert.match(heeded.stdout, /^not scanned +1 ignored$/m);
  assert.equal((await scan(t, ['.', '--no-ignore'], { cwd })).code, 1);
});

test('--min-confidence takes the place of the least confidence that counts', async (t) => {
  const cwd = useFiles(t, { a: letter });
  const none = await scanLines(t, ['.', '--min-confidence', '1'], { cwd });
  assert.deepEqual([none[0]?.findings, none[0]?.score, none[0]?.label], [[], 0, 'public']);
  const more = await scanLines(t, ['.', '--min-confidence', '0.01'], { cwd });
  assert.ok((more[0]?.findings.length ?? 0) >= 2);
});

test('a report in a file is whole, in the format of its name, and not scanned itself', async (t) => {
  const cwd = useFiles(t, { a: letter });
  const out = join(cwd, 'report.json');
  writeFileSync(out, letter);
  const { code, stdout, stderr } = await scan(t, ['.', '--output', 'report.json'], { cwd });
  assert.deepEqual([code, stdout, stderr], [1, '', '']);
  const report = JSON.parse(readFileSync(out, 'utf8')) as { files: FileResult[] };
  assert.deepEqual(
    report.files.map(({ path, status }) => `${path} ${status}`),
    ['a scored', 'report.json skipped'],
  );
  assert.deepEqual(readdirSync(cwd).sort(), ['a', 'report.json']);
});

test('a report that cannot be written ends the scan with exit code 3', async (t) => {
  const cwd = useFiles(t, { a: letter });
  const { code, stderr } = await scan(t, ['a', '--output', '/dev/full', '--format', 'json'], {
    cwd,
  });
  assert.equal(code, 3);
  assert.match(stderr, /^sensitivity: the report cannot be written \(ENOSPC\)\n$/);
});

test('the own key is made once, for its user alone, and no report has it', async (t) => {
  const config = useFolder(t);
  const env = { XDG_CONFIG_HOME: config };
  const cwd = useFiles(t, { a: letter });
  await scan(t, ['.'], { cwd, env });
  assert.ok(!existsSync(join(config, 'sensitivity')), 'the table has no fingerprints');
  const runs = await Promise.all(
    Array.from({ length: 4 }, () => scan(t, ['.', '--format', 'jsonl'], { cwd, env })),
  );
  const file = join(config, 'sensitivity/fingerprint-key');
  assert.deepEqual(readdirSync(join(config, 'sensitivity')), ['fingerprint-key']);
  const key = readFileSync(file, 'utf8').trim();
  assert.match(key, /^[0-9a-f]{64}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const [first, ...others] = runs.map(({ stdout }) => stdout);
  for (const other of others) assert.equal(other, first);
  assert.ok(!first?.includes(key));
});

test('where the own key cannot be kept, the run says what that means', async (t) => {
  const cwd = useFiles(t, { a: letter, 'no-folder': '' });
  const env = { XDG_CONFIG_HOME: join(cwd, 'no-folder') };
  const { code, stderr } = await scan(t, ['a', '--format', 'jsonl'], { cwd, env });
  assert.equal(code, 1);
  assert.match(stderr, /^sensitivity: fingerprints of this run compare with no other: .*\n$/);
});

test('--help of the program loads neither engine nor threads; of scan neither', async (t) => {
  for (const args of [['--help'], ['scan', '--help']]) {
    const coverage = useFolder(t);
    await runCommand(args, { env: { NODE_V8_COVERAGE: coverage } });
    const [file = ''] = readdirSync(coverage);
    const loaded = readFileSync(join(coverage, file), 'utf8');
    assert.ok(loaded.includes('src/cli/scan-command.ts'));
    for (const part of ['src/engine/', 'src/documents/', 'piscina', 'src/cli/scan/', '/ignore/']) {
      assert.ok(!loaded.includes(part), part);
    }
  }
});
