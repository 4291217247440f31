import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DocumentReport } from '../../../src/documents/scan-document.ts';
import { scan } from '../../engine/scan-for-test.ts';
import type { Person } from './person.ts';
import { checkScores, count, putPolicy, type Row, settled, startScored } from './scored-files.ts';
import { landScans, textOf } from './seed-scored.ts';
import type { RunningFile } from './start-file.ts';

describe('a change of policy', () => {
  let file: RunningFile;
  let remove: () => Promise<void>;
  let key: Uint8Array;
  let auditor: Person;
  before(async () => {
    ({ file, key, remove } = await startScored(120));
    auditor = await file.person('auditor');
  });
  after(() => remove());

  const free: Record<string, string> = {
    'a higher minimum': 'min_confidence: 0.9',
    'a type turned off': 'types: { us_ssn: { off: true } }',
    'other label bounds': 'labels: { internal: 1, confidential: 2, restricted: 90 }',
    'a floor': 'floors: { types: { email: restricted, us_ssn: none } }',
    'an allowed path': 'allow: { paths: ["file-1*.txt"] }',
    'an allowed path for one type': 'allow: { paths: [{ path: "*.txt", types: [email] }] }',
    'nothing but a comment': '# nothing',
  };
  for (const [name, setting] of Object.entries(free)) {
    it(`to ${name} gives every file the score of a new scan, without one`, async () => {
      const text = `version: 1\n${setting}\n`;
      await putPolicy(file, text);
      await settled(file);
      assert.equal(count(file, 'outbox'), 0);
      checkScores(file, text);
    });
  }

  it('shows in a file’s page and findings what counts now', async () => {
    await putPolicy(
      file,
      'version: 1\ntypes: { us_ssn: { off: true } }\nallow: { paths: [file-3.txt] }\n',
    );
    await settled(file);
    const idOf = (name: string): unknown =>
      file.rows<{ id: string }>('select id from files where name = ?', name)[0]?.id;
    const open = (await auditor.get(`/${idOf('file-0.txt')}`)).body;
    assert.deepEqual(open['counts'], { email: 1 });
    assert.match(String(open['policy_version']), /^\d+-/);
    const findings = (await auditor.get(`/${idOf('file-0.txt')}/findings`)).list;
    assert.deepEqual(
      findings.map((one) => (one as unknown as { type: string }).type),
      ['email'],
    );
    const allowed = (await auditor.get(`/${idOf('file-3.txt')}`)).body;
    assert.deepEqual([allowed['counts'], allowed['allowed']], [{}, { email: 1 }]);
    assert.equal(allowed.sensitivity_score, 0);
    assert.deepEqual((await auditor.get(`/${idOf('file-3.txt')}/findings`)).list, []);
  });

  it('that allows a fingerprint reads only the contents that have it', async () => {
    const [found] = file.rows<{ sha256: string; body: string }>(
      "select sha256, body from findings where type = 'email' limit 1",
    );
    const { fingerprint } = JSON.parse(found?.body ?? '{}');
    await putPolicy(file, `version: 1\nallow: { fingerprints: [${fingerprint}] }\n`);
    await settled(file);
    assert.deepEqual(
      file.rows<{ key: string }>('select key from outbox').map((row) => row.key.split(':')[1]),
      [found?.sha256],
    );
  });

  it('with a new keyword queues each distinct content once, also for many files', async () => {
    const person = await file.person();
    await person.keep('copy.txt', textOf(5));
    // The one that the change before this asked for.
    assert.equal(count(file, 'outbox'), 1);
    const text =
      'version: 1\ndetectors: [{ id: project, keywords: [Bluebird], label: restricted }]\n';
    await putPolicy(file, text);
    await settled(file);
    await file.post('/sweep');
    const keys = file.rows<{ key: string }>('select key from outbox').map(({ key }) => key);
    assert.equal(keys.length, 120);
    assert.equal(new Set(keys.map((key) => key.split(':')[1])).size, 120);
    const [before] = file.rows<Row>("select score from files where name = 'file-1.txt'");
    assert.ok((before?.score ?? 0) > 0, 'the old score stands until the new one is there');
    const { policy, revision } = (await file.call('/scan-settings', { token: file.service }))
      .body as { policy?: unknown; revision?: number };
    const sha256 = keys.at(-1)?.split(':')[1] ?? '';
    const number = file.rows<{ name: string }>(
      'select name from files where sha256 = ?',
      sha256,
    )[0];
    const content = textOf(Number(/\d+/.exec(number?.name ?? '')?.[0]));
    const report = scan(content, { policy: policy as never, fingerprintKey: key });
    assert.equal(report.label, 'restricted');
    const document = {
      status: 'scored',
      statusReason: null,
      mediaType: 'text/plain',
      encoding: 'utf-8',
      report,
      bytesRead: 1,
    };
    const results = [{ sha256, revision, engine_version: report.engineVersion, document }];
    assert.deepEqual((await file.post('/results', { results })).body['outcomes'], ['landed']);
    const [row] = file.rows<Row>('select label from files where sha256 = ?', sha256);
    assert.equal(row?.label, 'restricted');
  });
});

describe('a change of policy that turns reading pictures on', () => {
  const none = { read: 0, unread: 0 };
  const documents: readonly Partial<DocumentReport>[] = [
    { pictures: none },
    { pictures: { read: 0, unread: 2 } },
    {
      status: 'failed',
      statusReason: 'unsupported:image/png',
      report: null,
      pictures: { read: 0, unread: 1 },
    },
    // As workers told it that did not count pictures.
    {
      status: 'partial',
      statusReason: 'unsupported:image/jpeg',
      inner: { read: 1, unread: 1, problems: { 'unsupported:image/jpeg': 1 } },
    },
    { status: 'partial', statusReason: 'unsupported:image', pictures: none },
    {
      status: 'failed',
      statusReason: 'unsupported:application/vnd.rar',
      report: null,
      pictures: none,
    },
  ];
  const withPictures = ['file-1.txt', 'file-2.txt', 'file-3.txt'];

  it('reads those again that have some, and they alone when it is turned off again', async () => {
    const { file, key, remove } = await startScored(6, (number) => documents[number] ?? {});
    const namesOf = (sha256: string): string[] =>
      file.rows<Row>('select name from files where sha256 = ?', sha256).map(({ name }) => name);
    const queued = (revision: number): string[] =>
      file
        .rows<{ key: string }>('select key from outbox')
        .map((row) => row.key.split(':'))
        .filter(([, , number]) => number === String(revision))
        .flatMap(([, sha256 = '']) => namesOf(sha256))
        .sort();
    const hashes = withPictures.map(
      (name) =>
        file.rows<{ sha256: string }>('select sha256 from files where name = ?', name)[0]?.sha256 ??
        '',
    );
    try {
      await putPolicy(file, 'version: 1\nimages: { ocr: true }\n');
      await settled(file);
      assert.deepEqual(queued(2), withPictures);
      await landScans(file, hashes, {
        fingerprintKey: key,
        revision: 2,
        tellMore: () => ({ pictures: { read: 1, unread: 0 } }),
      });
      await putPolicy(file, 'version: 1\nmin_confidence: 0.6\nimages: { ocr: true }\n');
      await settled(file);
      assert.deepEqual(queued(3), []);
      await putPolicy(file, 'version: 1\n');
      await settled(file);
      assert.deepEqual(queued(4), withPictures);
    } finally {
      await remove();
    }
  });
});
