import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { Up } from '../support/up.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');

interface Detail {
  status: string;
  sensitivity_score: number;
  label: string;
  shares: { type: string; share: number }[];
}

it("README's “Try it” does what it says, as printed", async () => {
  const commands = /## Try it\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'sensitivity-readme-'));
  const up = await Up.start({ proxy: 'auto' });
  try {
    const script = commands
      .replaceAll('http://localhost:8080', up.url)
      .replaceAll(/^(curl .*)$/gm, 'echo; $1');
    const { stdout } = await promisify(execFile)('bash', ['-eu', '-c', script], { cwd: folder });
    const [, detail = '', findings = ''] = stdout.split('\n').filter((line) => line !== '');
    const file = JSON.parse(detail) as Detail;
    assert.equal(file.status, 'scored');
    assert.equal(file.label, 'confidential');
    assert.deepEqual(file.shares.map(({ type }) => type).toSorted(), ['credit_card', 'iban']);
    const sum = file.shares.reduce((total, { share }) => total + share, 0);
    assert.equal(sum, file.sensitivity_score);
    const found = JSON.parse(findings) as { type: string }[];
    assert.deepEqual(found.map(({ type }) => type).toSorted(), ['credit_card', 'iban']);
    assert.ok(!stdout.includes('4231 8470 5962'), 'the value is masked');
    const printed = JSON.parse(
      /<!-- example -->\n\n```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '',
    );
    assert.equal(printed.sensitivity_score, file.sensitivity_score);
    const shares = (detail: Detail) => detail.shares.map(({ type, share }) => [type, share]);
    assert.deepEqual(shares(printed as Detail), shares(file));
  } finally {
    await up.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
