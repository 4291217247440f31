import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { FileModel } from './file-model.ts';
import type { FileBody, Person } from './person.ts';
import { resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

const contents = ['', 'a', 'bb', 'ccc', 'dddd'];
const names = ['one', 'two', 'three'];
const types = ['email', 'iban', 'phone'];

const owner = fc.nat(1);
const content = fc.constantFrom(...contents);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('upload' as const),
      owner,
      name: fc.constantFrom(...names),
      content,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rescan' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('progress' as const), content }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('land' as const),
      content,
      score: fc.option(fc.nat(100), { freq: 5 }),
      types: fc.subarray(types),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

let file: RunningFile;
before(async () => {
  file = await startFile();
});
after(() => file.remove());

async function take(one: Step, model: FileModel, people: Person[]): Promise<void> {
  if (one.do === 'upload') {
    const kept = await (people[one.owner] as Person).keep(one.name, one.content);
    model.upload(one.owner, one.name, one.content, kept.id);
    return;
  }
  if (one.do === 'delete' || one.do === 'rescan') {
    const target = model.files[one.which % Math.max(1, model.files.length)];
    if (!target) return;
    const person = people[target.owner] as Person;
    const path = one.do === 'delete' ? `/${target.id}` : `/${target.id}/rescan`;
    const method = one.do === 'delete' ? 'DELETE' : 'POST';
    assert.ok((await person.call(path, { method })).status < 300);
    if (one.do === 'delete') model.delete(target.id);
    else model.rescan(target.content);
    return;
  }
  const sha256 = sha256Of(one.content);
  if (one.do === 'progress') {
    await file.post('/progress', { sha256, bytes_read: 1 });
    model.progress(one.content);
    return;
  }
  const counts = Object.fromEntries(one.types.map((type) => [type, 1]));
  const result =
    one.score === null
      ? resultOf({ sha256, status: 'failed', reason: 'binary_data' })
      : resultOf({ sha256, score: one.score, counts });
  const { body } = await file.post('/results', { results: [result] });
  assert.deepEqual(body['outcomes'], [model.land(one.content, one.score, one.types)]);
}

async function compare(model: FileModel, people: Person[], auditor: Person): Promise<void> {
  const scopes: [who: Person, owner: number | undefined][] = [
    [people[0] as Person, 0],
    [people[1] as Person, 1],
    [auditor, undefined],
  ];
  for (const [who, scope] of scopes) {
    const isOf = (number: number): boolean => scope === undefined || number === scope;
    assert.deepEqual(await who.summary(), model.summary(scope));
    const filters: [query: string, filter: Parameters<FileModel['list']>[0]][] = [
      ['', () => true],
      ...['pending', 'scanning', 'scored', 'failed'].map((status): (typeof filters)[number] => [
        `status=${status}`,
        (_, { status: actual }) => actual === status,
      ]),
      ...['public', 'internal', 'confidential', 'restricted'].map(
        (label): (typeof filters)[number] => [
          `label=${label}`,
          (_, known) => known.label === label,
        ],
      ),
      ...types.map((type): (typeof filters)[number] => [
        `type=${type}`,
        (_, known) => known.types.includes(type),
      ]),
      ['min_score=50', (_, { score }) => (score ?? -1) >= 50],
      ['q=T', ({ name }) => name.includes('t')],
      ['q=TWO', ({ name }) => name === 'two'],
      [
        'type=email&status=scored&q=o',
        ({ name }, known) =>
          known.types.includes('email') && known.status === 'scored' && name.includes('o'),
      ],
    ];
    for (const [query, filter] of filters) {
      const { list } = await who.get(`/?limit=1000&${query}`);
      const expected = model
        .list((one, known) => isOf(one.owner) && filter(one, known))
        .map((one) => model.rowOf(one));
      const actual = list.map((row: FileBody) => ({
        id: row.id,
        filename: row.filename,
        version: row.version,
        filesize: row.filesize,
        status: row.status,
        sensitivity_score: row.sensitivity_score,
        label: row.label,
      }));
      assert.deepEqual(actual, expected, query);
    }
  }
}

describe('the file role', () => {
  it('lists, filters and counts as a plain model does, whatever happens to the files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const people = [await file.person(), await file.person()];
        const auditor = await file.person('auditor');
        const model = new FileModel();
        try {
          for (const one of steps) await take(one, model, people);
          await compare(model, people, auditor);
        } finally {
          for (const { id, owner: number } of model.list(() => true)) {
            await people[number]?.call(`/${id}`, { method: 'DELETE' });
          }
        }
        assert.equal(file.rows('select 1 from files').length, 0);
        assert.deepEqual(file.contents(), []);
        assert.deepEqual(file.rows('select 1 from file_counts where files != 0'), []);
        assert.deepEqual(file.rows('select 1 from file_types'), []);
        assert.deepEqual(file.rows('select 1 from owners where used_bytes != 0'), []);
      }),
      { numRuns: 25 },
    );
  });
});
