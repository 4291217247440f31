import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type RunningFile, startFile } from './start-file.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  security?: Record<string, unknown>[];
  responses?: Record<string, { content?: Record<string, unknown> }>;
  requestBody?: unknown;
}

let file: RunningFile;
before(async () => {
  file = await startFile();
});
after(() => file.remove());

describe('the documentation of the file role', () => {
  it('is there without a token: page, assets and document', async () => {
    const page = await file.call('/docs');
    const assets = [...page.text.matchAll(/(?:href|src)="\/api\/file(\/docs[^"]+)"/g)];
    assert.ok(assets.length >= 2);
    const paths = assets.map(([, path = '']) => path);
    for (const path of ['/docs', '/openapi.json', '/healthcheck', ...paths]) {
      assert.equal((await file.call(path)).status, 200, path);
    }
  });

  it('is where a browser at the root is sent, while a list still needs a token', async () => {
    const ask = (path: string, accept: string): Promise<Response> =>
      fetch(`${file.url}${path}`, { headers: { Accept: accept }, redirect: 'manual' });
    const sent = await ask('/', 'text/html,*/*');
    assert.equal(sent.status, 302);
    assert.equal(sent.headers.get('location'), '/api/file/docs');
    assert.equal((await ask('/', 'application/json')).status, 401);
    assert.equal((await ask('/api/file/', 'text/html,*/*')).status, 401);
  });

  it('tells of every route its operation, who may call it and how it fails', async () => {
    const { body } = await file.call('/openapi.json');
    const document = body as unknown as {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
    };
    assert.match(document.openapi, /^3\.1\./);
    const open = new Set(['/healthcheck', '/readyz']);
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );
    const ids = operations.map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const { path, method, operation } of operations) {
      const name = `${method} ${path}`;
      assert.match(operation.operationId ?? '', /^[a-z][A-Za-z]+$/, name);
      assert.ok(operation.summary, name);
      if (open.has(path)) continue;
      assert.deepEqual(
        operation.security,
        [{ bearer: [] }, { signIn: [] }, { password: [] }],
        name,
      );
      const responses = operation.responses ?? {};
      const wanted = ['401', '403', ...(path.includes('{id}') ? ['404'] : [])];
      if (operation.requestBody !== undefined || path.includes('{sha256}')) wanted.push('400');
      for (const status of wanted) {
        const content = responses[status]?.content ?? {};
        assert.ok('application/problem+json' in content, `${name} ${status}`);
      }
    }
    const routes = operations.map(({ path, method }) => `${method} ${path}`);
    assert.deepEqual(routes.sort(), [
      'delete /{id}',
      'get /',
      'get /contents/{sha256}',
      'get /events',
      'get /healthcheck',
      'get /policy',
      'get /policy/versions',
      'get /policy/versions/{version}',
      'get /readyz',
      'get /scan-settings',
      'get /summary',
      'get /{id}',
      'get /{id}/content',
      'get /{id}/findings',
      'get /{id}/versions',
      'post /policy/test',
      'post /progress',
      'post /purge',
      'post /results',
      'post /sweep',
      'post /upload',
      'post /{id}/rescan',
      'put /policy',
      'put /{name}',
    ]);
  });

  it('is no way past the token for what only looks like documentation', async () => {
    const paths: [method: string, path: string][] = [
      ['DELETE', '/docs'],
      ['PUT', '/docs'],
      ['PUT', '/metrics'],
      ['DELETE', '/openapi.json'],
      ['POST', '/docs/rescan'],
    ];
    for (const [method, path] of paths) {
      assert.equal((await file.call(path, { method })).status, 401, `${method} ${path}`);
    }
  });
});
