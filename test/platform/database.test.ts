import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Migration, migrate } from '../../src/platform/database/migrate.ts';
import { openConnection } from '../../src/platform/database/open-connection.ts';
import { openDatabase, type Store } from '../../src/platform/database/open-database.ts';
import { prepareQuery } from '../../src/platform/database/prepare-query.ts';

interface Schema {
  notes: { id: number; text: string };
}

const first: Migration = {
  version: 1,
  statements: 'create table notes (id integer primary key, text text not null) strict',
};
const second: Migration = {
  version: 2,
  statements: 'create table more (id integer primary key) strict',
};

describe('openDatabase()', () => {
  let folder: string;
  let path: string;
  let store: Store<Schema>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sensitivity-database-'));
    path = join(folder, 'test.db');
    store = openDatabase<Schema>(path, [first]);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const insert = (id: number, text = 'x'): Promise<number> =>
    store.write(async (trx) => {
      await trx.insertInto('notes').values({ id, text }).execute();
      return id;
    });
  const ids = async (): Promise<number[]> =>
    (await store.db.selectFrom('notes').select('id').orderBy('id').execute()).map(({ id }) => id);

  /** What another process sees: only what is committed. */
  const committed = (): number[] => {
    const connection = openConnection(path, { readonly: true });
    const rows = connection.prepare<[], { id: number }>('select id from notes order by id').all();
    connection.close();
    return rows.map(({ id }) => id);
  };

  it('takes back a migration that leaves rows without what they refer to', () => {
    const broken: Migration = {
      version: 2,
      statements: `create table more (note integer references notes (id)) strict;
        insert into more values (7)`,
    };
    const connection = openConnection(path);
    assert.throws(() => migrate(connection, [first, broken]), /migration 2 left rows/);
    assert.equal(connection.pragma('user_version', { simple: true }), 1);
    assert.equal(connection.pragma('foreign_keys', { simple: true }), 1);
    connection.close();
  });

  it('keeps its files for their owner alone', () => {
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('shows what was written, and another process sees it by then', async () => {
    assert.equal(await insert(1), 1);
    assert.deepEqual(await ids(), [1]);
    assert.deepEqual(committed(), [1]);
  });

  it('runs a prepared query with the values of each call', async () => {
    const add = prepareQuery<Schema, { id: number; text: string }, { id: number }>((db, value) =>
      db
        .insertInto('notes')
        .values({ id: value('id'), text: value('text') })
        .returning('id')
        .compile(),
    );
    const find = prepareQuery<Schema, { text: string }, { id: number; kind: string }>((db, value) =>
      db
        .selectFrom('notes')
        .select(['id', sql.val('note').as('kind')])
        .where((row) => row.or([row('text', '=', value('text')), row('text', '<', value('text'))]))
        .orderBy('id')
        .compile(),
    );
    for (const [id, text] of [
      [1, 'b'],
      [2, 'a'],
      [3, 'c'],
    ] as const) {
      assert.deepEqual(await store.write((trx) => add(trx, { id, text })), [{ id }]);
    }
    const found = await find(store.db, { text: 'b' });
    assert.deepEqual(
      found.map(({ id, kind }) => `${kind} ${id}`),
      ['note 1', 'note 2'],
    );
    assert.deepEqual(await find(store.db, { text: '' }), []);
    await assert.rejects(
      store.write((trx) => add(trx, { id: 1, text: 'x' })),
      /UNIQUE/,
    );
  });

  it('runs a unit that asks for it alone, after all before it are committed', async () => {
    const before = insert(1);
    const alone = store.write(async () => committed(), { alone: true });
    const after = insert(2);
    assert.deepEqual(await alone, [1]);
    await Promise.all([before, after]);
    assert.deepEqual(committed(), [1, 2]);
  });

  it('says that the disk is full when it is, to every unit it undoes', async () => {
    await store.write((trx) => sql`pragma max_page_count = 20`.execute(trx));
    const results = await Promise.allSettled([insert(1, 'x'.repeat(1_000_000)), insert(2)]);
    const codes = results.map((result) => result.status === 'rejected' && result.reason.code);
    assert.deepEqual(codes, ['SQLITE_FULL', 'SQLITE_FULL']);
    await store.write((trx) => sql`pragma max_page_count = 100000`.execute(trx));
    await insert(3);
    assert.deepEqual(committed(), [3]);
  });

  it('writes one after the other for ever', async () => {
    for (let id = 1; id <= 200; id += 1) await insert(id);
    assert.equal((await ids()).length, 200);
  });

  it('undoes a failing unit alone, whatever shares its transaction', async () => {
    const outcomes = await Promise.allSettled([
      insert(1),
      store.write(async (trx) => {
        await trx.insertInto('notes').values({ id: 2, text: 'goes' }).execute();
        throw new Error('changed my mind');
      }),
      insert(3),
      insert(1),
      insert(4),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await ids(), [1, 3, 4]);
  });

  it('answers no unit before it is committed, and all of a batch together', async () => {
    const seen: number[][] = [];
    const units = [1, 2, 3].map((id) => insert(id).then(() => seen.push(committed())));
    await Promise.all(units);
    assert.deepEqual(seen, [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('hides a unit from readers until it is committed', async () => {
    await store.write(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'x' }).execute();
      assert.deepEqual(await ids(), []);
      assert.equal((await trx.selectFrom('notes').select('id').execute()).length, 1);
    });
    assert.deepEqual(await ids(), [1]);
  });

  it('runs more units than a batch holds, in their order', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 500 }, (_, id) => insert(id + 1).then(() => order.push(id + 1))),
    );
    assert.deepEqual(
      order,
      Array.from({ length: 500 }, (_, id) => id + 1),
    );
  });

  it('takes units that are handed in by a unit’s answer', async () => {
    await insert(1)
      .then(() => insert(2))
      .then(() => insert(3));
    assert.deepEqual(await ids(), [1, 2, 3]);
  });

  it('goes on after a batch that could not be committed', async () => {
    const broken = store.write(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'x' }).execute();
      await sql`rollback`.execute(trx);
    });
    await assert.rejects(broken);
    await insert(2);
    assert.deepEqual(await ids(), [2]);
  });

  it('rolls back an explicit transaction that throws', async () => {
    const failing = store.db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'x' }).execute();
      throw new Error('no');
    });
    await assert.rejects(failing, /^Error: no$/);
    assert.deepEqual(await ids(), []);
    await insert(2);
  });

  it('finishes what was handed in before it closes', async () => {
    const other = openDatabase<Schema>(path, [first]);
    const unit = other.write((trx) =>
      trx.insertInto('notes').values({ id: 9, text: 'x' }).execute(),
    );
    await other.close();
    await unit;
    assert.deepEqual(await ids(), [9]);
  });

  it('tells when another connection has written', async () => {
    const before = store.readDataVersion();
    const other = openConnection(path);
    other.exec("insert into notes values (1, 'x')");
    other.close();
    assert.notEqual(store.readDataVersion(), before);
  });

  it('migrates an older schema and keeps its rows', async () => {
    await insert(1);
    await store.close();
    store = openDatabase<Schema>(path, [first, second]);
    assert.deepEqual(await ids(), [1]);
  });

  it('refuses a newer schema and leaves it as it is', async () => {
    await store.close();
    await openDatabase<Schema>(path, [first, second]).close();
    assert.throws(() => openDatabase<Schema>(path, [first]), /has schema 2, this program knows 1/);
    store = openDatabase<Schema>(path, [first, second]);
    assert.deepEqual(await ids(), []);
  });

  it('undoes a migration that fails, and tries it again the next time', async () => {
    await insert(1);
    await store.close();
    const broken = { version: 2, statements: `${second.statements}; create table notes (id)` };
    assert.throws(() => openDatabase<Schema>(path, [first, broken]), /already exists/);
    store = openDatabase<Schema>(path, [first, second]);
    assert.deepEqual(await ids(), [1]);
  });

  it('refuses migrations with a gap', () => {
    assert.throws(() => openDatabase(join(folder, 'gap.db'), [second]), /migration 1 is missing/);
  });
});
