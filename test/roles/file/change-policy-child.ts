import { startFile } from './start-file.ts';

/**
 * Runs a file role over a folder, puts a policy in force, and tells how many contents have it now,
 * line by line, until it is killed. Arguments: the folder, the policy.
 */
const [folder = '', policy = ''] = process.argv.slice(2);
const file = await startFile({ folder });
const admin = await file.person('admin');
await admin.call('/policy', {
  method: 'PUT',
  body: policy,
  headers: { 'Content-Type': 'application/yaml', 'If-Match': '*' },
});
for (;;) {
  const [row] = file.rows<{ n: number }>('select count(*) n from contents where revision > 1');
  process.stdout.write(`${row?.n ?? 0}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
