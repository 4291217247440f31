import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Registry } from '../../../src/platform/metrics.ts';
import { createFileMetrics } from '../../../src/roles/file/file-metrics.ts';
import { UploadSlots } from '../../../src/roles/file/upload-slots.ts';

it('one user has half of the slots at most, and somebody else never waits for them', async () => {
  const slots = new UploadSlots(4, createFileMetrics(new Registry()));
  const { promise: stalled, resolve: finish } = Promise.withResolvers<string>();
  const started: string[] = [];
  const upload = (subject: string): Promise<string> =>
    slots.run(subject, () => {
      started.push(subject);
      return stalled;
    });
  const greedy = [upload('greedy'), upload('greedy'), upload('greedy'), upload('greedy')];
  const other = upload('other');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(started, ['greedy', 'greedy', 'other']);
  finish('done');
  assert.deepEqual(await Promise.all([...greedy, other]), Array(5).fill('done'));
  assert.equal(started.length, 5);
});

it('who comes when too many wait is told to come back', async () => {
  const slots = new UploadSlots(1, createFileMetrics(new Registry()));
  const { promise: stalled, resolve: finish } = Promise.withResolvers<void>();
  const accepted = Array.from({ length: 9 }, () => slots.run('ana', () => stalled));
  await assert.rejects(
    slots.run('bob', () => stalled),
    { code: 'unavailable' },
  );
  finish();
  await Promise.all(accepted);
});
