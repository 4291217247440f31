import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** As the XDG Base Directory Specification has it. */
export function findCacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(findHome(), '.cache'), 'sensitivity');
}

/** Where each system has it: XDG Base Directory, Apple's file system guide, Windows' known folders. */
export function findConfigFolder(): string {
  const given = process.env['XDG_CONFIG_HOME'];
  if (given) return join(given, 'sensitivity');
  if (process.platform === 'darwin') {
    return join(findHome(), 'Library', 'Application Support', 'sensitivity');
  }
  if (process.platform === 'win32') {
    return join(process.env['APPDATA'] || join(findHome(), 'AppData', 'Roaming'), 'sensitivity');
  }
  return join(findHome(), '.config', 'sensitivity');
}

/** A user without an entry in the list of users, as in a container, has no home folder. */
function findHome(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}
