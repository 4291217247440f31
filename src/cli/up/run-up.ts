import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runUntilStopped } from '../../platform/lifecycle.ts';
import { createLog } from '../../platform/log.ts';
import { isExecutable } from '../../platform/program-files.ts';
import { extractThreadCode, temporaryFolder } from '../../platform/thread-code.ts';
import type { Settings, ValuesOf } from '../setting.ts';
import {
  authSettings,
  beatSettings,
  fileSettings,
  type upSettings,
  workerSettings,
} from '../settings.ts';
import { Child } from './child-process.ts';
import { findPort } from './find-port.ts';
import { launchOf } from './role-launch.ts';
import { ensureServiceSecrets } from './service-secrets.ts';
import { startProxy } from './start-proxy.ts';
import { untilAllAnswer } from './until-all-answer.ts';

export type UpSettings = ValuesOf<typeof upSettings>;

const usualPort = 8_080;

/**
 * Runs every role in a child process with only its own paths writable, and a proxy before them:
 * Caddy when it is installed, else the same routes in this process.
 */
export async function runUp(settings: UpSettings): Promise<void> {
  const { dataDir, host } = settings;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = createLog('up', 'warn');
  const report = (line: string): void => {
    process.stderr.write(`sensitivity: ${line}\n`);
  };
  const secrets = ensureServiceSecrets(join(dataDir, 'secrets'));
  const publicPort = settings.port === 0 ? await findPort(0) : settings.port;
  // Two installations have different ports of their own: one of them at most gets the usual ones.
  const isUsual = publicPort === usualPort;
  const ports = {
    auth: await findPort(isUsual ? 8_000 : 0),
    file: await findPort(isUsual ? 7_000 : 0),
    beat: await findPort(isUsual ? 9_000 : 0),
    worker: await findPort(isUsual ? 9_100 : 0),
  };
  const url = (role: keyof typeof ports): string => `http://127.0.0.1:${ports[role]}`;
  const common = {
    SENSITIVITY_HOST: '127.0.0.1',
    SENSITIVITY_LOG_LEVEL: settings.logLevel,
    SENSITIVITY_AUTH_URL: url('auth'),
    SENSITIVITY_FILE_URL: url('file'),
    SENSITIVITY_BROKER: url('beat'),
  };
  const cacheFolders = [settings.cacheDir, temporaryFolder(), join(dataDir, 'cache')];
  const threadCode = isExecutable ? extractThreadCode(cacheFolders) : undefined;
  const own: Record<keyof typeof ports, RoleEnvironment> = {
    auth: {
      settings: { SENSITIVITY_REGISTRATION: settings.registration },
      secrets: {
        SENSITIVITY_SERVICE_FILE_SECRET_FILE: secrets.file,
        SENSITIVITY_SERVICE_WORKER_SECRET_FILE: secrets.worker,
      },
    },
    beat: {},
    file: { secrets: { SENSITIVITY_CLIENT_SECRET_FILE: secrets.file } },
    worker: {
      settings: {
        SENSITIVITY_CONCURRENCY: String(settings.concurrency),
        SENSITIVITY_CACHE_DIR: dirname(threadCode ?? settings.cacheDir),
      },
      readable: threadCode === undefined ? [] : [dirname(threadCode)],
      secrets: { SENSITIVITY_CLIENT_SECRET_FILE: secrets.worker },
    },
  };
  const roles = (['auth', 'beat', 'file', 'worker'] as const).map((role) => {
    const folder = join(dataDir, role);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { secrets = {}, readable = [] } = own[role];
    return new Child({
      name: role,
      ...launchOf({ role, folder, readable: [...Object.values(secrets), ...readable] }),
      env: {
        SENSITIVITY_ISSUER: `http://localhost:${publicPort}/api/auth`,
        ...environmentOf(settingsByRole[role]),
        ...common,
        ...own[role].settings,
        ...own[role].secrets,
        SENSITIVITY_DATA_DIR: folder,
        NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
        // What needs room for a while finds it where the role may write.
        TMPDIR: folder,
        MALLOC_ARENA_MAX: '2',
        SENSITIVITY_PORT: String(ports[role]),
      },
      tie: 'channel',
      report,
    });
  });
  // First what can fail: nothing is left running then.
  const proxy = await startProxy({ ...settings, port: publicPort }, { ports, report });
  const address = `http://${host === '127.0.0.1' ? 'localhost' : host}:${publicPort}`;
  const localHost = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  const probes = [
    ...Object.values(ports).map((port) => `http://127.0.0.1:${port}/readyz`),
    `http://${localHost.includes(':') ? `[${localHost}]` : localHost}:${publicPort}/healthcheck`,
  ];
  const stopping = new AbortController();
  // Who listens for signals comes before who has to be stopped.
  const stopped = runUntilStopped(
    [
      { name: 'probes', stop: () => stopping.abort() },
      ...[proxy, ...roles.toReversed()].map((part) => {
        return { name: part.name, stop: () => part.stop() };
      }),
    ],
    { log, graceMilliseconds: 120_000 },
  );
  for (const role of roles) role.start();
  if (await untilAllAnswer(probes, { report, signal: stopping.signal })) {
    report(`running at ${address} (${proxy.name}); API docs at ${address}/api/file/docs`);
    report(`data in ${dataDir}; Ctrl-C ends it`);
  }
  await stopped;
}

const settingsByRole = {
  auth: authSettings,
  beat: beatSettings,
  file: fileSettings,
  worker: workerSettings,
};

/** Where data goes follows from the one data folder: a role may write nowhere else. */
const decidedHere = new Set(['database', 'content']);

/** What the environment says of a role's own settings goes on to it. */
function environmentOf(declared: Settings): Record<string, string> {
  const set = Object.values(declared)
    .filter(({ name, secret }) => !secret && !decidedHere.has(name))
    .map(({ env }) => [env, process.env[env] ?? ''] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== ''));
}

interface RoleEnvironment {
  settings?: Record<string, string>;
  /** Variables that name files. */
  secrets?: Record<string, string>;
  /** Folders it may read besides. */
  readable?: string[];
}
