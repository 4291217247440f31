import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '../src/platform/database/open-database.ts';
import { migrations } from '../src/roles/file/migrations/migrations.ts';
import { insertContent, updateContent } from '../src/roles/file/store/contents.ts';
import { insertFile } from '../src/roles/file/store/files.ts';
import { ensureOwner } from '../src/roles/file/store/owners.ts';
import { type FileSchema, labels } from '../src/roles/file/store/schema.ts';
import { Client } from '../test/support/client.ts';
import { Installation } from '../test/support/installation.ts';
import { load } from './http-load.ts';

/**
 * What a page of the list costs with 1,000 and with 100,000 scored files, by every filter and
 * sort, and what an idle sweep costs. `npm run bench:list`; prints a Markdown table. The two are
 * measured in turns, so that the ratio holds on a noisy machine.
 */

const sizes = [1_000, 100_000];
const types = ['credit_card', 'iban', 'email', 'us_ssn', 'private_key'];

const queries = [
  '/',
  '/?sort=created',
  '/?sort=-score',
  '/?sort=score',
  '/?sort=name',
  '/?sort=-name',
  ...[
    'label=restricted',
    'status=scored',
    'type=iban',
    'min_score=90',
    'username=bench@example.org',
  ].flatMap((filter) => ['-created', '-score', 'name'].map((sort) => `/?${filter}&sort=${sort}`)),
  '/?q=report-4242',
  '/?q=report&sort=-score',
  '/?q=zzzz',
  '/?label=internal&status=scored&type=email&min_score=30&sort=name',
];

const installations = [];
for (const size of sizes) installations.push(await start(size));
try {
  process.stdout.write(
    '| page of 100 | 1,000 files, ms | 100,000 files, ms | ratio |\n| --- | ---: | ---: | ---: |\n',
  );
  for (const query of queries) {
    const medians: number[][] = [[], []];
    for (let round = 0; round < 5; round += 1) {
      for (const [index, { client, url }] of installations.entries()) {
        const make = () => ({
          method: 'GET',
          path: `/api/file${query}${query.includes('?') ? '&' : '?'}limit=100`,
          headers: { Authorization: `Bearer ${client.token}` },
        });
        medians[index]?.push((await load(url, { requests: 60, concurrency: 1, make })).p50);
      }
    }
    const [few = 0, many = 0] = medians.map((all) => all.toSorted((a, b) => a - b)[2]);
    process.stdout.write(
      `| \`${query}\` | ${few.toFixed(2)} | ${many.toFixed(2)} | ${(many / few).toFixed(2)} |\n`,
    );
  }
} finally {
  for (const { installation } of installations) await installation.stop();
}

async function start(
  size: number,
): Promise<{ installation: Installation; client: Client; url: string }> {
  const installation = await Installation.start({ processes: ['auth', 'beat', 'file'] });
  const urls = { auth: installation.url('auth'), file: installation.url('file') };
  const client = await Client.register(urls, 'bench@example.org');
  await client.uploadFile('first.txt', 'the first');
  await installation.kill('file', 'SIGTERM');
  await seed(join(installation.dataDir, 'file', 'file.db'), size);
  installation.launch('file');
  await installation.untilReady('file');
  return { installation, client, url: urls.file };
}

async function seed(path: string, size: number): Promise<void> {
  const store = openDatabase<FileSchema>(path, migrations);
  const { subject } = await store.db
    .selectFrom('owners')
    .select('subject')
    .executeTakeFirstOrThrow();
  for (let from = 0; from < size; from += 500) {
    await store.write(
      async (trx) => {
        const { owner } = await ensureOwner(trx, subject);
        for (let index = from; index < from + 500; index += 1) {
          const sha256 = createHash('sha256').update(String(index)).digest('hex');
          const score = (index * 37) % 101;
          const label = labels[score < 10 ? 0 : score < 40 ? 1 : score < 75 ? 2 : 3] ?? 'public';
          const counts = {
            [types[index % 5] ?? 'email']: 1,
            [types[(index * 3) % 7] ?? 'iban']: 2,
          };
          const report = JSON.stringify({ counts, shares: [] });
          const state = { status: 'scored', status_reason: null, score, label, report } as const;
          await insertContent(trx, { sha256, size: 1_000, revision: 1, due_at: 0 });
          await updateContent(trx, sha256, { ...state, due_at: null });
          const name = `report-${(index * 7_919) % size}-${index}.txt`;
          const file = { owner, name, size: 1_000, sha256, mediaType: 'text/plain' };
          await insertFile(trx, file, { ...state, types: Object.keys(counts) });
        }
      },
      { durable: false },
    );
  }
  await store.close();
}
