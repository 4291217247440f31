import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { serve } from '../../../src/platform/http/serve.ts';
import { ServiceClient } from '../../../src/platform/http/service-client.ts';
import { startTestIssuer } from '../../broker/test-issuer.ts';
import { until } from '../../broker/until.ts';
import { type RunningAuth, services, startAuth } from '../auth/start-auth.ts';
import { createPerson, type Person } from './person.ts';
import { type RunningFile, startFile } from './start-file.ts';

const serving = { host: '127.0.0.1', maxConnections: 100, idleTimeoutMilliseconds: 60_000 };

describe('the name of a user', () => {
  let auth: RunningAuth;
  let server: Awaited<ReturnType<typeof serve>>;
  let file: RunningFile;

  before(async () => {
    auth = await startAuth();
    server = await serve(auth.app, { ...serving, port: 0 });
    file = await startFile({
      issuer: {
        url: server.url,
        issuer: 'http://auth.test',
        audience: 'sensitivity',
        token: () => auth.serviceToken('worker'),
        client: new ServiceClient({ authUrl: server.url, clientId: 'none', clientSecret: 'none' }),
        close: async () => {},
      },
      clientId: 'file',
      clientSecret: services.find(({ id }) => id === 'file')?.secret ?? '',
    });
  });
  after(async () => {
    await file.remove();
    await server.stop();
    await auth.remove();
  });

  async function signIn(email: string): Promise<Person> {
    const subject = (await auth.register(email)).body.id;
    const token = (await auth.signIn(email)).body.access_token;
    return createPerson(file.call, { subject, token });
  }

  it('is asked of auth at the first upload', async () => {
    const person = await signIn('first@example.org');
    assert.equal((await person.keep('n', 'x')).username, 'first@example.org');
    const query = new URLSearchParams({ username: 'first@example.org' });
    assert.equal((await person.get(`/?${query}`)).list.length, 1);
  });

  it('is the id while auth is away, and comes right once it is back', async () => {
    const person = await signIn('later@example.org');
    const known = await signIn('known@example.org');
    await known.keep('n', 'x');
    const { port } = server;
    await server.stop();
    const kept = await person.keep('n', 'x');
    assert.equal(kept.username, person.subject);
    assert.equal((await known.keep('m', 'y')).username, 'known@example.org');
    // Whether auth is there is asked again only after a while.
    const start = performance.now();
    for (let number = 0; number < 20; number += 1) await person.keep('n', String(number));
    assert.ok(performance.now() - start < 5_000);
    server = await serve(auth.app, { ...serving, port });
    await until(
      'the name is known',
      async () => (await person.get(`/${kept.id}`)).body.username === 'later@example.org',
    );
    const query = new URLSearchParams({ username: 'later@example.org' });
    assert.equal((await person.get(`/?${query}`)).list.length, 1);
  });
});

describe('an auth that gives its keys and nothing else', () => {
  it('holds the first upload up for a moment only, and no other', async () => {
    const issuer = await startTestIssuer();
    const silent = createServer(async (request, response) => {
      if (request.url !== '/api/auth/jwks.json') return;
      const keys = await fetch(`${issuer.url}${request.url}`);
      response.setHeader('Content-Type', 'application/json').end(await keys.text());
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const file = await startFile({ issuer, authUrl: `http://127.0.0.1:${port}` });
    try {
      const person = await file.person();
      const start = performance.now();
      assert.equal((await person.keep('n', 'x')).username, person.subject);
      assert.ok(performance.now() - start < 4_000);
      const next = performance.now();
      for (let number = 0; number < 5; number += 1) await person.keep('n', String(number));
      assert.ok(performance.now() - next < 1_400);
    } finally {
      silent.closeAllConnections();
      silent.close();
      await file.remove();
      await issuer.close();
    }
  });
});
