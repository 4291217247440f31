import { join } from 'node:path';
import { isExecutable, programRoot } from '../../platform/program-files.ts';

export interface RoleLaunch {
  role: string;
  /** The role's own folder: all that it may write. */
  folder: string;
  /** Files and folders it may read besides. */
  readable: readonly string[];
}

/**
 * Starting up makes much short-lived garbage; with V8's default of 16 MiB a half-space would keep
 * the room it took. (4 MiB cost no throughput that could be measured.)
 */
const heapFlags = ['--max-semi-space-size=4'];

/** How a role is started by the Node that runs this process, from source or in the executable. */
export function launchOf(launch: RoleLaunch): { command: string; args: string[] } {
  const flags = [...heapFlags, ...permissionFlags(launch)];
  const args = isExecutable
    ? [`--node-options=${flags.map(quote).join(' ')}`]
    : [...flags, join(programRoot, 'bin/sensitivity.ts')];
  return { command: process.execPath, args: [...args, launch.role] };
}

/**
 * Flags of Node's permission model for a role: it reads the program and its secrets, writes its
 * own folder and starts no other program. The network, threads and the SQLite addon are allowed.
 */
function permissionFlags({ folder, readable }: RoleLaunch): string[] {
  const program = ['bin', 'src', 'node_modules', 'package.json'];
  // What is inside the executable is no part of the file system, but takes leave to be mounted.
  const programFlags = isExecutable
    ? ['--allow-fs-vfs']
    : program.map((path) => `--allow-fs-read=${join(programRoot, path)}`);
  return [
    '--permission',
    '--allow-addons',
    '--allow-worker',
    '--allow-net',
    ...programFlags,
    ...[folder, ...readable].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}`,
    // Each of the flags above announces itself on standard error.
    '--disable-warning=SecurityWarning',
    '--disable-warning=ExperimentalWarning',
  ];
}

/** As Node splits `NODE_OPTIONS`: at blanks, except between double quotes. */
function quote(flag: string): string {
  return `"${flag.replaceAll(/["\\]/g, '\\$&')}"`;
}
