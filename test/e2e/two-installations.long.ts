import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../support/client.ts';
import { makeLetter } from '../support/sensitive-values.ts';
import { Up } from '../support/up.ts';

test('two installations run beside each other on one machine', async () => {
  const ups = await Promise.all([Up.start({ proxy: 'builtin' }), Up.start({ proxy: 'builtin' })]);
  try {
    for (const [index, up] of ups.entries()) {
      const urls = { auth: up.url, file: up.url };
      const client = await Client.register(urls, 'same@example.com');
      const { id } = await client.uploadFile('same.txt', makeLetter(`beside ${index}`));
      assert.equal((await client.untilSettled(id)).status, 'scored');
      assert.equal((await client.json<unknown[]>('/')).length, 1);
    }
    for (const up of ups) assert.equal(await up.stop('SIGTERM'), 0, up.output);
  } finally {
    for (const up of ups) await up.remove();
  }
});
