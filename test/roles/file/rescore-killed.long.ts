import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { checkScores, count, settled, startScored } from './scored-files.ts';
import { startFile } from './start-file.ts';

describe('a file role that is killed while it scores anew', () => {
  it('goes on with the next sweep where it was, and ends with every score right', async () => {
    const { file, remove } = await startScored(4_000);
    await file.stop();
    const text = 'version: 1\ntypes: { email: { weight: 0.5 }, us_ssn: { off: true } }\n';
    const program = resolve(import.meta.dirname, 'change-policy-child.ts');
    const child = spawn(process.execPath, [program, file.folder, text], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = 0;
    child.stdout.setEncoding('utf8').on('data', (lines: string) => {
      seen = Math.max(seen, ...lines.trim().split('\n').map(Number));
      if (seen > 0) child.kill('SIGKILL');
    });
    await new Promise((done) => child.once('close', done));
    assert.ok(seen > 0);
    const again = await startFile({ folder: file.folder, issuer: file.issuer });
    try {
      const old = count(again, 'contents where revision = 1');
      assert.ok(old > 0 && old < 4_000, `${old} were left`);
      assert.equal((await again.post('/sweep')).body['queued'], 0);
      await settled(again);
      assert.equal(count(again, 'contents where revision = 1'), 0);
      checkScores(again, text);
    } finally {
      await again.stop();
      await remove();
    }
  });
});
