import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type WalkEntry, walkFiles } from '../../../src/cli/scan/walk-files.ts';
import { useFolder } from '../../support/use-folder.ts';
import { useFiles, writeFiles } from './scan-folder.ts';

interface Walked {
  entries: WalkEntry[];
  /** Paths of files, relative to the folder. */
  files: string[];
  ignored: number;
}

function walk(folder: string, { names = [folder], heedsIgnore = true } = {}): Walked {
  let ignored = 0;
  const onIgnored = (): void => {
    ignored += 1;
  };
  const entries = [...walkFiles(names, { heedsIgnore, ownFiles: [], draft: undefined, onIgnored })];
  const files = entries
    .filter(({ kind }) => kind === 'file')
    .map(({ path }) => path.text.slice(folder.length + 1));
  return { entries, files, ignored };
}

function git(folder: string, ...args: string[]): string {
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env });
}

/** What git itself would track or tracks. */
function filesOfGit(folder: string): string[] {
  const listed = git(folder, 'ls-files', '-z', '-co', '--exclude-standard');
  return listed.split('\0').filter((path) => path !== '');
}

interface IgnoreCase {
  name: string;
  files: Record<string, string>;
  exclude?: string;
}

const ignoreCases: IgnoreCase[] = [
  {
    name: 'a name at any depth',
    files: { '.gitignore': 'a.txt', 'a.txt': '', 'x/a.txt': '', b: '' },
  },
  { name: 'an anchored name', files: { '.gitignore': '/a', a: '', 'x/a': '' } },
  { name: 'a slash in the middle anchors', files: { '.gitignore': 'x/a', 'x/a': '', 'y/x/a': '' } },
  { name: 'folders alone', files: { '.gitignore': 'out/', 'out/a': '', 'x/out': '', b: '' } },
  {
    name: 'what was ignored and is taken back',
    files: { '.gitignore': '*.log\n!keep.log', 'a.log': '', 'keep.log': '', 'x/keep.log': '' },
  },
  {
    name: 'nothing is taken back from a folder that is ignored',
    files: { '.gitignore': 'out/\n!out/a', 'out/a': '', b: '' },
  },
  {
    name: 'a deeper file beats a shallower',
    files: { '.gitignore': '*.log', 'x/.gitignore': '!*.log', 'a.log': '', 'x/a.log': '' },
  },
  {
    name: 'a folder taken back by a deeper file is walked',
    files: { '.gitignore': 'build/', 'x/.gitignore': '!build/', 'x/build/a': '', 'build/a': '' },
  },
  {
    name: 'rules of a folder are relative to it',
    files: { 'x/.gitignore': '/a\nb', a: '', b: '', 'x/a': '', 'x/y/a': '', 'x/y/b': '' },
  },
  {
    name: 'two asterisks',
    files: {
      '.gitignore': '**/logs/*.txt\nx/**/z',
      'logs/a.txt': '',
      'q/logs/b.txt': '',
      'x/z': '',
      'x/y/z': '',
    },
  },
  {
    name: 'question marks and ranges',
    files: { '.gitignore': '?.[oa]\n[!a-c]x', 'a.o': '', 'ab.o': '', ax: '', zx: '' },
  },
  {
    name: 'comments, blanks and escapes',
    files: {
      '.gitignore': '# a\n\n\\#b\n\\!c\nd\\ \ne  ',
      '# a': '',
      '#b': '',
      '!c': '',
      'd ': '',
      e: '',
    },
  },
  {
    name: 'rules of a folder whose name is a pattern',
    files: { '[x]*/.gitignore': 'a\n/b', '[x]*/a': '', '[x]*/b': '', '[x]*/c/b': '', 'x/a': '' },
  },
  { name: 'a mark before the first rule', files: { '.gitignore': '\ufeffa', a: '', b: '' } },
  {
    name: 'lines that end as in DOS',
    files: { '.gitignore': 'a/\r\nb/\r\n', 'a/x': '', 'c/x': '' },
  },
  { name: 'names beyond ASCII', files: { '.gitignore': 'à*\n日本', àb: '', 日本: '', b: '' } },
  { name: 'info/exclude', files: { a: '', b: '', 'x/a': '' }, exclude: 'a\n' },
  {
    name: 'info/exclude comes last',
    files: { '.gitignore': '!a', a: '', b: '' },
    exclude: 'a\nb\n',
  },
];

describe('what git ignores is ignored', () => {
  for (const { name, files, exclude } of ignoreCases) {
    test(name, (t) => {
      const folder = useFiles(t, files);
      git(folder, 'init', '-q');
      if (exclude !== undefined) writeFileSync(join(folder, '.git/info/exclude'), exclude);
      const { files: walked, ignored } = walk(folder);
      // What has CR before the end of line is left to the cases above: git has it in the pattern.
      if (!name.includes('DOS')) assert.deepEqual(walked.sort(), filesOfGit(folder).sort());
      assert.ok(walked.length < Object.keys(files).length);
      assert.ok(ignored > 0);
      const all = walk(folder, { names: [folder], heedsIgnore: false });
      assert.equal(all.files.length, Object.keys(files).length);
      assert.equal(all.ignored, 0);
    });
  }

  test('whatever the rules are', (t) => {
    const root = useFolder(t);
    const segment = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '?', '[ab]', '**');
    const rule = fc
      .tuple(
        fc.constantFrom('', '!'),
        fc.constantFrom('', '/'),
        fc.array(segment, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/'),
      )
      .map(([not, start, segments, end]) => `${not}${start}${segments.join('/')}${end}`)
      // More than two are not heeded: see below.
      .filter((text) => text.split('**').length <= 3);
    const rules = fc.array(rule, { maxLength: 4 }).map((lines) => lines.join('\n'));
    const paths = [
      'a',
      'b',
      'ab',
      'c/a',
      'c/b',
      'c/ab',
      'ba/a/b',
      'ba/b/a',
      'ba/ab/ab/a',
      'c/ba/b',
    ];
    let run = 0;
    fc.assert(
      fc.property(rules, rules, rules, (top, c, ba) => {
        run += 1;
        const folder = join(root, String(run));
        writeFiles(folder, Object.fromEntries(paths.map((path) => [path, ''])));
        writeFiles(folder, { '.gitignore': top, 'c/.gitignore': c, 'ba/.gitignore': ba });
        git(folder, 'init', '-q');
        assert.deepEqual(walk(folder).files.sort(), filesOfGit(folder).sort());
      }),
      { numRuns: 60 },
    );
  });
});

describe('rules above what is named', () => {
  const files = {
    '.gitignore': 'skip\n*.log\nout/',
    'x/.gitignore': 'deep',
    'x/y/skip': '',
    'x/y/deep': '',
    'x/y/a.log': '',
    'x/y/a': '',
    'out/a.log': '',
    'out/b': '',
  };

  test('are heeded within a repository', (t) => {
    const folder = useFiles(t, files);
    git(folder, 'init', '-q');
    assert.deepEqual(walk(folder, { names: [join(folder, 'x/y')] }).files, ['x/y/a']);
  });

  test('are not heeded where there is no repository', (t) => {
    const folder = useFiles(t, files);
    assert.equal(walk(folder, { names: [join(folder, 'x/y')] }).files.length, 4);
    assert.ok(!walk(folder).files.includes('x/y/skip'), 'those below what is named are');
  });

  test('do not speak of a folder that they ignore and that is named', (t) => {
    const folder = useFiles(t, files);
    git(folder, 'init', '-q');
    assert.deepEqual(walk(folder, { names: [join(folder, 'out')] }).files, ['out/a.log', 'out/b']);
  });

  test('do not speak of a file that is named', (t) => {
    const folder = useFiles(t, files);
    git(folder, 'init', '-q');
    const names = [join(folder, 'x/y/skip')];
    assert.deepEqual(walk(folder, { names }).files, ['x/y/skip']);
  });

  test('end where another repository begins', (t) => {
    const folder = useFiles(t, { '.gitignore': 'a', 'inner/a': '', 'inner/b': '', a: '' });
    git(folder, 'init', '-q');
    git(join(folder, 'inner'), 'init', '-q');
    assert.deepEqual(walk(folder).files, ['.gitignore', 'inner/a', 'inner/b']);
  });

  test('of info/exclude are heeded in a linked work tree', (t) => {
    const folder = useFiles(t, { 'main/tracked': '' });
    const main = join(folder, 'main');
    git(main, 'init', '-q');
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
    git(main, 'add', '-A');
    git(main, ...who, 'commit', '-q', '-m', 'First');
    git(main, 'worktree', 'add', '-q', '../linked');
    writeFileSync(join(main, '.git/info/exclude'), 'local\n');
    writeFiles(folder, { 'linked/local': '', 'linked/other': '' });
    const { files: walked } = walk(join(folder, 'linked'));
    assert.deepEqual(walked, ['.git', 'other', 'tracked']);
  });
});

test('rules cannot make the walk slow', (t) => {
  const deep = Array.from({ length: 300 }, () => 'aa').join('/');
  const hostile = ['**/*a/'.repeat(12), '*a'.repeat(60), '**/a/**/a/'.repeat(9)].join('b\n');
  const folder = useFiles(t, { '.gitignore': `${hostile}\n`, [`${deep}/b`]: '', c: '' });
  const started = performance.now();
  assert.deepEqual(walk(folder).files, ['.gitignore', `${deep}/b`, 'c']);
  assert.ok(performance.now() - started < 2_000);
});

test('.git folders are never walked, other hidden ones are', (t) => {
  const folder = useFiles(t, { '.git/config': '', 'x/.git/config': '', '.env': '', '.ssh/id': '' });
  for (const heedsIgnore of [true, false]) {
    const { files } = walk(folder, { names: [folder], heedsIgnore });
    assert.deepEqual(files, ['.env', '.ssh/id']);
  }
});

test('files come in the order of their names', (t) => {
  const folder = useFiles(t, { 'b/a': '', 'a/z': '', c: '', 'a/b/c': '', B: '' });
  assert.deepEqual(walk(folder).files, ['B', 'a/b/c', 'a/z', 'b/a', 'c']);
});

test('links are not followed unless they are named, and loops are no harm', (t) => {
  const folder = useFiles(t, { 'a/b': 'b', 'a/c/d': 'd' });
  symlinkSync('..', join(folder, 'a/c/loop'));
  symlinkSync('self', join(folder, 'self'));
  symlinkSync('a/b', join(folder, 'to-file'));
  const { files, entries } = walk(folder);
  assert.deepEqual(files, ['a/b', 'a/c/d']);
  const passed = entries.flatMap((entry) => (entry.kind === 'passed' ? [entry] : []));
  assert.deepEqual(
    passed.map(({ path, status, reason }) => [path.text.slice(folder.length + 1), status, reason]),
    [
      ['a/c/loop', 'skipped', 'symbolic_link'],
      ['self', 'skipped', 'symbolic_link'],
      ['to-file', 'skipped', 'symbolic_link'],
    ],
  );
  const loop = join(folder, 'a/c/loop');
  assert.deepEqual(walk(folder, { names: [loop] }).files, ['a/c/loop/b', 'a/c/loop/c/d']);
  assert.deepEqual(walk(folder, { names: [join(folder, 'to-file')] }).files, ['to-file']);
  const [broken] = walk(folder, { names: [join(folder, 'self')] }).entries;
  assert.ok(broken?.kind === 'passed');
  assert.deepEqual([broken.status, broken.reason], ['failed', 'unreadable:ELOOP']);
});

test('special files are skipped with their kind as the reason', async (t) => {
  const folder = useFiles(t, { a: '' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  const { entries } = walk(folder);
  assert.deepEqual(
    entries.map((entry) => (entry.kind === 'passed' ? [entry.status, entry.reason] : entry.kind)),
    ['file', ['skipped', 'special:fifo'], ['skipped', 'special:socket']],
  );
});

test('what the run writes itself is not read', (t) => {
  const folder = useFiles(t, { a: '', draft: '', report: '' });
  const ownFiles = [statSync(join(folder, 'report'))];
  const draft = statSync(join(folder, 'draft'));
  const options = { heedsIgnore: true, ownFiles, draft, onIgnored: () => {} };
  const [, own, ...rest] = walkFiles([folder], options);
  assert.deepEqual(rest, []);
  assert.ok(own?.kind === 'passed');
  assert.deepEqual([own.status, own.reason], ['skipped', 'own_report']);
});

test('a tree deeper than the system takes paths is walked as far as it goes, and says where', (t) => {
  const folder = useFolder(t);
  const name = 'd'.repeat(200);
  const parts = Array.from({ length: 15 }, () => name).join('/');
  mkdirSync(join(folder, 'upper', parts), { recursive: true });
  mkdirSync(join(folder, 'lower', parts), { recursive: true });
  writeFileSync(join(folder, 'lower', parts, 'deep'), '');
  renameSync(join(folder, 'lower'), join(folder, 'upper', parts, 'lower').slice(0, 4_000));
  const last = walk(folder).entries.at(-1);
  assert.ok(last?.kind === 'passed');
  assert.deepEqual([last.status, last.reason], ['failed', 'unreadable:ENAMETOOLONG']);
});

test('a path is the same however it is named', (t) => {
  const folder = useFiles(t, { 'x/a': '' });
  for (const name of ['x', 'x/', 'x//', './x', 'x/../x', 'x/a', 'x/./a']) {
    const { entries } = walk(folder, { names: [`${folder}/${name}`] });
    assert.deepEqual(
      entries.map(({ path }) => path.text),
      [join(folder, 'x/a')],
      name,
    );
  }
});
