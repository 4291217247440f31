import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPolicy } from '../../../src/engine/policy.ts';
import { ThreadNotStarted } from '../../../src/platform/thread-pool.ts';
import { ScanPool } from '../../../src/roles/worker/scan-pool.ts';
import { sharePolicy } from '../../../src/roles/worker/shared-policy.ts';

test('scans for which no thread starts are given back at once, and say what to change', async () => {
  const pool = new ScanPool({ threads: 2, threadMemoryBytes: 6 * 1_048_576, cacheFolders: [] });
  const request = {
    contentUrl: 'http://127.0.0.1:9/',
    token: 'none',
    size: 1,
    policy: sharePolicy(defaultPolicy, 1),
    fingerprintKey: new Uint8Array(32),
    pictureMilliseconds: 1_000,
    progress: new SharedArrayBuffer(8),
  };
  const limits = { deadlineMilliseconds: 60_000, signal: new AbortController().signal };
  for (let round = 0; round < 2; round += 1) {
    const runs = [1, 2, 3].map(() => pool.run(request, limits));
    for (const answer of await Promise.allSettled(runs)) {
      assert.equal(answer.status, 'rejected');
      assert.ok(answer.reason instanceof ThreadNotStarted, String(answer.reason));
      assert.match(answer.reason.message, /--thread-memory: allow more/);
    }
  }
  await pool.close();
});
