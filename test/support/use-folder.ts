import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A temporary folder, gone after the test. */
export function useFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sensitivity-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
