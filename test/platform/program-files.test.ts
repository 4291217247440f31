import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { readCommit } from '../../src/platform/program-files.ts';
import { useFolder } from '../support/use-folder.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const other = 'f'.repeat(40);

describe('readCommit()', () => {
  for (const [what, files] of Object.entries<Record<string, string>>({
    'the file that a build leaves': { commit: `${commit}\n`, '.git/HEAD': other },
    'the branch of a checkout': {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/refs/heads/main': `${commit}\n`,
      '.git/packed-refs': `${other} refs/heads/main\n`,
    },
    'a packed branch': {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/packed-refs': `# pack-refs with: peeled\n${other} refs/heads/old/refs/heads/main2\n${commit} refs/heads/main\n`,
    },
    'a detached head': { '.git/HEAD': `${commit}\n` },
  })) {
    it(`is read from ${what}`, (t) => {
      const folder = useFolder(t);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      assert.equal(readCommit(folder), '0123456');
    });
  }

  it('is unknown where nothing tells it', (t) => {
    const folder = useFolder(t);
    assert.equal(readCommit(folder), 'unknown');
    writeFileSync(join(folder, 'commit'), 'no commit');
    assert.equal(readCommit(folder), 'unknown');
  });
});
