import assert from 'node:assert/strict';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import { until } from '../../broker/until.ts';
import { scan } from '../../engine/scan-for-test.ts';
import { type LandOptions, landScans, seedFiles, textOf } from './seed-scored.ts';
import { type RunningFile, startFile } from './start-file.ts';

export interface Row {
  name: string;
  score: number | null;
  label: string | null;
}

/** A file role over scored contents, as if a worker had scanned each of them. */
export async function startScored(
  contents: number,
  tellMore?: LandOptions['tellMore'],
): Promise<{ file: RunningFile; key: Uint8Array; remove: () => Promise<void> }> {
  const empty = await startFile();
  const { body } = await empty.call('/scan-settings', { token: empty.service });
  const key = Buffer.from(String(body['fingerprint_key']), 'base64');
  await empty.stop();
  const hashes = await seedFiles(empty, contents);
  const file = await startFile({ folder: empty.folder, issuer: empty.issuer });
  await landScans(file, hashes, { fingerprintKey: key, ...(tellMore && { tellMore }) });
  const remove = async (): Promise<void> => {
    await file.remove();
    await empty.issuer.close();
  };
  return { file, key, remove };
}

export async function putPolicy(file: RunningFile, policy: string): Promise<void> {
  const admin = await file.person('admin');
  const { status, text } = await admin.call('/policy', {
    method: 'PUT',
    body: policy,
    headers: { 'Content-Type': 'application/yaml', 'If-Match': '*' },
  });
  assert.equal(status, 200, text);
}

export const count = (file: RunningFile, what: string): number =>
  file.rows<{ n: number }>(`select count(*) n from ${what}`)[0]?.n ?? 0;

export const settled = (file: RunningFile): Promise<void> =>
  until(
    'no content of an older revision',
    () =>
      file.rows(`select 1 from contents where due_at is null
        and revision < (select max(revision) from revisions) limit 1`).length === 0,
    60_000,
  );

/** Every file's score, and the counts of the summary, are those of a scan under the policy. */
export function checkScores(file: RunningFile, text: string, every = 1): void {
  const parsed = parsePolicy(text);
  assert.ok(parsed.ok);
  const rows = file.rows<Row>('select name, score, label from files');
  for (const { name, score, label } of rows) {
    const number = Number(/\d+/.exec(name)?.[0]);
    if (number % every !== 0) continue;
    const report = scan(textOf(number), { policy: parsed.policy, path: name });
    assert.deepEqual([score, label], [report.score, report.label], name);
  }
  const labels = file.rows('select label value, count(*) files from files group by 1 order by 1');
  const counted = file.rows(
    "select value, files from file_counts where owner = 0 and facet = 'label' and files > 0 order by 1",
  );
  assert.deepEqual(counted, labels);
  const types = file.rows(
    'select type value, count(*) files from file_types group by 1 order by 1',
  );
  const countedTypes = file.rows(
    "select value, files from file_counts where owner = 0 and facet = 'type' and files > 0 order by 1",
  );
  assert.deepEqual(countedTypes, types);
  assert.equal(
    count(file, 'file_types t join files f using (seq) where t.rank != ifnull(f.score, -1)'),
    0,
  );
}
