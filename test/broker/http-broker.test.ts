import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openBroker } from '../../src/broker/open-broker.ts';
import { testBrokerContract } from './contract.ts';
import { startTestBeat, testSettings } from './start-test-beat.ts';
import { startTestIssuer } from './test-issuer.ts';

testBrokerContract('HttpBroker', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'http-broker-'));
  const issuer = await startTestIssuer();
  const settings = {
    ...testSettings(issuer, join(folder, 'beat.db')),
    leaseSeconds: 1,
    maxLeaseLosses: 1,
  };
  let beat = await startTestBeat(settings);
  const { url, port } = beat;
  const broker = openBroker(url, issuer.client);
  const admin = await issuer.token({ role: 'admin' });

  async function administer(method: string, path: string): Promise<void> {
    const headers = { Authorization: `Bearer ${admin}` };
    const response = await fetch(`${url}/api/beat${path}`, { method, headers });
    assert.ok(response.ok, `${method} ${path} answered ${response.status}`);
  }

  return {
    broker,
    leaseSeconds: settings.leaseSeconds,
    maxLeaseLosses: settings.maxLeaseLosses,
    leaseAndVanish: async (queue) => {
      const body = { worker: 'vanishing', session: randomUUID(), queues: [queue], limit: 1 };
      const answer = await issuer.client.call(`${url}/api/beat/leases`, { body });
      assert.ok(answer !== null && typeof answer === 'object' && 'tasks' in answer);
      return Array.isArray(answer.tasks) && answer.tasks.length === 1;
    },
    requeue: (id) => administer('POST', `/tasks/${id}/requeue`),
    requeueAll: (queue) => administer('POST', `/queues/${queue}/requeue`),
    discard: (id) => administer('DELETE', `/tasks/${id}`),
    goAway: () => beat.stop(),
    comeBack: async () => {
      beat = await startTestBeat({ ...settings, port });
    },
    close: async () => {
      await broker.close();
      await beat.stop();
      await issuer.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('openBroker()', () => {
  it('refuses an address it knows no engine for', async () => {
    const issuer = await startTestIssuer();
    for (const url of ['redis://localhost', 'localhost:9000', '']) {
      assert.throws(() => openBroker(url, issuer.client), /the broker must be http/);
    }
    await issuer.close();
  });
});
