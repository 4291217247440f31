import { join } from 'node:path';

const writable: Record<string, string[]> = {
  auth: ['auth.db*'],
  beat: ['beat.db*'],
  file: ['file.db*', 'content', 'content/*'],
  worker: ['worker.db*'],
};

const secrets: Record<string, string[]> = {
  auth: ['secrets/*'],
  beat: [],
  file: ['secrets/file-client-secret'],
  worker: ['secrets/worker-client-secret'],
};

/**
 * Flags of Node's permission model for a role: it reads the program and its own data, writes its
 * own data, and starts no other program. The network, threads and the SQLite addon are allowed.
 */
export function permissionFlags(
  role: string,
  { root, dataDir }: { root: string; dataDir: string },
): string[] {
  const own = (writable[role] ?? []).map((path) => join(dataDir, path));
  const read = (secrets[role] ?? []).map((path) => join(dataDir, path));
  const program = ['bin', 'src', 'node_modules', 'package.json'].map((path) => join(root, path));
  return [
    '--permission',
    '--allow-addons',
    '--allow-worker',
    '--allow-net',
    ...[...program, ...own, ...read].map((path) => `--allow-fs-read=${path}`),
    ...own.map((path) => `--allow-fs-write=${path}`),
  ];
}
