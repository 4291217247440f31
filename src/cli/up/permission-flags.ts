import { join } from 'node:path';

export interface PermissionOptions {
  /** Where the program is. */
  root: string;
  /** The role's own folder: all that it may write. */
  folder: string;
  /** Files it may read besides. */
  secrets: readonly string[];
}

/**
 * Flags of Node's permission model for a role: it reads the program and its secrets, writes its
 * own folder and starts no other program. The network, threads and the SQLite addon are allowed.
 */
export function permissionFlags({ root, folder, secrets }: PermissionOptions): string[] {
  const program = ['bin', 'src', 'node_modules', 'package.json'].map((path) => join(root, path));
  return [
    '--permission',
    '--allow-addons',
    '--allow-worker',
    '--allow-net',
    ...[...program, folder, ...secrets].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}`,
    // Each of the flags above announces itself on standard error.
    '--disable-warning=SecurityWarning',
    '--disable-warning=ExperimentalWarning',
  ];
}
