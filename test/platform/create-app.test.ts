import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../src/platform/app-error.ts';
import { type App, createApp, toRoutePath } from '../../src/platform/http/create-app.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics, type Registry } from '../../src/platform/metrics.ts';

const addNote = createRoute({
  method: 'post',
  path: '/notes/{id}',
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({ limit: z.coerce.number().int().max(10).default(1) }),
    body: {
      required: true,
      content: {
        'application/json': { schema: z.object({ note: z.object({ text: z.string() }) }) },
      },
    },
  },
  responses: { 201: { description: 'Added.' } },
});

let isReady = true;

function addRoutes(app: App): void {
  app.openapi(addNote, (c) => c.body(null, 201));
  app.get('/notes/:id', (c) => c.json({ id: c.req.param('id') }));
  app.get('/page', (c) => c.html('<p>', 200, { 'Content-Security-Policy': "default-src 'self'" }));
  app.get('/conflict', () => {
    throw new AppError('conflict', 'it is taken', { headers: { 'X-Hint': 'later' } });
  });
  app.get('/broken', () => {
    throw new Error('the secret is 1234');
  });
  app.get('/full', () => {
    throw Object.assign(new Error('write failed'), { code: 'ENOSPC' });
  });
}

describe('createApp()', () => {
  let app: App;
  let metrics: Registry;

  before(() => {
    metrics = createMetrics('test');
    app = createApp({
      role: 'test',
      version: '1.2.3',
      description: 'A role for tests.',
      log: createLog('test', 'silent'),
      metrics,
      checks: {
        weather: () => {
          if (!isReady) throw new Error('it rains');
        },
      },
      routes: addRoutes,
    });
  });

  const post = async (path: string, body: string, type = 'application/json') => {
    const headers = { 'Content-Type': type };
    return await app.request(path, { method: 'POST', body, headers });
  };

  for (const path of ['/notes/7', '/api/test/notes/7', '/notes/7/', '/api/test/notes/7//?a=b']) {
    it(`answers ${path} the same`, async () => {
      const response = await app.request(path);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { id: '7' });
    });
  }

  it('does not take another role’s path for its own', async () => {
    assert.equal((await app.request('/api/tester/notes/7')).status, 404);
  });

  it('gives every answer a request id: the caller’s, or a new one', async () => {
    const given = { 'X-Request-Id': 'abc-123' };
    const kept = await app.request('/notes/7', { headers: given });
    assert.equal(kept.headers.get('x-request-id'), 'abc-123');
    const fresh = new Set<string | null>();
    for (const id of ['spaces are not plain', 'x'.repeat(65), '<script>']) {
      const { headers } = await app.request('/notes/7', { headers: { 'X-Request-Id': id } });
      fresh.add(headers.get('x-request-id'));
    }
    assert.equal(fresh.size, 3);
    for (const id of fresh) assert.match(id ?? '', /^[\da-f]{8}-[\da-f]{4}-7/);
  });

  for (const path of ['/notes/7', '/nowhere', '/broken', '/healthcheck', '/openapi.json']) {
    it(`sets the security headers on ${path}`, async () => {
      const { headers } = await app.request(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    });
  }

  it('leaves a page its own content policy', async () => {
    const { headers } = await app.request('/page');
    assert.equal(headers.get('content-security-policy'), "default-src 'self'");
  });

  const problems: [path: string, status: number, code: string][] = [
    ['/nowhere', 404, 'not_found'],
    ['/conflict', 409, 'conflict'],
    ['/broken', 500, 'internal_error'],
    ['/full', 507, 'storage_full'],
  ];
  for (const [path, status, code] of problems) {
    it(`answers ${path} with a problem ${code}`, async () => {
      const response = await app.request(path, { headers: { 'X-Request-Id': 'abc' } });
      assert.equal(response.status, status);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      assert.equal(response.headers.get('cache-control'), 'no-store');
      const text = await response.text();
      const body = JSON.parse(text);
      assert.deepEqual([body.status, body.code, body.request_id], [status, code, 'abc']);
      assert.ok(!text.includes('1234'));
    });
  }

  it('keeps the headers of an error', async () => {
    assert.equal((await app.request('/conflict')).headers.get('x-hint'), 'later');
  });

  it('answers 405 with the methods that are allowed', async () => {
    for (const [path, allow] of [
      ['/api/test/notes/7/', 'GET, POST'],
      ['/healthcheck', 'GET'],
    ] as const) {
      const response = await app.request(path, { method: 'DELETE' });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), allow);
    }
  });

  it('names the fields that do not fit, by the part of the request', async () => {
    const response = await post('/notes/7?limit=11', '{"note":{"text":1}}');
    assert.equal(response.status, 400);
    const query = (await response.json()) as { errors: { field: string }[] };
    assert.deepEqual(
      query.errors.map(({ field }) => field),
      ['query.limit'],
    );
    const body = (await (await post('/notes/7', '{"note":{"text":1}}')).json()) as typeof query;
    assert.deepEqual(
      body.errors.map(({ field }) => field),
      ['body.note.text'],
    );
  });

  it('refuses broken JSON with 400 and another content type with 415', async () => {
    const broken = await post('/notes/7', '{"note":');
    assert.equal(broken.status, 400);
    assert.equal(broken.headers.get('content-type'), 'application/problem+json');
    const text = await post('/notes/7', 'note', 'text/plain');
    assert.equal(text.status, 415);
    assert.equal(((await text.json()) as { code: string }).code, 'unsupported_media_type');
  });

  it('is alive whatever happens, and ready when its checks pass', async () => {
    const health = async (path: string) => {
      const response = await app.request(path);
      return [response.status, await response.json()];
    };
    assert.deepEqual(await health('/api/test/healthcheck'), [
      200,
      { status: 'ok', role: 'test', version: '1.2.3' },
    ]);
    assert.deepEqual(await health('/readyz'), [
      200,
      { status: 'ready', checks: { weather: 'ok' } },
    ]);
    isReady = false;
    assert.deepEqual(await health('/readyz'), [
      503,
      { status: 'not_ready', checks: { weather: 'it rains' } },
    ]);
    assert.equal((await app.request('/healthcheck')).status, 200);
    isReady = true;
  });

  it('shows metrics by route, never by path, and not under the public path', async () => {
    await app.request('/notes/secret-name');
    const text = await (await app.request('/metrics')).text();
    assert.match(text, /method="GET",route="\/notes\/:id",status="200"/);
    assert.ok(!text.includes('secret-name'));
    assert.equal((await app.request('/api/test/metrics')).status, 404);
  });

  it('describes itself and serves its documentation without a foreign host', async () => {
    const schema = (await (await app.request('/api/test/openapi.json')).json()) as {
      openapi: string;
      servers: unknown;
    };
    assert.equal(schema.openapi, '3.1.0');
    assert.deepEqual(schema.servers, [{ url: '/api/test' }]);
    const page = await (await app.request('/api/test/docs')).text();
    assert.doesNotMatch(page, /https?:\/\//);
    const script = await app.request('/api/test/docs/swagger-ui-dist/swagger-ui-bundle.js');
    assert.equal(script.status, 200);
    assert.match(script.headers.get('content-type') ?? '', /javascript/);
    assert.equal((await app.request('/docs/swagger-ui-dist/package.json')).status, 404);
    const scripts = [...page.matchAll(/(?:src|href)="\/api\/test(\/[^"]+)"/g)];
    for (const [, path = ''] of scripts) assert.equal((await app.request(path)).status, 200, path);
    assert.doesNotMatch(page, /<script>/);
  });

  it('lets its documentation sign people in by code, and hand what they get to every call', async () => {
    const start = await (await app.request('/api/test/docs/start.js')).text();
    assert.match(start, /clientId: 'swagger', usePkceWithAuthorizationCodeGrant: true/);
    const back = await app.request('/api/test/docs/oauth2-redirect.html');
    assert.match(await back.text(), /docs\/swagger-ui-dist\/oauth2-redirect\.js/);
    assert.match(back.headers.get('content-security-policy') ?? '', /script-src 'self';/);
    assert.equal((await app.request('/docs/swagger-ui-dist/oauth2-redirect.js')).status, 200);
    const schema = (await (await app.request('/api/test/openapi.json')).json()) as {
      components: { securitySchemes: { signIn: { flows: object } } };
    };
    assert.deepEqual(schema.components.securitySchemes.signIn.flows, {
      authorizationCode: {
        authorizationUrl: '/api/auth/authorize',
        tokenUrl: '/api/auth/token',
        refreshUrl: '/api/auth/token',
        scopes: {},
      },
    });
    assert.equal((await app.request('/docs/swagger-ui-dist/..%2fpackage.json')).status, 404);
  });
});

describe('toRoutePath()', () => {
  const cases: [url: string, path: string][] = [
    ['http://h', '/'],
    ['http://h/', '/'],
    ['http://h/api/file', '/'],
    ['http://h/api/file/', '/'],
    ['http://h/api/file/a/', '/a'],
    ['http://h/api/filed/a', '/api/filed/a'],
    ['http://h/a//?b=/c/', '/a'],
    ['http://h/a?b#c', '/a'],
    ['http://h/a#c?d', '/a'],
    ['http://h:80/?a', '/'],
  ];
  for (const [url, path] of cases) {
    it(`of ${url} is ${path}`, () => assert.equal(toRoutePath(url, '/api/file'), path));
  }
});
