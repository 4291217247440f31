import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';

const watchedSeconds = 60;

let installation: Installation;
let client: Client;

before(async () => {
  installation = await Installation.start({
    processes: ['auth', 'beat', 'beat2', 'file', 'worker'],
  });
  client = await Client.register(installation.urls, 'twins@example.com');
});

after(() => installation.stop());

interface Run {
  tick: string;
  task_id: string | null;
}

test('two beats on one database fire a schedule of 1 s once a second', async (t) => {
  const headers = {
    Authorization: `Bearer ${client.token}`,
    'Content-Type': 'application/json',
  };
  const url = `${installation.url('beat')}/api/beat/schedules`;
  const schedule = {
    name: 'every-second',
    task: 'update_sensitivity_score',
    queue: 'maintenance',
    interval_seconds: 1,
    overlap: 'queue',
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(schedule) });
  assert.equal(response.status, 201, await response.text());
  await sleep(watchedSeconds * 1_000);
  const listed = await fetch(`${url}/every-second/runs`, { headers });
  const runs = (await listed.json()) as Run[];
  const ticks = runs.map(({ tick }) => Date.parse(tick)).toSorted((a, b) => a - b);
  const tasks = new Set(runs.map(({ task_id }) => task_id));
  const byBeat = await Promise.all(
    ['beat', 'beat2'].map((name) =>
      installation.metric(name, 'sensitivity_schedule_ticks_total', 'schedule="every-second"'),
    ),
  );
  t.diagnostic(
    `${ticks.length} ticks in ${watchedSeconds} s, fired by the two beats ${byBeat.join(' and ')} times`,
  );
  assert.ok(Math.abs(ticks.length - watchedSeconds) <= 1, `${ticks.length} ticks`);
  assert.equal(tasks.size, ticks.length);
  for (const [index, tick] of ticks.entries()) {
    if (index > 0) assert.equal(tick - (ticks[index - 1] ?? 0), 1_000);
  }
});
