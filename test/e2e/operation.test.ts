import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation } from '../support/installation.ts';

let installation: Installation;

before(async () => {
  installation = await Installation.start();
});

after(() => installation.stop());

const roles = ['auth', 'beat', 'file', 'worker'] as const;

function get(role: string, path: string): Promise<Response> {
  return fetch(`${installation.url(role)}${path}`);
}

for (const role of roles) {
  describe(`the role ${role}`, () => {
    test('tells that it is alive and ready, with and without its prefix and a slash', async () => {
      for (const path of ['/healthcheck', `/api/${role}/healthcheck`, '/healthcheck/']) {
        const response = await get(role, path);
        assert.equal(response.status, 200, path);
        const body = (await response.json()) as Record<string, unknown>;
        assert.equal(body['status'], 'ok');
        assert.equal(body['role'], role);
      }
      const ready = await get(role, '/readyz');
      assert.equal(ready.status, 200);
      const { checks } = (await ready.json()) as { checks: Record<string, string> };
      assert.equal(checks['database'], 'ok');
      assert.ok(Object.values(checks).every((result) => result === 'ok'));
    });

    test('gives its metrics on its own port and not on the public path', async () => {
      const response = await get(role, '/metrics');
      assert.equal(response.status, 200);
      const text = await response.text();
      assert.match(text, /^process_resident_memory_bytes\{?.*\}? \d/m);
      assert.match(text, /^sensitivity_http_request_duration_seconds_count/m);
      assert.match(text, new RegExp(`role="${role}"`));
      const behindProxy = await get(role, `/api/${role}/metrics`);
      assert.equal(behindProxy.status, 404);
      await behindProxy.body?.cancel();
    });

    test('describes itself as OpenAPI 3.1', async () => {
      const response = await get(role, `/api/${role}/openapi.json`);
      assert.equal(response.status, 200);
      const document = (await response.json()) as {
        openapi: string;
        info: { version: string };
        servers: { url: string }[];
        paths: Record<string, Record<string, { operationId?: string }>>;
      };
      assert.equal(document.openapi, '3.1.0');
      assert.equal(document.servers[0]?.url, `/api/${role}`);
      const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
      const ids = operations.map(({ operationId }) => operationId ?? '');
      assert.ok(ids.includes('healthcheck'));
      assert.ok(!ids.includes(''));
      assert.equal(new Set(ids).size, ids.length);
    });

    test('has a page of documentation that loads nothing from elsewhere', async () => {
      const page = await get(role, `/api/${role}/docs`);
      assert.equal(page.status, 200);
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      const html = await page.text();
      assert.ok(!/(src|href)="(https?:)?\/\//.test(html));
      const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
      assert.ok(assets.some((url) => url.endsWith('.js')));
      assert.ok(assets.some((url) => url.endsWith('.css')));
      for (const url of assets) {
        const asset = await get(role, url);
        assert.equal(asset.status, 200, url);
        assert.equal(asset.headers.get('x-content-type-options'), 'nosniff');
        assert.ok((await asset.arrayBuffer()).byteLength > 100);
      }
    });

    test('sends security headers and a request id with every answer, errors too', async () => {
      for (const path of ['/healthcheck', '/nothing/here', `/api/${role}/openapi.json`]) {
        const response = await fetch(`${installation.url(role)}${path}`, {
          headers: { 'X-Request-Id': 'given-by-the-caller' },
        });
        await response.body?.cancel();
        const { headers } = response;
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
        assert.equal(headers.get('x-frame-options'), 'DENY');
        assert.equal(headers.get('referrer-policy'), 'no-referrer');
        assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
        assert.equal(headers.get('x-request-id'), 'given-by-the-caller');
        assert.equal(headers.get('x-powered-by'), null);
        assert.equal(headers.get('server'), null);
      }
    });
  });
}
