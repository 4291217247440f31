import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createApp } from '../../src/platform/http/create-app.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';

it('HEAD lets go of what the body of the GET would have held open', async () => {
  let cancelled = 0;
  const app = createApp({
    role: 'file',
    version: '0.0.0-test',
    log: createLog('file', 'silent'),
    metrics: createMetrics('file'),
    checks: {},
    description: '',
    routes: (routes) => {
      routes.get('/stream', (c) =>
        c.body(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(10)),
            cancel: () => {
              cancelled += 1;
            },
          }),
          200,
          { 'Content-Length': '1000' },
        ),
      );
    },
  });
  const response = await app.request('/api/file/stream', { method: 'HEAD' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-length'), '1000');
  assert.equal(await response.text(), '');
  assert.equal(cancelled, 1);
});
