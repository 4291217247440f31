import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { listStaleContents } from '../../../src/roles/file/store/contents.ts';
import {
  type FileFilter,
  listFiles,
  type Position,
  type Sort,
  sorts,
} from '../../../src/roles/file/store/list-files.ts';
import { listOldContents } from '../../../src/roles/file/store/rescored.ts';
import {
  type FileStatus,
  fileStatuses,
  labels,
  type StoredFile,
} from '../../../src/roles/file/store/schema.ts';
import { insertSamples, type OpenStore, openStore, type SampleFile } from './file-store.ts';

const types = ['email', 'iban', 'phone'];

/** Files spread over owners, names, states and scores, the same at every run. */
function makeSamples(count: number): SampleFile[] {
  return Array.from({ length: count }, (_, number) => {
    const status = fileStatuses[number % 5] as FileStatus;
    const isScored = status === 'scored' || status === 'partial';
    return {
      owner: number % 3,
      name: `${['Report', 'list', 'Ärende', 'x'][number % 4]} ${(number * 7_919) % count}.txt`,
      status,
      score: isScored ? (number * 31) % 101 : null,
      types: isScored ? types.filter((_type, bit) => (number >> bit) % 2 === 1) : [],
    };
  });
}

/** What the filter lets through in the order of the sort, worked out from all rows. */
function expectedIds(
  rows: { file: StoredFile; types: string[] }[],
  filter: FileFilter,
  sort: Sort,
): string[] {
  const { owner, label, status, type, minScore, q } = filter;
  const kept = rows.filter(
    ({ file, types: found }) =>
      (owner === undefined || file.owner === owner) &&
      (label === undefined || file.label === label) &&
      (status === undefined || file.status === status) &&
      (type === undefined || found.includes(type)) &&
      (minScore === undefined || file.rank >= minScore) &&
      (q === undefined || file.name.toLowerCase().includes(q.toLowerCase())),
  );
  const keyOf = ({ file }: { file: StoredFile }): number | string => {
    if (sort.endsWith('score')) return file.rank;
    return sort.endsWith('name') ? file.name : file.seq;
  };
  kept.sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (typeof x === 'string') {
      const order = Buffer.compare(Buffer.from(x), Buffer.from(String(y)));
      return order === 0 ? a.file.seq - b.file.seq : order;
    }
    return x === y ? a.file.seq - b.file.seq : x - Number(y);
  });
  if (sort.startsWith('-')) kept.reverse();
  return kept.map(({ file }) => file.id);
}

const single: FileFilter[] = [
  {},
  ...labels.map((label) => ({ label })),
  ...fileStatuses.map((status) => ({ status })),
  ...types.map((type) => ({ type })),
  { minScore: 50 },
];
const filters = fc.record(
  {
    owner: fc.integer({ min: 1, max: 4 }),
    label: fc.constantFrom(...labels),
    status: fc.constantFrom(...fileStatuses),
    type: fc.constantFrom(...types, 'unknown'),
    minScore: fc.nat(100),
    q: fc.constantFrom('a', 're', 'rep', 'REPORT 1', 'ärende', '.txt', 'nothing', 't 7', '"', '%'),
  },
  { requiredKeys: [] },
);

describe('listFiles()', () => {
  let opened: OpenStore;
  let rows: { file: StoredFile; types: string[] }[];
  before(async () => {
    opened = await openStore();
    const samples = makeSamples(2_300);
    const files = await insertSamples(opened.store, samples);
    rows = files.map((file, number) => ({ file, types: samples[number]?.types ?? [] }));
  });
  after(() => opened.remove());

  async function pageThrough(
    filter: FileFilter,
    sort: Sort,
    nextLimit: () => number,
  ): Promise<{ ids: string[]; short: number }> {
    const ids: string[] = [];
    let short = 0;
    let next: Position | undefined;
    do {
      const limit = nextLimit();
      const page = await listFiles(opened.store, filter, { sort, limit, after: next });
      assert.ok(page.files.length <= limit);
      if (page.next && page.files.length < limit) short += 1;
      ids.push(...page.files.map(({ id }) => id));
      next = page.next;
    } while (next);
    return { ids, short };
  }

  for (const sort of sorts) {
    it(`goes through every filter by ${sort} exactly once, page by full page`, async () => {
      for (const filter of single) {
        for (const scope of [{}, { owner: 1 }, { owner: 2 }]) {
          let limit = 50;
          const nextLimit = (): number => {
            limit = (limit * 7) % 401 || 1;
            return limit;
          };
          const scoped = { ...filter, ...scope };
          const { ids, short } = await pageThrough(scoped, sort, nextLimit);
          assert.deepEqual(ids, expectedIds(rows, scoped, sort), JSON.stringify(scoped));
          const isIndexed = !sort.endsWith('name') || Object.keys(filter).length === 0;
          const isTested = filter.minScore !== undefined && !sort.endsWith('score');
          if (isIndexed && !isTested) assert.equal(short, 0, JSON.stringify(scoped));
        }
      }
    });
  }

  it('goes through any filters combined exactly once, whatever the pages’ sizes', async () => {
    const limits = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(...sorts), limits, async (filter, sort, sizes) => {
        let at = 0;
        const nextLimit = (): number => sizes[at++ % sizes.length] ?? 1;
        const slow = Math.max(...sizes) < 20;
        const { ids } = await pageThrough(filter, sort, slow ? () => 100 : nextLimit);
        assert.deepEqual(ids, expectedIds(rows, filter, sort));
      }),
      { numRuns: 150 },
    );
  });

  it('misses nothing and doubles nothing while files come and go', async () => {
    const filter: FileFilter = { q: 'x', minScore: 0 };
    for (const sort of sorts) {
      const expected = expectedIds(rows, filter, sort);
      const seen: string[] = [];
      let next: Position | undefined;
      let number = 0;
      do {
        const page = listFiles(opened.store, filter, { sort, limit: 40, after: next });
        const name = `x ${sort} ${number++}`;
        const insertion = insertSamples(opened.store, [
          { owner: 3, name, status: 'scored', score: number % 101, types: [] },
        ]);
        const [{ files, next: following }, [inserted]] = await Promise.all([page, insertion]);
        seen.push(...files.map(({ id }) => id));
        next = following;
        if (inserted && number % 2) {
          await opened.store.write((trx) =>
            trx.deleteFrom('files').where('id', '=', inserted.id).execute(),
          );
        }
      } while (next);
      assert.equal(new Set(seen).size, seen.length);
      const known = new Set(expected);
      assert.deepEqual(
        seen.filter((id) => known.has(id)),
        expected,
      );
      await opened.store.write((trx) =>
        trx.deleteFrom('files').where('name', 'like', `x ${sort}%`).execute(),
      );
    }
  });

  const planOf = (database: Database.Database, sql: string, parameters: unknown[]): string[] =>
    database
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail);

  it('walks an index for every filter and sort, and sorts nothing', async () => {
    const database = new Database(opened.path, { readonly: true });
    const far: Record<string, Position> = { seq: [9, 9], rank: [50, 9], name: ['m', 9] };
    for (const sort of sorts) {
      const key = sort.endsWith('score') ? 'rank' : sort.endsWith('name') ? 'name' : 'seq';
      for (const filter of [...single, { q: 'x' }, { label: labels[0], type: 'email', q: 'x' }]) {
        for (const scope of [{}, { owner: 1 }]) {
          for (const position of [undefined, far[key]]) {
            opened.queries.length = 0;
            const options = { sort, limit: 10, after: position };
            await listFiles(opened.store, { ...filter, ...scope }, options);
            assert.ok(opened.queries.length > 0);
            for (const { sql, parameters } of opened.queries) {
              const plan = planOf(database, sql, [...parameters]).join('\n');
              assert.match(plan, /USING (COVERING )?INDEX|USING PRIMARY KEY/, plan);
              assert.doesNotMatch(plan, /SCAN (f|t)\b(?! USING)|TEMP B-TREE/, `${sql}\n${plan}`);
            }
          }
        }
      }
    }
    database.close();
  });

  it('finds what is stale, and what is of an older revision, by an index range each', async () => {
    const database = new Database(opened.path, { readonly: true });
    opened.queries.length = 0;
    await listStaleContents(opened.store, { now: 1, limit: 10 });
    await listOldContents(opened.store.db, { revision: 1, limit: 10 });
    const plans = opened.queries.map(({ sql, parameters }) =>
      planOf(database, sql, [...parameters]).join('\n'),
    );
    assert.equal(plans.length, 2);
    assert.match(plans[0] ?? '', /contents USING INDEX contents_due/);
    assert.match(plans[1] ?? '', /contents USING INDEX contents_revision/);
    for (const plan of plans) assert.doesNotMatch(plan, /SCAN contents|TEMP B-TREE/);
    database.close();
  });
});

describe('a page of combined filters', () => {
  for (const count of [1_500, 20_000]) {
    it(`looks at no more than 1,000 rows of ${count.toLocaleString('en')}`, async () => {
      const opened = await openStore();
      try {
        await insertSamples(opened.store, makeSamples(1));
        const database = new Database(opened.path);
        database
          .prepare(`insert into files (id, owner, name, name_folded, version, current, size, sha256,
              media_type, status, score, label, created_at, updated_at)
            with recursive numbers (n) as
              (select 1 union all select n + 1 from numbers where n < ${count})
            select 'id ' || n, 1, 'zz ' || n, 'zz ' || n, 1, 1, 1, (select sha256 from contents),
              'text/plain', 'scored', 0, 'public', '', '' from numbers`)
          .run();
        let looked = 0;
        database.function('instr', (text: string, part: string) => {
          looked += 1;
          return text.includes(part) ? 1 : 0;
        });
        for (const sort of sorts) {
          for (const filter of [{ q: 'ab' }, { q: 'ab', owner: 1, status: 'scored' as const }]) {
            opened.queries.length = 0;
            await listFiles(opened.store, filter, { sort, limit: 10 });
            looked = 0;
            for (const { sql, parameters } of opened.queries) {
              database.prepare(sql).all(...parameters);
            }
            assert.ok(looked > 0 && looked <= 1_000, `${sort}: ${looked}`);
          }
        }
        database.close();
      } finally {
        await opened.remove();
      }
    });
  }
});
