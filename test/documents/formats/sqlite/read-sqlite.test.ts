import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { defaultLimits } from '../../../../src/documents/read-budget.ts';
import { type CollectedDocument, collectParts } from '../../collect-parts.ts';
import { checkMutations } from '../check-mutations.ts';

function buildDatabase(sql: string, ...blobs: Uint8Array[]): Buffer {
  const database = new DatabaseSync(':memory:');
  database.exec(sql);
  for (const blob of blobs) database.prepare('INSERT INTO blobs VALUES (?)').run(blob);
  const file = Buffer.from(database.serialize());
  database.close();
  return file;
}

function tablesOf(document: CollectedDocument): [string | undefined, string][] {
  return document.parts
    .filter(({ location }) => location.section !== 'metadata')
    .map(({ location, text }) => [location.sheet ?? location.path, text]);
}

const people = `
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, card INTEGER, weight REAL);
  INSERT INTO people VALUES (1, 'Jane Doe', 4532015112830366, 61.5), (2, NULL, 9007199254740993, 1);
  CREATE TABLE "odd ""name""" ("a ""b""" TEXT) STRICT;
  INSERT INTO "odd ""name""" VALUES ('quoted');
`;

describe('readSqlite()', () => {
  it('reads each table as a part, with its columns first', async () => {
    const document = await collectParts(buildDatabase(people));
    assert.deepEqual(tablesOf(document), [
      [
        'people',
        'id\tname\tcard\tweight\n1\tJane Doe\t4532015112830366\t61.5\n2\t\t9007199254740993\t1\n',
      ],
      ['odd "name"', 'a "b"\nquoted\n'],
    ]);
    assert.deepEqual([document.mediaType, document.problem], ['application/vnd.sqlite3', null]);
  });

  it('reads the statements that made it', async () => {
    const file = buildDatabase("CREATE TABLE a (b TEXT DEFAULT 'spoken') /* said */;");
    const [part] = (await collectParts(file)).parts;
    assert.deepEqual(part?.location, { section: 'metadata' });
    assert.match(part?.text ?? '', /DEFAULT 'spoken'/);
  });

  it('runs nothing of it: views, triggers, computed columns', async () => {
    const file = buildDatabase(`
      CREATE TABLE a (b TEXT, big TEXT AS (hex(zeroblob(400000000))), kept TEXT AS (b || '!') STORED);
      INSERT INTO a (b) VALUES ('x');
      CREATE VIEW v AS WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT n FROM r;
    `);
    const document = await collectParts(file);
    assert.deepEqual(tablesOf(document), [['a', 'b\tkept\nx\tx!\n']]);
    assert.equal(document.problem, null);
  });

  it('reads the text of a full-text table from the tables beside it', async () => {
    const file = buildDatabase(
      "CREATE VIRTUAL TABLE notes USING fts5(body); INSERT INTO notes VALUES ('found here');",
    );
    const document = await collectParts(file);
    assert.match(document.text, /found here/);
    assert.equal(document.problem, null);
  });

  it('misses what a virtual table keeps elsewhere', async () => {
    const document = await collectParts(
      buildDatabase('CREATE VIRTUAL TABLE d USING dbstat(main);'),
    );
    assert.equal(document.problem, 'unsupported:virtual_table');
  });

  it('reads documents in cells as such, other bytes as text, and misses the rest', async () => {
    const inner = buildDatabase("CREATE TABLE inside (b); INSERT INTO inside VALUES ('deep');");
    const sql = 'CREATE TABLE blobs (content BLOB);';
    const document = await collectParts(buildDatabase(sql, inner, Buffer.from('plain text')));
    assert.deepEqual(tablesOf(document), [
      ['blobs', 'content\n\nplain text\n'],
      ['inside', 'b\ndeep\n'],
    ]);
    assert.deepEqual(document.parts.at(-1)?.location, { sheet: 'inside', path: 'content 1' });
    assert.deepEqual([document.problem, document.inner.read], [null, 1]);

    const binary = Buffer.alloc(100, 0xfe);
    assert.equal((await collectParts(buildDatabase(sql, binary))).problem, 'binary_data');
    assert.equal((await collectParts(buildDatabase(sql, binary.subarray(64)))).problem, null);
  });

  it('reads a database that was in WAL mode', async () => {
    const file = buildDatabase(people);
    file.fill(2, 18, 20);
    const document = await collectParts(file);
    assert.match(document.text, /Jane Doe/);
    assert.equal(document.problem, null);
  });

  it('reads what comes before a broken page, and the tables after it', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => `('row ${index} of many')`).join(',');
    const file = buildDatabase(
      `CREATE TABLE first (a); INSERT INTO first VALUES ${rows};
       CREATE TABLE second (a); INSERT INTO second VALUES ('still here');`,
    );
    file.fill(
      0xff,
      file.lastIndexOf('row 800 ') & ~4_095,
      (file.lastIndexOf('row 800 ') | 4_095) + 1,
    );
    const document = await collectParts(file);
    assert.equal(document.problem, 'corrupt');
    assert.match(document.text, /row 0 of many[\s\S]*still here/);
  });

  it('ends rows that come again and again', async () => {
    const rows = Array.from({ length: 2_000 }, () => `('${'x'.repeat(100)}')`).join(',');
    const file = buildDatabase(`CREATE TABLE a (b); INSERT INTO a VALUES ${rows};`);
    // The root of the table is a page of pointers: all of them lead to the same one.
    const root = 4_096;
    assert.equal(file[root], 5);
    const cells = file.readUInt16BE(root + 3);
    for (let cell = 1; cell < cells; cell++) {
      const at = root + file.readUInt16BE(root + 12 + 2 * cell);
      file.copy(
        file,
        at,
        root + file.readUInt16BE(root + 12),
        root + file.readUInt16BE(root + 12) + 4,
      );
    }
    assert.ok((await collectParts(file)).text.length < 30 * file.length);
  });

  it('reads so many tables as it may, and says that there are more', async () => {
    const document = await collectParts(buildDatabase(people), { ...defaultLimits, pages: 1 });
    assert.deepEqual([tablesOf(document).length, document.problem], [1, 'too_many']);
  });

  it('never throws, however broken the file is', async () => {
    const file = buildDatabase(people);
    await checkMutations(file);
  });
});
