import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { findCaddy } from '../../src/cli/up/find-caddy.ts';
import { Up } from '../support/up.ts';

const hasCaddy = findCaddy(process.env['PATH'] ?? '') !== undefined;
const isCi = process.env['CI'] === 'true';
const password = 'tall ships sail at noon';

/** As much of a browser as signing in without script needs. */
class CookieFetch {
  readonly #cookies = new Map<string, string>();

  async get(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Cookie', [...this.#cookies].map((pair) => pair.join('=')).join('; '));
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Opens a page, sends its form and returns where it leads. */
  async submit(url: string, fields: Record<string, string>): Promise<string> {
    const page = await (await this.get(url)).text();
    const [, form_token = ''] = /name="form_token" value="([^"]+)"/.exec(page) ?? [];
    const answer = await this.get(url, {
      method: 'POST',
      body: new URLSearchParams({ form_token, ...fields }),
      headers: { Origin: new URL(url).origin },
    });
    await answer.body?.cancel();
    return placeOf(url, answer);
  }
}

function placeOf(url: string, answer: Response): string {
  return new URL(answer.headers.get('location') ?? '', url).href;
}

for (const proxy of ['builtin', 'caddy'] as const) {
  // On a machine of the project's own every engine has to be there.
  const skip = proxy === 'caddy' && !hasCaddy && !isCi ? 'caddy is not on PATH' : false;
  describe(`signing in through --proxy ${proxy}`, { skip }, () => {
    let up: Up;

    before(async () => {
      up = await Up.start({ proxy });
    });

    after(() => up.remove());

    test('leads from the documentation of each role to tokens that every role takes', async () => {
      const browser = new CookieFetch();
      for (const role of ['auth', 'file', 'beat']) {
        const redirect_uri = `${up.url}/api/${role}/docs/oauth2-redirect.html`;
        const verifier = randomBytes(32).toString('base64url');
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: 'swagger',
          redirect_uri,
          state: role,
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
        });
        const first = `${up.url}/api/auth/authorize?${query}`;
        let place = placeOf(first, await browser.get(first));
        if (role === 'auth') {
          const signUp = place.replace('/sign-in?', '/sign-up?');
          const back = await browser.submit(signUp, { email: 'ada@example.org', password });
          assert.equal(new URL(back).pathname, '/api/auth/authorize');
          place = placeOf(back, await browser.get(back));
        }
        assert.ok(place.startsWith(`${redirect_uri}?`), place);
        assert.equal((await fetch(place)).status, 200);
        const { code = '', state, iss } = Object.fromEntries(new URL(place).searchParams);
        assert.deepEqual([state, iss], [role, `http://localhost:${up.port}/api/auth`]);
        const answer = await fetch(`${up.url}/api/auth/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'authorization_code',
            client_id: 'swagger',
            code,
            redirect_uri,
            code_verifier: verifier,
          }),
        });
        assert.equal(answer.status, 200);
        const { access_token } = (await answer.json()) as { access_token: string };
        const headers = { Authorization: `Bearer ${access_token}` };
        for (const path of ['/api/auth/users/me', '/api/file/', '/api/beat/schedules']) {
          const response = await fetch(`${up.url}${path}`, { headers });
          assert.equal(response.status, 200, path);
          await response.body?.cancel();
        }
      }
    });

    test('takes personal access tokens at every role', async () => {
      const signIn = { grant_type: 'password', username: 'ada@example.org', password };
      const signedIn = await fetch(`${up.url}/api/auth/token`, {
        method: 'POST',
        body: new URLSearchParams(signIn),
      });
      const { access_token } = (await signedIn.json()) as { access_token: string };
      const made = await fetch(`${up.url}/api/auth/users/me/tokens`, {
        method: 'POST',
        body: JSON.stringify({ name: 'nightly', scopes: ['read'] }),
        headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
      });
      const { token } = (await made.json()) as { token: string };
      const headers = { Authorization: `Bearer ${token}` };
      const statuses = async (path: string, method = 'GET') =>
        (await fetch(`${up.url}${path}`, { method, headers })).status;
      assert.equal(await statuses('/api/auth/users/me'), 200);
      assert.equal(await statuses('/api/file/'), 200);
      assert.equal(await statuses('/api/beat/schedules'), 403);
      assert.equal(await statuses('/api/file/x.txt', 'PUT'), 403);
    });

    test('tells clients about itself where they look', async () => {
      const well = `${up.url}/.well-known/oauth-authorization-server/api/auth`;
      const metadata = (await (await fetch(well)).json()) as { issuer: string };
      assert.equal(metadata.issuer, `http://localhost:${up.port}/api/auth`);
    });
  });
}
