import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The key of a scan's fingerprints. Reports leave the machine, and with a key that others know,
 * short values could be found by trying them all: so the key is never in a report, only its `id`,
 * by which a baseline made with another key is told.
 */
export interface FingerprintKey {
  key: Uint8Array;
  id: string;
  /** `kept`: another run has the same. `passing`: this run alone has it. */
  life: 'kept' | 'passing';
}

const keyBytes = 32;

/** The key that the user gave as text. */
export function keyFromText(text: string): FingerprintKey {
  return withId(Buffer.from(text, 'utf8'), 'kept');
}

/** A random key for a run whose fingerprints nobody sees. */
export function passingKey(): FingerprintKey {
  return withId(randomBytes(keyBytes), 'passing');
}

/**
 * The user's own key, made at random on first use and readable by nobody else; where it cannot be
 * kept, a passing one.
 */
export function readOwnKey(): FingerprintKey {
  const file = join(configFolder(), 'fingerprint-key');
  try {
    const kept = readKey(file) ?? createKey(file);
    return withId(kept, 'kept');
  } catch {
    return passingKey();
  }
}

function configFolder(): string {
  const base = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(base, 'sensitivity');
}

function readKey(file: string): Uint8Array | undefined {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    return key.length === keyBytes ? key : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of several runs that make the key at once, one wins and all have its key. */
function createKey(file: string): Uint8Array | undefined {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(keyBytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readKey(file);
}

function withId(key: Uint8Array | undefined, life: FingerprintKey['life']): FingerprintKey {
  if (key === undefined) return passingKey();
  const id = createHmac('sha256', key).update('sensitivity fingerprint key').digest('hex');
  return { key, id: id.slice(0, 12), life };
}
