import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ContentFolder } from '../../../src/roles/file/content/content-folder.ts';
import type { StagedFile } from '../../../src/roles/file/content/content-store.ts';
import { type RunningFile, startFile } from './start-file.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* pieces(bytes: Uint8Array, size = 10_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const options = { check: (): void => {}, mostInMemory: 0 };

/** Stages bytes as a file, whatever their number. */
async function stage(
  folder: ContentFolder,
  bytes: Uint8Array,
): Promise<{ sha256: string; size: number } & StagedFile> {
  const { sha256, size, file } = await folder.stage(pieces(bytes), options);
  assert.ok(file);
  return { sha256, size, ...file };
}

const sizes = [1, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 1_000_000];

describe('ContentFolder', () => {
  let root: string;
  let folder: ContentFolder;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'sensitivity-content-'));
    folder = new ContentFolder(root);
  });
  after(() => rmSync(root, { recursive: true }));

  const addressOf = (hash: string): string => join(root, hash.slice(0, 2), hash.slice(2, 4), hash);
  const incoming = (): string[] => readdirSync(join(root, 'incoming'));

  for (const size of sizes) {
    it(`keeps ${size} bytes under their hash, readable by the owner alone`, async () => {
      const bytes = randomBytes(size);
      const staged = await stage(folder, bytes);
      assert.deepEqual([staged.size, staged.sha256], [size, sha256(bytes)]);
      assert.ok(!existsSync(addressOf(staged.sha256)));
      await staged.publish();
      staged.discard();
      assert.deepEqual(incoming(), []);
      assert.deepEqual(readFileSync(addressOf(staged.sha256)), bytes);
      assert.equal(statSync(addressOf(staged.sha256)).mode & 0o777, 0o600);
      const range = await folder.open(staged.sha256, { start: size - 1, end: size - 1 });
      assert.deepEqual(Buffer.concat(await range.toArray()), bytes.subarray(-1));
    });
  }

  it('leaves nothing of an upload whose source or check fails, at whatever byte', async () => {
    const bytes = randomBytes(600_000);
    for (const stop of [1, 10_000, 262_145, 600_000]) {
      const broken = folder.stage(pieces(bytes), {
        ...options,
        check: (seen) => {
          if (seen >= stop) throw new Error('enough');
        },
      });
      await assert.rejects(broken, /enough/);
      assert.deepEqual(incoming(), []);
    }
  });

  for (const size of [0, 1, 19_999, 20_000]) {
    it(`leaves ${size} bytes in memory when up to 20,000 may stay there`, async () => {
      const bytes = randomBytes(size);
      const staged = await folder.stage(pieces(bytes), { ...options, mostInMemory: 20_000 });
      assert.deepEqual([staged.size, staged.sha256], [size, sha256(bytes)]);
      assert.deepEqual([staged.bytes, staged.file], [bytes, undefined]);
      assert.deepEqual(incoming(), []);
    });
  }

  it('puts an address back that went away before its upload was committed', async () => {
    for (const size of [1, 5_000, 300_000]) {
      const bytes = randomBytes(size);
      const staged = await stage(folder, bytes);
      await staged.publish();
      folder.unlink(staged.sha256);
      staged.ensurePublished();
      staged.discard();
      assert.deepEqual(readFileSync(addressOf(staged.sha256)), bytes);
    }
  });

  it('removes what a crash left, but no kept content and nothing young', async () => {
    const [lost, kept, early, young] = [1, 2, 3, 4].map((first) =>
      Buffer.concat([Buffer.from([first]), randomBytes(70_000)]),
    ) as [Buffer, Buffer, Buffer, Buffer];
    for (const bytes of [lost, kept]) {
      await (await stage(folder, bytes)).publish();
    }
    await stage(folder, early);
    const old = new Date(Date.now() - 7_200_000);
    for (const name of incoming()) utimesSync(join(root, 'incoming', name), old, old);
    await (await stage(folder, young)).publish();
    const asked: string[] = [];
    const notMine = async (): Promise<void> => assert.fail('what is under way is left alone');
    assert.equal(await folder.purgeAbandoned(3_600_000, notMine), 0);
    const restarted = new ContentFolder(root);
    const purged = await restarted.purgeAbandoned(3_600_000, async (hash) => {
      asked.push(hash);
      if (hash !== sha256(kept)) folder.unlink(hash);
    });
    assert.equal(purged, 3);
    assert.deepEqual(asked.sort(), [sha256(lost), sha256(kept)].sort());
    assert.ok(!existsSync(addressOf(sha256(lost))));
    assert.deepEqual(readFileSync(addressOf(sha256(kept))), kept);
    assert.deepEqual(readFileSync(addressOf(sha256(young))), young);
    assert.equal(incoming().length, 1);
  });
});

describe('the contents of the file role', () => {
  let file: RunningFile;
  before(async () => {
    file = await startFile();
  });
  after(() => file.remove());

  it('survive `POST /purge` after a crash between the address and the commit', async () => {
    const person = await file.person();
    const content = new ContentFolder(join(file.folder, 'content'));
    const keptText = 'kept bytes '.repeat(10_000);
    const kept = await person.keep('kept', keptText);
    for (const text of [keptText, 'lost bytes']) {
      await (await stage(content, Buffer.from(text))).publish();
    }
    const old = new Date(Date.now() - 90_000_000);
    for (const name of file.incoming()) {
      utimesSync(join(file.folder, 'content/incoming', name), old, old);
    }
    const { status, body } = await file.post('/purge');
    assert.deepEqual([status, body['uploads']], [200, 2]);
    assert.deepEqual(file.incoming(), []);
    assert.deepEqual(file.contents(), [kept.sha256]);
    assert.equal((await person.get(`/${kept.id}/content`)).text, keptText);
  });

  it('go from the disk with their last file, without a trace', async () => {
    const own = await startFile();
    try {
      const person = await own.person();
      const secrets = ['first', 'second'].map(
        (word) => `${word}-${randomBytes(8).toString('hex')}`,
      );
      for (const secret of secrets) await person.keep(secret, `${secret}\n`.repeat(1_500));
      const [, first] = (await person.get('/')).list;
      await person.call(`/${first?.id}`, { method: 'DELETE' });
      await own.stop();
      const bytes = readFileSync(join(own.folder, 'file.db'));
      assert.deepEqual(
        secrets.map((secret) => bytes.includes(`${secret}\n`)),
        [false, true],
      );
    } finally {
      await own.remove();
    }
  });

  it('give their space back to the disk', async () => {
    const person = await file.person();
    const pages = (): number =>
      file.rows<{ page_count: number }>('select * from pragma_page_count')[0]?.page_count ?? 0;
    const before = pages();
    for (let number = 0; number < 150; number += 1) {
      await person.keep(`heap ${number}`, randomBytes(30_000).toString('hex'));
    }
    const most = pages();
    assert.ok(most > before + 2_000, `${before}, ${most}`);
    for (const { id } of (await person.get('/?q=heap&limit=200')).list) {
      await person.call(`/${id}`, { method: 'DELETE' });
    }
    await file.post('/purge');
    assert.ok(pages() < before + 1_200, `${before}, ${most}, ${pages()}`);
  });

  it('that are small and have a file, as all once had, are read from it and deleted', async () => {
    const person = await file.person();
    const content = new ContentFolder(join(file.folder, 'content'));
    const kept = await person.keep('old', 'as it was before');
    file.change('delete from small_contents where sha256 = ?', kept.sha256);
    const moved = await stage(content, Buffer.from('as it was before'));
    await moved.publish();
    moved.discard();
    assert.equal((await person.get(`/${kept.id}/content`)).text, 'as it was before');
    const part = await person.call(`/${kept.id}/content`, { headers: { Range: 'bytes=3-5' } });
    assert.equal(part.text, 'it ');
    await person.call(`/${kept.id}`, { method: 'DELETE' });
    assert.ok(!file.holds(kept.sha256));
  });

  it('are one for 100 parallel uploads of the same bytes, and go with the last file', async () => {
    const [one, two] = [await file.person(), await file.person()];
    const uploads = Array.from({ length: 100 }, (_, number) =>
      (number % 2 ? one : two).keep(`n${number % 40}`, 'the same bytes'),
    );
    const kept = await Promise.all(uploads);
    const hash = kept[0]?.sha256 ?? '';
    assert.equal(file.rows('select 1 from contents where sha256 = ?', hash).length, 1);
    const keys = file.rows('select 1 from outbox where key like ?', `%${hash}%`);
    assert.equal(keys.length, 1);
    assert.deepEqual(file.incoming(), []);
    for (const person of [one, two]) {
      assert.ok(file.holds(hash));
      const { list } = await person.get('/?limit=100');
      assert.equal(list.length, 20);
      const deletions = list.map(({ id }) => person.call(`/${id}`, { method: 'DELETE' }));
      for (const { status } of await Promise.all(deletions)) assert.equal(status, 204);
    }
    assert.ok(!file.holds(hash));
    assert.equal(file.rows('select 1 from contents where sha256 = ?', hash).length, 0);
  });

  it('are never lost to a deletion that races with an upload of the same bytes', async () => {
    const people = await Promise.all([1, 2, 3].map(() => file.person()));
    for (let round = 0; round < 60; round += 1) {
      // Twice each: small ones are rows, large ones files.
      const text = (round % 2 ? 'x' : 'y').repeat(round % 4 < 2 ? 100 : 70_000);
      await Promise.all(
        people.map(async (person, number) => {
          const { list } = await person.get('/?q=race');
          const old = list[0];
          await Promise.all([
            old && person.call(`/${old.id}`, { method: 'DELETE' }),
            person.keep(`race ${round} ${number}`, text),
          ]);
        }),
      );
      for (const person of people) {
        for (const { id, sha256: hash, filename } of (await person.get('/?q=race')).list) {
          assert.ok(file.holds(hash), filename);
          const content = await person.get(`/${id}/content`);
          assert.equal(content.status, 200);
          assert.equal(sha256(Buffer.from(content.text)), hash);
        }
      }
    }
    await file.post('/purge');
    const known = file.rows<{ sha256: string }>('select sha256 from contents');
    assert.deepEqual(file.contents().sort(), known.map((row) => row.sha256).sort());
  });

  it('are counted once when a file is deleted twice at once', async () => {
    const person = await file.person();
    const kept = await person.keep('twice', 'x');
    await person.keep('other', 'y');
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => person.call(`/${kept.id}`, { method: 'DELETE' })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [204, 404, 404, 404]);
    const { files, bytes } = await person.summary();
    assert.deepEqual([files, bytes], [1, 1]);
  });

  it('go by number of files: an older version keeps the bytes it shares', async () => {
    const person = await file.person();
    const first = await person.keep('n', 'shared');
    const second = await person.keep('n', 'newer');
    const other = await person.keep('m', 'shared');
    await person.call(`/${first.id}`, { method: 'DELETE' });
    assert.ok(file.holds(first.sha256));
    await person.call(`/${other.id}`, { method: 'DELETE' });
    assert.ok(!file.holds(first.sha256));
    await person.keep('n', 'newest');
    assert.equal((await person.get(`/${second.id}/content`)).text, 'newer');
    const [current] = (await person.get('/?q=n')).list;
    await person.call(`/${current?.id}`, { method: 'DELETE' });
    assert.equal((await person.get(`/${second.id}`)).status, 404);
    assert.equal((await person.summary()).bytes, 0);
    const used = file.rows('select used_bytes from owners where subject = ?', person.subject);
    assert.deepEqual(used, [{ used_bytes: 0 }]);
  });
});
