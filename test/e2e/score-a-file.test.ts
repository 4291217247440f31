import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Client } from '../support/client.ts';
import { EventStream } from '../support/event-stream.ts';
import { Installation } from '../support/installation.ts';
import { makeCard, makeIban, makeLetter } from '../support/sensitive-values.ts';
import { until } from '../support/until.ts';

let installation: Installation;
let client: Client;

before(async () => {
  // Whatever is scored within this test was not found by a sweep.
  installation = await Installation.start({ env: { beat: { SENSITIVITY_SWEEP_INTERVAL: '1d' } } });
  client = await Client.register(installation.urls, 'ada@example.com');
});

after(() => installation.stop());

test('an upload is scored, with label, findings and shares that add up', async () => {
  const uploaded = await client.uploadFile('letter.txt', makeLetter('first'));
  assert.equal(uploaded.status, 'pending');
  const file = await client.untilSettled(uploaded.id);
  assert.equal(file.status, 'scored');
  assert.equal(file.status_reason, null);
  assert.equal(file.label, 'confidential');
  assert.equal(file.media_type, 'text/plain');
  assert.deepEqual(file.counts, { credit_card: 1, iban: 1 });
  assert.deepEqual(file.shares.map(({ type }) => type).toSorted(), ['credit_card', 'iban']);
  const sum = file.shares.reduce((total, { share }) => total + share, 0);
  assert.equal(sum, file.sensitivity_score);
  assert.ok(sum > 50);
  const findings = await client.json<{ type: string; excerpt: string; line: number }[]>(
    `/${file.id}/findings`,
  );
  assert.deepEqual(
    findings.map(({ type }) => type),
    ['credit_card', 'iban'],
  );
  const told = JSON.stringify({ file, findings });
  assert.ok(!told.includes(makeCard('first')) && !told.includes(makeIban('first')));
});

test('a file with nothing in it that matters scores 0', async () => {
  const uploaded = await client.uploadFile('menu.txt', 'Soup, bread and cheese at noon.\n');
  const file = await client.untilSettled(uploaded.id);
  assert.deepEqual(
    [file.status, file.sensitivity_score, file.label, file.shares],
    ['scored', 0, 'public', []],
  );
});

test('what was uploaded can be downloaded again, byte for byte', async () => {
  const content = makeLetter('download');
  const { filepath, id, sha256 } = await client.uploadFile('down.txt', content);
  assert.equal(sha256, createHash('sha256').update(content).digest('hex'));
  const response = await fetch(`${installation.url('file')}${filepath}`, {
    headers: { Authorization: `Bearer ${client.token}` },
  });
  assert.equal(await response.text(), content);
  const range = await client.request(`/${id}/content`, { headers: { Range: 'bytes=0-5' } });
  assert.equal(range.status, 206);
  assert.equal(await range.text(), content.slice(0, 6));
});

test('the event stream tells of an upload, its score and its deletion as they happen', async () => {
  const stream = await EventStream.open(installation.url('file'), client.token);
  try {
    const { id } = await client.uploadFile('watched.txt', makeLetter('watched'));
    const scored = await until('the scored event', () =>
      stream.find('status', { id, status: 'scored' }),
    );
    assert.ok(Number(scored.data['sensitivity_score']) > 0);
    assert.equal(scored.data['label'], 'confidential');
    assert.ok(stream.find('status', { id, status: 'pending' }));
    const response = await client.request(`/${id}`, { method: 'DELETE' });
    assert.equal(response.status, 204);
    await until('the deleted event', () => stream.find('deleted', { id }));
    await stream.close();

    const again = await EventStream.open(installation.url('file'), client.token, {
      'Last-Event-ID': scored.id,
    });
    await until('the event missed meanwhile', () => again.find('deleted', { id }));
    assert.equal(again.find('status', { id }), undefined);
    await again.close();
  } finally {
    await stream.close();
  }
});

test('a session is refreshed, and the new access token is good', async () => {
  const refresh = (token: string): Promise<Response> =>
    fetch(`${installation.url('auth')}/api/auth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
    });
  const visitor = await Client.register(installation.urls, 'visitor@example.com');
  const response = await refresh(visitor.refreshToken);
  assert.equal(response.status, 200);
  const answer = (await response.json()) as { access_token: string; refresh_token: string };
  assert.notEqual(answer.refresh_token, visitor.refreshToken);
  visitor.token = answer.access_token;
  assert.deepEqual(await visitor.json('/'), []);
});

test('one person sees nothing of what another has', async () => {
  const { id } = await client.uploadFile('private.txt', makeLetter('private'));
  const stranger = await Client.register(installation.urls, 'stranger@example.com');
  const stream = await EventStream.open(installation.url('file'), stranger.token);
  for (const path of [`/${id}`, `/${id}/content`, `/${id}/findings`]) {
    const response = await stranger.request(path);
    assert.equal(response.status, 404, path);
    await response.body?.cancel();
  }
  await client.untilSettled(id);
  const own = await stranger.uploadFile('own.txt', 'mine');
  await until('the own event', () => stream.find('status', { id: own.id, status: 'scored' }));
  assert.ok(stream.events.every(({ data }) => data['id'] === own.id));
  await stream.close();
});

test('without a token, or with one that was tampered with, the answer is 401', async () => {
  const [head, , signature] = client.token.split('.');
  const claims = Buffer.from(JSON.stringify({ sub: 'somebody' })).toString('base64url');
  for (const authorization of ['', 'Bearer nonsense', `Bearer ${head}.${claims}.${signature}`]) {
    const response = await client.request('/', { headers: { Authorization: authorization } });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    await response.body?.cancel();
  }
});

test('the same upload under one Idempotency-Key is one file', async () => {
  const send = async (): Promise<{ status: number; id: string }> => {
    const form = new FormData();
    form.append('file', new Blob([makeLetter('once')]), 'once.txt');
    const headers = { 'Idempotency-Key': 'upload-once' };
    const response = await client.request('/upload', { method: 'POST', body: form, headers });
    const { id } = (await response.json()) as { id: string };
    return { status: response.status, id };
  };
  const [first, second] = await Promise.all([send(), send()]);
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.equal(first.id, second.id);
});
