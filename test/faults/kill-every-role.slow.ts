import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeCard, makeIban } from '../support/sensitive-values.ts';
import { until } from '../support/until.ts';

const uploaders = 8;
const leastUploads = 500;
const rounds = 2;
const downMilliseconds = 1_000;

let installation: Installation;
let client: Client;

before(async () => {
  installation = await Installation.start({
    env: { beat: { SENSITIVITY_SWEEP_INTERVAL: '1d', SENSITIVITY_LEASE: '5s' } },
  });
  client = await Client.register(installation.urls, 'resilient@example.com');
});

after(() => installation.stop());

interface Kept {
  id: string;
  sha256: string;
  content: string;
  cards: number;
  ibans: number;
}

let retries = 0;

/** Uploads as a careful client does: again with the same key until there is an answer. */
async function upload(n: number): Promise<Kept> {
  const [cards, ibans] = [n % 4, n % 3];
  const content = [
    `upload ${n}`,
    ...Array.from({ length: cards }, (_, i) => `credit card ${makeCard(`${n} ${i}`)}`),
    ...Array.from({ length: ibans }, (_, i) => `IBAN ${makeIban(`${n} ${i}`)}`),
    '',
  ].join('\n');
  for (;;) {
    const form = new FormData();
    form.append('file', new Blob([content]), `upload-${n}.txt`);
    try {
      const response = await client.request('/upload', {
        method: 'POST',
        body: form,
        headers: { 'Idempotency-Key': `upload ${n}` },
      });
      const text = await response.text();
      if (response.status === 201) {
        const { id, sha256 } = JSON.parse(text) as Kept;
        return { id, sha256, content, cards, ibans };
      }
      assert.ok([429, 503].includes(response.status), `${response.status}: ${text}`);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      // Refused or broken off: nobody knows whether it was kept.
    }
    retries += 1;
    await sleep(100);
  }
}

test('no upload is lost or scored twice while each role in turn is killed', async (t) => {
  const kept: Kept[] = [];
  let next = 0;
  let killing = true;
  const uploading = Array.from({ length: uploaders }, async () => {
    while (killing || next < leastUploads) {
      const n = next;
      next += 1;
      kept.push(await upload(n));
      await sleep(100);
    }
  });
  const back: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['auth', 'beat', 'file', 'worker']) {
      await installation.kill(name);
      await sleep(downMilliseconds);
      installation.launch(name);
      const start = performance.now();
      await installation.untilReady(name);
      back[name] = [...(back[name] ?? []), Math.round(performance.now() - start)];
    }
  }
  killing = false;
  await Promise.all(uploading);
  const start = performance.now();
  for (const { id, sha256, content, cards, ibans } of kept) {
    const file = await client.untilSettled(id, 60_000);
    assert.equal(file.status, 'scored');
    assert.equal(file.sha256, sha256);
    assert.equal(sha256, createHash('sha256').update(content).digest('hex'));
    assert.deepEqual(file.counts, {
      ...(cards > 0 && { credit_card: cards }),
      ...(ibans > 0 && { iban: ibans }),
    });
    const response = await client.request(`/${id}/content`);
    assert.equal(await response.text(), content);
  }
  const settledSeconds = (performance.now() - start) / 1_000;
  const [files] = installation.rows<{ n: number }>('file', 'select count(*) as n from files');
  assert.equal(files?.n, kept.length);
  const twice = installation.rows(
    'file',
    `select json_extract(body, '$.id') as id, count(*) as n from events
     where kind = 'status' and json_extract(body, '$.status') = 'scored' group by 1 having n <> 1`,
  );
  assert.deepEqual(twice, []);
  const [scored] = installation.rows<{ n: number }>(
    'file',
    `select count(distinct json_extract(body, '$.id')) as n from events
     where kind = 'status' and json_extract(body, '$.status') = 'scored'`,
  );
  assert.equal(scored?.n, kept.length);
  await until('no task being left', () => {
    const [tasks] = installation.rows<{ n: number }>(
      'beat',
      'select count(*) as n from tasks where state <> 4',
    );
    return tasks?.n === 0;
  });
  const [journal] = installation.rows<{ n: number }>(
    'worker',
    'select count(*) as n from results where delivered = 0',
  );
  assert.equal(journal?.n, 0);
  t.diagnostic(
    `${kept.length} uploads with ${retries} retries, ${rounds * 4} kills, all scored once ` +
      `${settledSeconds.toFixed(1)} s after the last; ms until ready again: ${JSON.stringify(back)}`,
  );
});
