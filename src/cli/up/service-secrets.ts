import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files with the secrets that services sign in to auth with, made at the first start and
 * readable by their owner alone. Returns their paths.
 */
export function ensureServiceSecrets(folder: string): { file: string; worker: string } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { file: ensureSecret(folder, 'file'), worker: ensureSecret(folder, 'worker') };
}

function ensureSecret(folder: string, service: string): string {
  const path = join(folder, `${service}-client-secret`);
  if (existsSync(path)) return path;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    // Whole or not at all, also when two are started at once.
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
  rmSync(draft);
  return path;
}
