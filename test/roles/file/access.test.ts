import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { FileBody, Person } from './person.ts';
import { resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
let owner: Person;
let kept: FileBody;
before(async () => {
  file = await startFile();
  owner = await file.person();
  kept = await owner.keep('mine.txt', 'something of mine');
});
after(() => file.remove());

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('the access token', () => {
  const now = Math.floor(Date.now() / 1_000);
  const tampered = async (): Promise<string> => {
    const [head, body, signature] = (await file.issuer.token({ role: 'user' })).split('.');
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
    return `${head}.${encode({ ...claims, roles: ['admin'] })}.${signature}`;
  };
  const unsigned = async (): Promise<string> => {
    const [, body] = (await file.issuer.token({ role: 'admin' })).split('.');
    return `${encode({ alg: 'none', typ: 'at+jwt' })}.${body}.`;
  };
  const withPublicKey = async (): Promise<string> => {
    const response = await fetch(`${file.issuer.url}/api/auth/jwks.json`);
    const { keys } = (await response.json()) as { keys: { kid: string; x: string }[] };
    const [, body] = (await file.issuer.token({ role: 'admin' })).split('.');
    const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: keys[0]?.kid })}.${body}`;
    const secret = Buffer.from(keys[0]?.x ?? '', 'base64url');
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const byStranger = async (): Promise<string> => {
    const signed = (await file.issuer.token({ role: 'admin' })).split('.').slice(0, 2).join('.');
    const { privateKey } = generateKeyPairSync('ed25519');
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  };
  const claims = (changes: Record<string, unknown>) => (): Promise<string> =>
    file.issuer.token({ role: 'user', claims: changes });
  const bad: [name: string, token: () => Promise<string>][] = [
    ['expired', claims({ exp: now - 31 })],
    ['without an end', claims({ exp: undefined })],
    ['for another audience', claims({ aud: 'elsewhere' })],
    ['of another issuer', claims({ iss: 'https://elsewhere.test' })],
    ['with an unknown role', claims({ roles: ['root'] })],
    ['tampered with', tampered],
    ['unsigned', unsigned],
    ['signed with HS256 and the public key', withPublicKey],
    ['signed by a stranger', byStranger],
    ['that is none', async () => 'x'],
  ];
  for (const [name, token] of bad) {
    it(`is refused when it is ${name}`, async () => {
      const { status, body, headers } = await file.call('/', { token: await token() });
      assert.deepEqual([status, body.code], [401, 'unauthenticated']);
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer/);
    });
  }

  for (const header of ['', 'Basic eDp5', 'Bearer', 'Bearer a b']) {
    it(`is missed in "Authorization: ${header}"`, async () => {
      const answer = await file.call('/', { headers: { Authorization: header } });
      assert.equal(answer.status, 401);
    });
  }
});

describe('the doors of the file role', () => {
  const hash = 'a'.repeat(64);
  const result = resultOf({ sha256: hash });
  const forPeople: [method: string, path: string][] = [
    ['GET', '/'],
    ['GET', '/summary'],
    ['GET', '/events'],
    ['POST', '/upload'],
    ['PUT', '/name'],
  ];
  const byId: [method: string, path: string, who: string[]][] = [
    ['GET', '/{id}', ['owner', 'auditor', 'admin']],
    ['GET', '/{id}/findings', ['owner', 'auditor', 'admin']],
    ['GET', '/{id}/versions', ['owner', 'auditor', 'admin']],
    ['GET', '/{id}/content', ['owner', 'admin']],
    ['POST', '/{id}/rescan', ['owner', 'admin']],
    ['DELETE', '/{id}', []],
  ];
  const forServices: [method: string, path: string, scope: string, body?: unknown][] = [
    ['GET', '/scan-settings', 'content:read'],
    ['GET', `/contents/${hash}`, 'content:read'],
    ['POST', '/results', 'results:write', { results: [result] }],
    ['POST', '/progress', 'results:write', { sha256: hash, bytes_read: 1 }],
    ['POST', '/sweep', 'files:sweep'],
    ['POST', '/purge', 'files:sweep'],
  ];

  for (const [method, path] of [...forPeople, ...byId, ...forServices]) {
    it(`ask for a token at ${method} ${path}`, async () => {
      const answer = await file.call(path.replace('{id}', kept.id), { method });
      assert.deepEqual([answer.status, answer.body.code], [401, 'unauthenticated']);
    });
  }

  for (const [method, path] of [...forPeople, ...byId]) {
    it(`are closed to services at ${method} ${path}`, async () => {
      const answer = await file.call(path.replace('{id}', kept.id), {
        method,
        token: file.service,
      });
      assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden']);
    });
  }

  for (const [method, path, scope, body] of forServices) {
    it(`let only a service with ${scope} in at ${method} ${path}`, async () => {
      const init: RequestInit = { method };
      if (body !== undefined) {
        init.headers = { 'Content-Type': 'application/json' };
        init.body = JSON.stringify(body);
      }
      for (const role of ['user', 'auditor', 'admin'] as const) {
        const token = await file.issuer.token({ role });
        const answer = await file.call(path, { ...init, token });
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], role);
      }
      const scopes = ['content:read', 'results:write', 'files:sweep'];
      for (const wrong of scopes.filter((one) => one !== scope)) {
        const token = await file.issuer.token({ scopes: [wrong] });
        assert.equal((await file.call(path, { ...init, token })).status, 403, wrong);
      }
      const token = await file.issuer.token({ scopes: [scope] });
      assert.ok([200, 204, 404].includes((await file.call(path, { ...init, token })).status));
    });
  }

  it('do not read the body of a service’s route for somebody without the scope', async () => {
    const init = { method: 'POST', body: 'no JSON at all', token: owner.token };
    const headers = { 'Content-Type': 'application/json' };
    assert.equal((await file.call('/results', { ...init, headers })).status, 403);
  });

  for (const [method, path, allowed] of byId) {
    it(`show ${method} ${path} to ${allowed.join(', ') || 'nobody else'}`, async () => {
      const people: Record<string, Person> = {
        owner,
        stranger: await file.person(),
        auditor: await file.person('auditor'),
        admin: await file.person('admin'),
      };
      for (const [who, person] of Object.entries(people)) {
        const mayDelete = method === 'DELETE' && (who === 'owner' || who === 'admin');
        if (mayDelete) continue;
        const answer = await person.call(path.replace('{id}', kept.id), { method });
        if (allowed.includes(who)) assert.ok(answer.status < 300, `${who}: ${answer.status}`);
        else assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], who);
      }
    });
  }

  const noIds = ['x', randomUUID(), '0', '-1', '%00', '..', '%2e%2e%2f', "'--", 'a'.repeat(2_000)];
  for (const [method, path] of byId) {
    it(`answer ${method} ${path} with not_found for whatever is no id`, async () => {
      for (const id of [...noIds, kept.id.toUpperCase(), `${kept.id}x`]) {
        const answer = await owner.call(path.replace('{id}', encodeURIComponent(id)), { method });
        assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], id);
      }
    });
  }

  it('let the owner delete, and an admin', async () => {
    const admin = await file.person('admin');
    const [first, second] = [await owner.keep('a', '1'), await owner.keep('b', '2')];
    assert.equal((await owner.call(`/${first.id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await admin.call(`/${second.id}`, { method: 'DELETE' })).status, 204);
    const rows = file.rows<{ actor: string }>(
      'select actor from audit where action = ? order by seq',
      'delete',
    );
    assert.deepEqual(rows, [{ actor: owner.subject }, { actor: admin.subject }]);
  });

  it('keep the files of two people with the same names apart', async () => {
    const other = await file.person();
    const theirs = await other.keep('mine.txt', 'something else');
    assert.equal(theirs.version, 1);
    assert.notEqual(theirs.id, kept.id);
    const names = (await other.get('/')).list.map(({ id }) => id);
    assert.deepEqual(names, [theirs.id]);
    assert.equal((await owner.get(`/${kept.id}/content`)).text, 'something of mine');
    assert.deepEqual((await other.get(`/?username=${kept.username}`)).list, []);
    const auditor = await file.person('auditor');
    const list = (await auditor.get(`/?username=${encodeURIComponent(theirs.username)}`)).list;
    assert.deepEqual(
      list.map(({ id }) => id),
      [theirs.id],
    );
  });
});
