import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { Client, type FileJson } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeLetter } from '../support/sensitive-values.ts';
import { SmallDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

const skip =
  SmallDisk.isPossible || process.env['CI'] === 'true'
    ? false
    : 'mounting a small file system takes root';

describe('a full disk', { skip }, () => {
  let disk: SmallDisk;
  let installation: Installation;
  let client: Client;

  async function start(role: 'file' | 'beat', env: Record<string, string> = {}): Promise<void> {
    disk = new SmallDisk(32);
    const own = { SENSITIVITY_DATA_DIR: disk.path, ...env };
    installation = await Installation.start({ env: { [role]: own } });
    client = await Client.register(installation.urls, 'tight@example.com');
  }

  afterEach(async () => {
    await installation.stop();
    disk.remove();
  });

  async function assertFull(response: Response): Promise<void> {
    const problem = (await response.json()) as { code: string; detail: string };
    assert.equal(response.status, 507, problem.detail);
    assert.equal(problem.code, 'storage_full');
    assert.match(problem.detail, /free|space/);
    assert.ok(!problem.detail.includes(disk.path));
  }

  async function assertIntact(files: readonly FileJson[]): Promise<void> {
    for (const { id, sha256 } of files) {
      const response = await client.request(`/${id}/content`);
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
    }
    const contents = join(disk.path, 'content');
    const large = readdirSync(contents, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    const database = new Database(join(disk.path, 'file.db'), { readonly: true });
    const small = database.prepare<[], string>('select sha256 from small_contents').pluck().all();
    database.close();
    const expected = new Set(files.map(({ sha256 }) => sha256));
    assert.deepEqual(new Set([...large, ...small]), expected);
  }

  test('with less free than the floor, uploads are refused and all else works', async (t) => {
    await start('file', { SENSITIVITY_FREE_DISK_FLOOR: '8MiB' });
    const kept = await client.uploadFile('early.txt', makeLetter('early'));
    disk.fill(4 * 1_048_576);
    await until('an upload being refused', async () => {
      const response = await client.upload('late.txt', randomBytes(1_000));
      if (response.status === 201) return false;
      await assertFull(response);
      return true;
    });
    assert.equal((await client.untilSettled(kept.id)).status, 'scored');
    disk.relieve();
    await until('an upload being kept again', async () => {
      const response = await client.upload('again.txt', makeLetter('again'));
      await response.body?.cancel();
      return response.status === 201;
    });
    t.diagnostic('507 below the floor of 8 MiB, 201 again above it');
  });

  test('content that does not fit leaves nothing behind, and deleting makes room', async (t) => {
    await start('file', { SENSITIVITY_FREE_DISK_FLOOR: '0' });
    const kept: FileJson[] = [];
    for (let n = 0; ; n += 1) {
      assert.ok(n < 100);
      const response = await client.upload(`large-${n}.bin`, randomBytes(2_000_000));
      if (response.status !== 201) {
        await assertFull(response);
        break;
      }
      kept.push((await response.json()) as FileJson);
    }
    assert.ok(kept.length >= 5, `${kept.length} fitted`);
    await assertIntact(kept);
    for (const { id } of kept.splice(0, 3)) {
      const response = await client.request(`/${id}`, { method: 'DELETE' });
      assert.equal(response.status, 204, await response.text());
    }
    const more = await client.uploadFile('more.bin', randomBytes(2_000_000));
    await assertIntact([...kept, more]);
    assert.notEqual((await client.untilSettled(more.id)).status, 'pending');
    t.diagnostic(`${kept.length + 3} files of 2 MB fitted, then 507; after 3 deletions it went on`);
  });

  test('a database that hits the full disk refuses, keeps what it has and works on after', async (t) => {
    await start('file', { SENSITIVITY_FREE_DISK_FLOOR: '0' });
    const kept: FileJson[] = [];
    for (let n = 0; n < 20; n += 1) {
      kept.push(await client.uploadFile(`before-${n}.txt`, makeLetter(`before ${n}`)));
    }
    for (const { id } of kept) await client.untilSettled(id);
    disk.fill(200_000);
    let refused = 0;
    for (let n = 0; refused < 10; n += 1) {
      assert.ok(n < 500);
      const response = await client.upload(`tiny-${n}.txt`, makeLetter(`tiny ${n}`));
      if (response.status === 201) {
        kept.push((await response.json()) as FileJson);
        continue;
      }
      refused += 1;
      await assertFull(response);
    }
    assert.ok(installation.isRunning('file') && installation.isRunning('worker'));
    await assertIntact(kept);
    disk.relieve();
    const more = await client.uploadFile('more.txt', makeLetter('more'));
    for (const { id } of [...kept, more]) {
      assert.equal((await client.untilSettled(id, 60_000)).status, 'scored');
    }
    await assertIntact([...kept, more]);
    await installation.restart('file');
    assert.equal((await client.read(more.id)).status, 'scored');
    t.diagnostic(`${kept.length} files kept, ${refused} refused with 507, all scored after`);
  });

  test('while the disk of beat is full uploads are kept, and scored after', async (t) => {
    await start('beat');
    disk.fill(0);
    const kept: FileJson[] = [];
    for (let n = 0; n < 100; n += 1) {
      kept.push(await client.uploadFile(`queue-${n}.txt`, makeLetter(`queue ${n}`)));
    }
    assert.ok(installation.isRunning('beat'));
    disk.relieve();
    for (const { id } of kept) {
      assert.equal((await client.untilSettled(id, 60_000)).status, 'scored');
    }
    t.diagnostic(`${kept.length} uploads kept while the queue could not be written`);
  });
});
