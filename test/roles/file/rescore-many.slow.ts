import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, describe, it } from 'node:test';
import { checkScores, count, putPolicy, settled, startScored } from './scored-files.ts';
import type { RunningFile } from './start-file.ts';

describe('a change of weight over 10,000 scored files', () => {
  const contents = 10_000;
  let file: RunningFile;
  let remove: () => Promise<void>;
  before(async () => {
    ({ file, remove } = await startScored(contents));
  });
  after(() => remove());

  it('scores them all without reading one, and keeps answering', async (t) => {
    const text = 'version: 1\ntypes: { email: { weight: 0.6 } }\n';
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const start = performance.now();
    await putPolicy(file, text);
    await settled(file);
    const milliseconds = Math.round(performance.now() - start);
    delay.disable();
    const longest = Math.round(delay.max / 1e6);
    t.diagnostic(`${contents} files in ${milliseconds} ms, longest pause ${longest} ms`);
    assert.ok(milliseconds < 20_000, `${milliseconds} ms`);
    assert.ok(longest < 1_000, `${longest} ms`);
    assert.equal(count(file, 'outbox'), 0);
    assert.deepEqual(file.contents(), []);
    checkScores(file, text, 97);
  });

  it('costs next to nothing when the change is to a type that is nowhere', async () => {
    const events = count(file, "events where kind = 'status'");
    await putPolicy(file, 'version: 1\ntypes: { email: { weight: 0.6 }, iban: { weight: 0.9 } }\n');
    await settled(file);
    assert.equal(count(file, "events where kind = 'status'"), events);
    assert.equal(count(file, 'outbox'), 0);
  });
});
