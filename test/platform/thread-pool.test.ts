import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ThreadEnded, ThreadPool } from '../../src/platform/thread-pool.ts';
import type { Errand } from './thread-pool-entry.ts';

const cases: { what: Errand['what']; failure: string }[] = [
  { what: 'exit', failure: 'crashed' },
  { what: 'throw', failure: 'crashed' },
  { what: 'wait', failure: 'timeout' },
  { what: 'hoard', failure: 'memory' },
];

for (const { what, failure } of cases) {
  test(`a task that does "${what}" fails as ${failure}, and the pool goes on`, async (t) => {
    const pool = new ThreadPool<Errand, string>({
      entry: new URL('./thread-pool-entry.ts', import.meta.url),
      threads: 1,
      threadMemoryBytes: 2 ** 25,
      cacheFolders: [],
    });
    t.after(() => pool.close());
    const { signal } = new AbortController();
    const deadlineMilliseconds = what === 'wait' ? 500 : 30_000;
    await assert.rejects(pool.run({ what }, { signal, deadlineMilliseconds }), (error) => {
      assert.ok(error instanceof ThreadEnded);
      assert.equal(error.failure, failure);
      return true;
    });
    assert.equal(await pool.run({ what: 'answer' }, { signal }), 'done');
  });
}
