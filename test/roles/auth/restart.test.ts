import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startAuth } from './start-auth.ts';

const run = promisify(execFile);

describe('the auth role after a restart', () => {
  it('has the same key, and its sessions and cursors go on', async () => {
    const before = await startAuth();
    await before.register('ada@example.org');
    await before.register('bob@example.org');
    const { body } = await before.signIn('ada@example.org');
    const token = body.access_token;
    const jwks = (await before.call('/jwks.json')).body;
    const { headers } = await before.call('/users?limit=1', { token });
    await before.stop();

    const after = await startAuth({ folder: before.folder });
    assert.deepEqual((await after.call('/jwks.json')).body, jwks);
    assert.equal((await after.call('/users/me', { token })).status, 200);
    assert.equal((await after.refresh(body.refresh_token)).status, 200);
    const next = /<\/api\/auth(.+)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    assert.equal((await after.call(next, { token })).list[0]?.email, 'bob@example.org');
    await after.remove();
  });
});

describe('auth roles that start at once on one empty database', () => {
  it('make one key between them in one process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sensitivity-auth-'));
    const roles = await Promise.all(Array.from({ length: 4 }, () => startAuth({ folder })));
    const keys = await Promise.all(roles.map(async (role) => (await role.call('/jwks.json')).body));
    for (const set of keys) assert.deepEqual(set, keys[0]);
    await roles[0]?.register('ada@example.org');
    const { body } = (await roles[1]?.signIn('ada@example.org')) ?? assert.fail();
    assert.equal((await roles[2]?.call('/users/me', { token: body.access_token }))?.status, 200);
    assert.equal((await roles[3]?.refresh(body.refresh_token))?.status, 200);
    for (const role of roles) await role.stop();
    rmSync(folder, { recursive: true });
  });

  it('make one key between them in processes of their own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sensitivity-auth-'));
    const script = `
      const { startAuth } = await import(${JSON.stringify(new URL('./start-auth.ts', import.meta.url).href)});
      const auth = await startAuth({ folder: ${JSON.stringify(folder)} });
      const { body } = await auth.call('/jwks.json');
      await auth.stop();
      console.log(JSON.stringify(body));
    `;
    const outputs = await Promise.all(
      Array.from({ length: 4 }, () =>
        run(process.execPath, ['--input-type=module', '--eval', script], {
          cwd: import.meta.dirname,
        }),
      ),
    );
    assert.match(outputs[0]?.stdout ?? '', /"kty":"OKP"/);
    assert.equal(new Set(outputs.map(({ stdout }) => stdout)).size, 1);
    rmSync(folder, { recursive: true });
  });
});
