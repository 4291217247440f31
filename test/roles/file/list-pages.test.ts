import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FileBody, Person } from './person.ts';
import { resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
let people: [Person, Person];
const kept: FileBody[] = [];
before(async () => {
  file = await startFile();
  people = [await file.person(), await file.person()];
  for (let number = 0; number < 30; number += 1) {
    const who = people[number % 2] as Person;
    const one = await who.keep(`${number % 3 ? 'Übersicht & Co' : 'list'} ${number}`, `${number}`);
    kept.push(one);
    if (number % 4 === 3) continue;
    const counts = { email: 1 };
    const result = resultOf({ sha256: one.sha256, score: number * 3, counts });
    await file.post('/results', { results: [result] });
  }
});
after(() => file.remove());

/** Follows the links as they are given, from the first page to the last. */
async function follow(who: Person, path: string): Promise<FileBody[][]> {
  const pages: FileBody[][] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const { status, list, headers, text } = await who.get(next);
    assert.equal(status, 200, text);
    pages.push(list);
    next = /^<\/api\/file([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
  }
  return pages;
}

describe('the list of files', () => {
  it('goes on by its links with the filters, the sort and the limit it began with', async () => {
    const [one] = people;
    const auditor = await file.person('auditor');
    const username = encodeURIComponent(`${one.subject}@issuer.test`);
    const cases: [who: Person, query: string, filter: (row: FileBody) => boolean][] = [
      [one, 'limit=4', (row) => row.username.startsWith(one.subject)],
      [one, 'limit=4&q=%C3%9Cbersicht%20%26%20C&sort=created', (row) => row.filename.includes('Ü')],
      [auditor, 'limit=7', () => true],
      [auditor, `limit=4&username=${username}`, (row) => row.username.startsWith(one.subject)],
      [auditor, 'limit=3&status=scored&min_score=30', (row) => (row.sensitivity_score ?? 0) >= 30],
      [auditor, 'limit=3&label=public&sort=-score', (row) => row.label === 'public'],
      [auditor, 'limit=3&type=email&sort=name', (row) => row.status === 'scored'],
    ];
    for (const [who, query, filter] of cases) {
      const pages = await follow(who, `/?${query}`);
      const all = (await auditor.get('/?limit=1000')).list;
      const isOf = (row: FileBody): boolean =>
        who === auditor || row.username.startsWith(who.subject);
      const expected = all.filter((row) => isOf(row) && filter(row)).map(({ id }) => id);
      const ids = pages.flat().map(({ id }) => id);
      assert.deepEqual(ids.toSorted(), expected.toSorted(), query);
      assert.ok(expected.length > 3, query);
      const limit = Number(/limit=(\d+)/.exec(query)?.[1]);
      assert.ok(pages.every((page) => page.length <= limit));
    }
  });

  it('has no link on the last page, however full it is', async () => {
    const { list, headers } = await people[0].get('/?limit=15');
    assert.equal(list.length, 15);
    assert.equal(headers.get('link'), null);
  });

  it('stays where it is while files are added before and behind', async () => {
    const person = await file.person();
    for (const name of ['a', 'c', 'e', 'g']) await person.keep(name, name);
    const first = await person.get('/?sort=name&limit=2');
    await person.keep('b', 'b');
    await person.keep('f', 'f');
    const next = /file([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const names = (await person.get(next)).list.map(({ filename }) => filename);
    assert.deepEqual(names, ['e', 'f']);
  });

  it('is empty for who has no files, for unknown names and for others’ names', async () => {
    const nobody = await file.person();
    const other = encodeURIComponent(`${people[1].subject}@issuer.test`);
    for (const path of ['/', '/?username=nobody', `/?username=${other}`]) {
      const { status, text } = await nobody.get(path);
      assert.deepEqual([status, text], [200, '[]'], path);
    }
    assert.deepEqual(await nobody.summary(), {
      files: 0,
      bytes: 0,
      by_label: {},
      by_status: {},
      by_type: {},
    });
  });

  it('answers with a trailing slash and without, and outside the public path', async () => {
    const init = { headers: { Authorization: `Bearer ${people[0].token}` } };
    const bodies = await Promise.all(
      ['/api/file', '/api/file/', '/'].map(async (path) => {
        const response = await fetch(`${file.url}${path}?limit=2`, init);
        return response.text();
      }),
    );
    assert.equal(new Set(bodies).size, 1);
    assert.equal((JSON.parse(bodies[0] ?? '[]') as FileBody[]).length, 2);
  });
});
