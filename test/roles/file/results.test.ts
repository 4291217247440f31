import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { scanDocument } from '../../../src/documents/scan-document.ts';
import { defaultPolicy } from '../../../src/engine/policy.ts';
import type { Policy } from '../../../src/engine/types.ts';
import { makeEmail, makeIban } from '../../support/sensitive-values.ts';
import type { Person } from './person.ts';
import { type ResultOptions, resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
let person: Person;
before(async () => {
  file = await startFile();
  person = await file.person();
});
after(() => file.remove());

async function land(...options: ResultOptions[]): Promise<unknown> {
  const answer = await file.post('/results', { results: options.map(resultOf) });
  assert.equal(answer.status, 200, answer.text);
  return answer.body['outcomes'];
}

describe('a result', () => {
  it('lands once: the second time it is known', async () => {
    const { id, sha256 } = await person.keep('once', 'once');
    const result = { sha256, score: 80, counts: { email: 3 }, mediaType: 'text/csv' };
    assert.deepEqual(await land(result, result), ['landed', 'known']);
    assert.deepEqual(await land({ ...result, score: 1 }), ['known']);
    const { body } = await person.get(`/${id}`);
    assert.deepEqual(
      [body.status, body.status_reason, body.sensitivity_score, body.label, body.media_type],
      ['scored', null, 80, 'restricted', 'text/csv'],
    );
    assert.deepEqual(body['counts'], { email: 3 });
    assert.equal((body['shares'] as unknown[]).length, 1);
    assert.equal(body['policy_version'], 'default-1');
    assert.ok(Date.parse(String(body['scanned_time'])) > 0);
  });

  it('of a content that is gone, or of an older revision, changes nothing', async () => {
    const { id, sha256 } = await person.keep('gone', 'gone');
    assert.deepEqual(await land({ sha256, revision: 0 }), ['outdated']);
    assert.equal((await person.get(`/${id}`)).body.status, 'pending');
    await person.call(`/${id}`, { method: 'DELETE' });
    assert.deepEqual(await land({ sha256 }), ['gone']);
    assert.deepEqual(await land({ sha256: '0'.repeat(64) }), ['gone']);
    assert.equal(file.rows('select 1 from findings where sha256 = ?', sha256).length, 0);
  });

  it('of a revision that there never was is refused, and others with it land', async () => {
    const [one, two] = [await person.keep('r1', 'r1'), await person.keep('r2', 'r2')];
    const results = [{ sha256: one.sha256, revision: 99 }, { sha256: two.sha256 }].map(resultOf);
    const answer = await file.post('/results', { results });
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalid_request']);
    assert.deepEqual(await land({ sha256: one.sha256 }), ['landed']);
    assert.equal((await person.get(`/${two.id}`)).body.status, 'scored');
  });

  it('lands on every file with the content: of others, and older versions', async () => {
    const other = await file.person();
    const mine = await person.keep('shared', 'shared content');
    const theirs = await other.keep('their name', 'shared content');
    await other.keep('their name', 'a newer version');
    assert.deepEqual(await land({ sha256: mine.sha256, score: 30 }), ['landed']);
    for (const [who, id] of [
      [person, mine.id],
      [other, theirs.id],
    ] as const) {
      const { body } = await who.get(`/${id}`);
      assert.deepEqual(
        [body.status, body.sensitivity_score, body.label],
        ['scored', 30, 'internal'],
      );
    }
    assert.deepEqual((await other.summary()).by_status, { pending: 1 });
    assert.deepEqual((await other.get('/?status=scored')).list, []);
  });

  it('is there at once when somebody else uploads a known content', async () => {
    const { sha256 } = await person.keep('known', 'known content');
    await land({ sha256, score: 60, counts: { iban: 2 } });
    const other = await file.person();
    const before = file.rows('select 1 from outbox').length;
    const kept = await other.keep('copy', 'known content');
    assert.deepEqual(
      [kept.status, kept.sensitivity_score, kept.label],
      ['scored', 60, 'confidential'],
    );
    assert.equal(file.rows('select 1 from outbox').length, before);
    assert.equal((await other.get(`/${kept.id}/findings`)).list.length, 2);
    assert.deepEqual((await other.summary()).by_type, { iban: 1 });
    assert.equal((await other.get('/?type=iban')).list.length, 1);
  });

  it('says honestly what is partial, and what failed', async () => {
    const partial = await person.keep('partial', 'partial');
    const failed = await person.keep('failed', 'failed');
    await land(
      { sha256: partial.sha256, status: 'partial', reason: 'undecodable_bytes', score: 40 },
      { sha256: failed.sha256, status: 'failed', reason: 'unsupported:application/pdf' },
    );
    const one = (await person.get(`/${partial.id}`)).body;
    assert.deepEqual(
      [one.status, one.status_reason, one.sensitivity_score],
      ['partial', 'undecodable_bytes', 40],
    );
    const two = (await person.get(`/${failed.id}`)).body;
    assert.deepEqual(
      [two.status, two.status_reason, two.sensitivity_score, two.label],
      ['failed', 'unsupported:application/pdf', null, null],
    );
    const lowest = (await person.get('/?sort=score')).list[0];
    assert.equal(lowest?.sensitivity_score, null);
  });

  it('mends a failure, and a failure that comes late does not undo it', async () => {
    const { id, sha256 } = await person.keep('mended', 'mended');
    const failure = { sha256, status: 'failed', reason: 'timeout' } as const;
    assert.deepEqual(await land(failure), ['landed']);
    assert.deepEqual(await land(failure), ['known']);
    assert.deepEqual(await land({ sha256, score: 20 }), ['landed']);
    assert.deepEqual(await land(failure), ['known']);
    assert.equal((await person.get(`/${id}`)).body.sensitivity_score, 20);
  });

  it('is taken as the engine makes it', async () => {
    const text = `name;mail;account\nEva;${makeEmail('a')};${makeIban('a')}\n`.repeat(3);
    const { id, sha256 } = await person.keep('people.csv', text);
    const { body: settings } = await file.call('/scan-settings', { token: file.service });
    const document = await scanDocument(Readable.from([Buffer.from(text)]), {
      policy: settings['policy'] as Policy,
      fingerprintKey: Buffer.from(String(settings['fingerprint_key']), 'base64'),
    });
    const result = { ...resultOf({ sha256 }), document };
    const answer = await file.post('/results', { results: [result] });
    assert.deepEqual(answer.body['outcomes'], ['landed'], answer.text);
    const { body } = await person.get(`/${id}`);
    assert.equal(body.sensitivity_score, document.report?.score);
    assert.deepEqual(body['counts'], document.report?.counts);
    const findings = await person.get(`/${id}/findings`);
    assert.deepEqual(findings.list, JSON.parse(JSON.stringify(document.report?.findings)));
    assert.ok(findings.list.length >= 6);
    assert.ok(!findings.text.includes(makeIban('a')));
  });

  it('of zero bytes lands like any other', async () => {
    const { id, sha256 } = await person.keep('empty', '');
    assert.deepEqual(await land({ sha256, score: 0 }), ['landed']);
    assert.equal((await person.get(`/${id}`)).body.label, 'public');
  });
});

describe('progress', () => {
  it('shows a pending file as scanning, and is nothing to any other', async () => {
    const { id, sha256 } = await person.keep('progress', 'progress');
    const tell = async (): Promise<void> => {
      const answer = await file.post('/progress', { sha256, bytes_read: 5 });
      assert.deepEqual([answer.status, answer.text], [204, '']);
    };
    await tell();
    await tell();
    assert.equal((await person.get(`/${id}`)).body.status, 'scanning');
    assert.equal((await person.get('/?status=scanning')).list.length, 1);
    await land({ sha256 });
    await tell();
    assert.equal((await person.get(`/${id}`)).body.status, 'scored');
    assert.equal(
      (await file.post('/progress', { sha256: '0'.repeat(64), bytes_read: 0 })).status,
      204,
    );
  });
});

describe('scanning anew', () => {
  it('keeps the last score until the new one is there, and asks no cache', async () => {
    const { id, sha256 } = await person.keep('rescan', 'rescan');
    await land({ sha256, score: 90, counts: { email: 1 } });
    const { status, body } = await person.call(`/${id}/rescan`, { method: 'POST' });
    assert.deepEqual([status, body.status, body.sensitivity_score], [202, 'pending', 90]);
    const [task] = file.rows<{ task: string }>(
      'select task from outbox where key = ? order by seq desc',
      `scan:${sha256}:1`,
    );
    assert.equal(JSON.parse(task?.task ?? '{}').args.force, true);
    assert.equal((await person.get('/?type=email&status=pending')).list.length, 1);
    assert.deepEqual(await land({ sha256, score: 10 }), ['landed']);
    const after = (await person.get(`/${id}`)).body;
    assert.deepEqual([after.status, after.sensitivity_score], ['scored', 10]);
    assert.deepEqual((await person.get('/?type=email&q=rescan')).list, []);
  });
});

describe('findings', () => {
  it('come page by page in the order of the scan, of all types or of one', async () => {
    const { id, sha256 } = await person.keep('findings', 'findings');
    await land({ sha256, counts: { email: 7, iban: 5 } });
    for (const [query, expected] of [
      ['', 12],
      ['&type=email', 7],
      ['&type=iban', 5],
      ['&type=none', 0],
    ] as const) {
      const offsets: number[] = [];
      let next: string | undefined = `/${id}/findings?limit=3${query}`;
      while (next !== undefined) {
        const { status, body, headers } = await person.get(next);
        assert.equal(status, 200);
        const page = body as unknown as { type: string; place: { offset: number } }[];
        assert.ok(page.length <= 3);
        offsets.push(...page.map(({ place }) => place.offset));
        next = /<\/api\/file([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      }
      assert.equal(offsets.length, expected);
      assert.deepEqual(
        offsets,
        offsets.toSorted((a, b) => a - b),
      );
    }
    const link = (await person.get(`/${id}/findings?limit=3`)).headers.get('link') ?? '';
    const cursor = /cursor=([^>&]+)/.exec(link)?.[1];
    const other = await person.get(`/${id}/findings?limit=3&type=email&cursor=${cursor}`);
    assert.deepEqual([other.status, other.body.code], [400, 'invalid_cursor']);
  });

  it('are counted exactly where only some are stored', async () => {
    const { id, sha256 } = await person.keep('many', 'many');
    await land({ sha256, counts: { email: 40 }, stored: 10 });
    assert.equal((await person.get(`/${id}/findings`)).list.length, 10);
    assert.deepEqual((await person.get(`/${id}`)).body['counts'], { email: 40 });
  });
});

describe('the settings of a scan', () => {
  it('are the policy, its number and the same key at every start', async () => {
    const { body } = await file.call('/scan-settings', { token: file.service });
    assert.equal(body['revision'], 1);
    assert.deepEqual(body['policy'], { ...defaultPolicy });
    assert.equal(Buffer.from(String(body['fingerprint_key']), 'base64').length, 32);
    const second = await startFile({ folder: file.folder, issuer: file.issuer });
    const again = await second.call('/scan-settings', { token: file.service });
    assert.deepEqual(again.body, body);
    await second.stop();
  });
});
