import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../broker/until.ts';
import { EventStream } from '../../support/event-stream.ts';
import type { Person } from './person.ts';
import { type Answer, type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
let admin: Person;
let auditor: Person;
let user: Person;
before(async () => {
  file = await startFile();
  admin = await file.person('admin');
  auditor = await file.person('auditor');
  user = await file.person();
});
after(() => file.remove());

const tagNow = async (): Promise<string> => (await admin.get('/policy')).headers.get('etag') ?? '';

async function put(
  body: string,
  {
    who = admin,
    type = 'application/yaml',
    tag,
  }: { who?: Person; type?: string; tag?: string } = {},
): Promise<Answer> {
  const headers = { 'Content-Type': type, 'If-Match': tag ?? (await tagNow()) };
  return who.call('/policy', { method: 'PUT', body, headers });
}

const weight = (value: number): string =>
  `# ours\nversion: 1\ntypes:\n  email: { weight: ${value} }\n`;

describe('the policy of an installation', () => {
  it('is the engine’s default at first, as JSON and as YAML with comments', async () => {
    const answer = await auditor.get('/policy');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('etag'), '"0"');
    const { policy, ...rest } = answer.body as Record<string, unknown>;
    assert.deepEqual(rest, {
      version: 0,
      created_time: null,
      created_by: null,
      policy_version: 'default-1',
    });
    assert.equal((policy as Record<string, unknown>)['version'], 1);
    const yaml = await auditor.call('/policy', { headers: { Accept: 'application/yaml' } });
    assert.match(yaml.headers.get('content-type') ?? '', /^application\/yaml/);
    assert.match(yaml.text, /^# What this team counts/);
  });

  it('is changed by an admin; the version before is kept, and the audit knows', async () => {
    const changed = await put(weight(0.2));
    assert.equal(changed.status, 200, changed.text);
    assert.equal(changed.headers.get('etag'), '"1"');
    assert.equal(changed.body['created_by'], admin.subject);
    assert.match(String(changed.body['policy_version']), /^1-[0-9a-f]{12}$/);
    const yaml = await admin.call('/policy', { headers: { Accept: 'application/yaml' } });
    assert.equal(yaml.text, weight(0.2));
    assert.equal((await put('{"version":1}', { type: 'application/json' })).status, 200);
    const versions = await auditor.get('/policy/versions?limit=1');
    assert.deepEqual(
      versions.list.map(({ version }) => version),
      [2],
    );
    const next = /<\/api\/file([^>]+)>/.exec(versions.headers.get('link') ?? '')?.[1] ?? '';
    assert.equal((await auditor.get(next)).list[0]?.version, 1);
    const first = await auditor.get('/policy/versions/1');
    assert.deepEqual(first.body['policy'], { version: 1, types: { email: { weight: 0.2 } } });
    assert.equal((await auditor.get('/policy/versions/9')).status, 404);
    const audit = file.rows("select actor, target from audit where action = 'change_policy'");
    assert.deepEqual(audit, [
      { actor: admin.subject, target: 'policy/1' },
      { actor: admin.subject, target: 'policy/2' },
    ]);
  });

  it('is in force in the settings of a scan, also after a restart', async () => {
    await put(weight(0.33));
    const settings = async (one: RunningFile): Promise<Record<string, unknown>> =>
      (await one.call('/scan-settings', { token: one.service })).body;
    const body = await settings(file);
    const policy = body['policy'] as { types: unknown };
    assert.deepEqual(policy.types, { email: { weight: 0.33 } });
    const second = await startFile({ folder: file.folder, issuer: file.issuer });
    assert.deepEqual(await settings(second), body);
    const here = await put(weight(0.34));
    assert.equal(here.status, 200);
    const there = (await settings(second))['policy'] as { types: unknown };
    assert.deepEqual(there.types, { email: { weight: 0.34 } });
    await second.stop();
  });

  it('is overwritten by one of two admins at once, and the other is told', async () => {
    const tag = await tagNow();
    const answers = await Promise.all([put(weight(0.4), { tag }), put(weight(0.5), { tag })]);
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 412]);
    const refused = answers.find(({ status }) => status === 412);
    assert.equal(refused?.body.code, 'precondition_failed');
    assert.equal(refused?.headers.get('etag'), await tagNow());
    const kept = answers.find(({ status }) => status === 200);
    assert.deepEqual((await admin.get('/policy')).body['policy'], kept?.body['policy']);
  });

  it('stays as it is when the new one is not valid, and every place is told', async () => {
    const tag = await tagNow();
    const answer = await put('version: 1\ntypes:\n  credit_crad: {}\nmin_confidence: 3\n');
    assert.equal(answer.status, 422);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.body.code, 'invalid_policy');
    const typo = await put('version: 1\ntypes:\n  credit_crad: {}\n');
    assert.deepEqual(typo.body.errors, [
      {
        field: 'types.credit_crad',
        message: 'types.credit_crad is not a type; did you mean credit_card?',
        line: 3,
        column: 3,
      },
    ]);
    assert.equal(await tagNow(), tag);
  });

  const refusals: [name: string, status: number, headers: Record<string, string>, body: string][] =
    [
      ['no If-Match', 428, { 'Content-Type': 'application/yaml' }, 'version: 1'],
      [
        'an old If-Match',
        412,
        { 'Content-Type': 'application/yaml', 'If-Match': '"0"' },
        'version: 1',
      ],
      [
        'another content type',
        415,
        { 'Content-Type': 'text/plain', 'If-Match': '*' },
        'version: 1',
      ],
      [
        'over 256 KiB of YAML',
        413,
        { 'Content-Type': 'application/yaml', 'If-Match': '*' },
        `version: 1\n${'# long\n'.repeat(40_000)}`,
      ],
    ];
  for (const [name, status, headers, body] of refusals) {
    it(`is not changed with ${name}`, async () => {
      const answer = await admin.call('/policy', { method: 'PUT', body, headers });
      assert.equal(answer.status, status, answer.text);
    });
  }

  it('is for admins to change, for auditors to read, and for nobody else', async () => {
    for (const who of [user, auditor]) {
      assert.equal((await put(weight(0.1), { who, tag: '*' })).status, 403);
    }
    for (const path of ['/policy', '/policy/versions', '/policy/versions/0']) {
      assert.equal((await user.get(path)).status, 403, path);
      assert.equal((await file.call(path, { token: file.service })).status, 403, path);
      assert.equal((await file.call(path)).status, 401, path);
      assert.equal((await auditor.get(path)).status, 200, path);
    }
  });

  it('is told to admins who watch, and to no user', async () => {
    const theirs = await EventStream.open(file.url, admin.token);
    const mine = await EventStream.open(file.url, user.token);
    // A stream's head comes before it watches: what it tells of shows that it does.
    await until('both watch', async () => {
      const { id } = await user.keep('watching', String(performance.now()));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [theirs, mine].every((one) => one.find('status', { id }) !== undefined);
    });
    const { body } = await put(weight(0.6));
    const fields = { policy_version: body['policy_version'] };
    await until('the event', () => theirs.find('policy', fields) !== undefined);
    const { id } = await user.keep('after', 'after');
    await until('the next', () => mine.find('status', { id }) !== undefined);
    assert.equal(mine.find('policy', {}), undefined);
    await theirs.close();
    await mine.close();
  });
});

describe('testing a policy', () => {
  const test = (body: unknown, who = auditor): Promise<Answer> =>
    who.call('/policy/test', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });

  it('tells what is found and why, masked, and stores nothing', async () => {
    const before = file.rows('select count(*) n from contents');
    const text = 'Our Bluebird plan, mail jane@acme.co';
    const policy = 'version: 1\ndetectors: [{ id: project, keywords: [Bluebird] }]';
    const { status, body } = await test({ text, policy });
    assert.equal(status, 200);
    assert.deepEqual(body['counts'], { email: 1, project: 1 });
    const findings = body['findings'] as { trace: { pattern: string } }[];
    assert.equal(findings[0]?.trace.pattern, 'word');
    assert.ok(!JSON.stringify(body).includes('Bluebird'));
    assert.ok(!JSON.stringify(body).includes('jane@'));
    assert.deepEqual(file.rows('select count(*) n from contents'), before);
  });

  it('heeds the name of the file, and says what was allowed', async () => {
    const policy = 'version: 1\nallow: { paths: ["*.md"] }';
    const { body } = await test({ text: 'mail jane@acme.co', policy, filename: 'a.md' });
    assert.deepEqual([body['sensitivity_score'], body['allowed']], [0, { email: 1 }]);
  });

  it('refuses long texts, wrong policies and users', async () => {
    assert.equal((await test({ text: 'x'.repeat(65_537) })).status, 400);
    assert.equal((await test({ text: 'x', policy: 'version: 2' })).status, 422);
    assert.equal((await test({ text: 'x' }, user)).status, 403);
  });
});
