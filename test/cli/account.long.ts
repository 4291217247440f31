import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Installation } from '../support/installation.ts';
import { compileCache, program, runCommand } from '../support/run-command.ts';
import { until } from '../support/until.ts';

const email = 'ada@example.org';
const password = 'tall ships sail at noon';

describe('sensitivity login, whoami and logout', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sensitivity-account-'));
  let installation: Installation;
  let url: string;
  let config: string;
  let count = 0;

  before(async () => {
    installation = await Installation.start({ processes: ['auth'] });
    url = installation.url('auth');
    await post('/users', JSON.stringify({ email, password }), 'application/json');
  });

  after(async () => {
    await installation.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    count += 1;
    config = join(folder, String(count));
  });

  const env = () => ({ XDG_CONFIG_HOME: config });
  const run = (...args: string[]) => runCommand([...args, '--url', url], { env: env() });
  const credentials = () => join(config, 'sensitivity', 'credentials.json');

  async function post(path: string, body: string, type: string, cookie = ''): Promise<Response> {
    return fetch(`${url}/api/auth${path}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': type, Cookie: cookie },
      redirect: 'manual',
    });
  }

  /** Opens a page, sends its form and returns the cookies that there are then. */
  async function submit(path: string, fields: object, cookies = ''): Promise<string> {
    const page = await fetch(`${url}/api/auth${path}`, { headers: { Cookie: cookies } });
    const token = /name="form_token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    const all = [cookies, ...cookiesOf(page)].filter(Boolean).join('; ');
    const form = new URLSearchParams({ form_token: token, ...fields }).toString();
    const answer = await post(path, form, 'application/x-www-form-urlencoded', all);
    assert.ok(answer.status < 400, `${path}: ${answer.status}`);
    await answer.body?.cancel();
    return [all, ...cookiesOf(answer)].join('; ');
  }

  function cookiesOf(answer: Response): string[] {
    return answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  }

  async function logIn(decision: 'allow' | 'deny' = 'allow') {
    const child: ChildProcess = spawn(process.execPath, [program, 'login', '--url', url], {
      env: { PATH: process.env['PATH'] ?? '', ...compileCache, ...env() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result = { code: null as number | null, stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    const closed = new Promise<void>((done) =>
      child.once('close', (code) => {
        result.code = code;
        done();
      }),
    );
    await until('a code', () => /the code [A-Z-]+\n/.test(result.stderr));
    const [, shown = ''] = /Open (\S+)/.exec(result.stderr) ?? [];
    const cookies = await submit('/sign-in', { username: email, password });
    await submit(`/device${new URL(shown).search}`, { decision }, cookies);
    await closed;
    return result;
  }

  it('keep who is signed in for its owner’s eyes only, and end it on both sides', async () => {
    const { code, stdout } = await logIn();
    assert.equal(code, 0);
    const { id, ...user } = JSON.parse(stdout);
    assert.deepEqual(user, { url, email, role: 'admin' });
    assert.match(id, /^[\da-f-]{36}$/);
    assert.equal(statSync(credentials()).mode & 0o777, 0o600);
    assert.equal(statSync(join(config, 'sensitivity')).mode & 0o777, 0o700);
    assert.doesNotMatch(stdout, /eyJ/);

    const asked = await run('whoami');
    assert.deepEqual([asked.code, JSON.parse(asked.stdout)], [0, JSON.parse(stdout)]);

    const kept = JSON.parse(readFileSync(credentials(), 'utf8'));
    const { refreshToken, accessToken } = kept.installations[url];
    // As it is once the access token has had its time.
    kept.installations[url].accessExpiresAt = 0;
    chmodSync(credentials(), 0o644);
    writeFileSync(credentials(), JSON.stringify(kept));
    assert.equal((await run('whoami')).code, 0);
    const renewed = JSON.parse(readFileSync(credentials(), 'utf8')).installations[url];
    assert.notEqual(renewed.refreshToken, refreshToken);
    assert.equal(statSync(credentials()).mode & 0o777, 0o600);

    const out = await run('logout');
    assert.deepEqual([out.code, JSON.parse(out.stdout)], [0, { url, signed_out: true }]);
    assert.doesNotMatch(readFileSync(credentials(), 'utf8'), /eyJ|refreshToken/);
    const me = await fetch(`${url}/api/auth/users/me`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    assert.equal(me.status, 401);
    assert.match((await run('whoami')).stderr, /nobody is signed in/);
  });

  it('keep nothing when the person does not want it', async () => {
    const { code, stderr, stdout } = await logIn('deny');
    assert.equal(code, 1);
    assert.match(stderr, /sensitivity: the person does not want this\n$/);
    assert.equal(stdout, '');
    assert.throws(() => statSync(credentials()), /ENOENT/);
  });

  it('have nothing to end where nobody is signed in', async () => {
    const { code, stdout } = await run('logout');
    assert.deepEqual([code, JSON.parse(stdout)], [0, { url, signed_out: false }]);
    const { code: asked, stderr } = await run('whoami');
    assert.equal(asked, 1);
    assert.match(
      stderr,
      /^sensitivity: nobody is signed in at \S+: sensitivity login --url \S+\n$/,
    );
  });

  it('say what is wrong in one line', async () => {
    const cases: [args: string[], code: number, text: RegExp][] = [
      [['login', '--url', 'http://127.0.0.1:9'], 1, /does not answer/],
      [['login', '--url', 'ftp://127.0.0.1'], 2, /must be an address/],
      [['whoami', '--url', 'http://user:secret@127.0.0.1'], 2, /must be an address/],
      [['login', '--browser', 'sometimes'], 2, /must be one of auto, never/],
    ];
    for (const [args, code, text] of cases) {
      const result = await runCommand(args, { env: env() });
      assert.equal(result.code, code, args.join(' '));
      assert.match(result.stderr, text);
      assert.equal(result.stderr.split('\n').length, 2, result.stderr);
    }
  });
});
