import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const { O_CREAT, O_EXCL, O_SYNC, O_WRONLY } = constants;

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
  const file = openSync(draft, O_WRONLY | O_CREAT | O_EXCL | O_SYNC, 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString('base64url')}\n`);
    // Whole or not at all, also when two are started at once.
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    closeSync(file);
    rmSync(draft);
  }
  return path;
}
