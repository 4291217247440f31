import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { migrate } from '../../../src/platform/database/migrate.ts';
import { openConnection } from '../../../src/platform/database/open-connection.ts';
import { migrations } from '../../../src/roles/file/migrations/migrations.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sensitivity-migrations-'));
});
after(() => rmSync(folder, { recursive: true }));

it('puts contents in the order of their first files and keeps what belongs to them', () => {
  const connection = openConnection(join(folder, 'file.db'));
  migrate(connection, migrations.slice(0, 2));
  const hashes = ['c', 'a', 'b'];
  connection.exec(`
    insert into revisions (revision, policy_version, engine_version, created_at)
      values (1, 'p', 'e', 'now');
    insert into owners (owner, subject) values (1, 'somebody');
  `);
  const content = connection.prepare(
    "insert into contents (sha256, size, status, revision, attempts, scanned_revision) values (?, 7, 'scored', 1, 2, 1)",
  );
  const finding = connection.prepare(
    "insert into findings (sha256, ordinal, type, body) values (?, 0, 'iban', '{}')",
  );
  const file = connection.prepare(
    `insert into files (id, owner, name, name_folded, version, current, size, sha256, media_type,
      status, created_at, updated_at)
    values (?, 1, ?, ?, 1, 1, 7, ?, 'text/plain', 'scored', 'now', 'now')`,
  );
  for (const hash of hashes.toSorted()) {
    content.run(hash);
    finding.run(hash);
  }
  for (const hash of [...hashes, 'c']) file.run(`id ${Math.random()}`, Math.random(), hash, hash);
  migrate(connection, migrations);
  const rows = connection.prepare('select sha256, size, attempts, scanned_revision from contents');
  assert.deepEqual(
    rows.all(),
    hashes.map((sha256) => ({ sha256, size: 7, attempts: 2, scanned_revision: 1 })),
  );
  const count = (table: string): unknown =>
    connection.prepare(`select count(*) from ${table}`).pluck().get();
  assert.deepEqual([count('findings'), count('files')], [3, 4]);
  assert.throws(() => connection.exec("delete from contents where sha256 = 'a'"), /FOREIGN KEY/);
  connection.exec("delete from files where sha256 = 'a'; delete from contents where sha256 = 'a'");
  assert.equal(count('findings'), 2);
  connection.close();
});
