import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type LogLevel, logLevels } from '../platform/log.ts';
import { setting } from './setting.ts';
import {
  bytes,
  choice,
  list,
  networks,
  number,
  onOff,
  path,
  seconds,
  text,
  url,
  webUrl,
} from './setting-types.ts';
import { findCacheFolder, findConfigFolder } from './user-folders.ts';

/**
 * Every setting of the product, declared once: flag, environment variable, default, validation.
 * Nothing else reads the environment. A default may depend on settings declared before it.
 */

export const dataDir = setting({
  name: 'data-dir',
  help: 'Folder for databases and contents.',
  default: () => join(process.cwd(), 'data'),
  shownDefault: './data',
  parse: path,
});

export const cacheDir = setting({
  name: 'cache-dir',
  help: 'Folder where the executable keeps the code of its threads.',
  default: findCacheFolder,
  shownDefault: '~/.cache/sensitivity',
  parse: path,
});

const configDir = setting({
  name: 'config-dir',
  help: 'Folder where it is kept who is signed in.',
  default: findConfigFolder,
  shownDefault: '~/.config/sensitivity',
  parse: path,
});

const host = setting({
  name: 'host',
  help: 'Address to listen on.',
  default: () => '127.0.0.1',
  parse: text,
});

function logLevelOf(byDefault: LogLevel) {
  return setting({
    name: 'log-level',
    help: 'Least severe log lines to write.',
    default: () => byDefault,
    parse: choice(...logLevels),
  });
}

const logLevel = logLevelOf('info');

const maxConnections = setting({
  name: 'max-connections',
  help: 'Connections beyond this are refused.',
  default: () => '10000',
  parse: number({ least: 1, most: 1_000_000 }),
});

const idleTimeout = setting({
  name: 'idle-timeout',
  help: 'Closes a connection on which nothing moved for so long.',
  default: () => '2m',
  parse: seconds({ least: 1, most: 86_400 }),
});

const issuer = setting({
  name: 'issuer',
  help: 'Issuer that access tokens name; the same for every role.',
  default: () => 'http://localhost:8080/api/auth',
  parse: url,
});

const audience = setting({
  name: 'audience',
  help: 'Audience that access tokens name; the same for every role.',
  default: () => 'sensitivity',
  parse: text,
});

export const authUrl = setting({
  name: 'auth-url',
  help: 'Where this role reaches auth.',
  default: () => 'http://127.0.0.1:8000',
  parse: url,
});

export const fileUrl = setting({
  name: 'file-url',
  help: 'Where this role reaches file.',
  default: () => 'http://127.0.0.1:7000',
  parse: url,
});

export const broker = setting({
  name: 'broker',
  help: 'The task queue: http://… is the one in beat.',
  default: () => 'http://127.0.0.1:9000',
  parse: url,
});

const clientSecret = setting({
  name: 'client-secret',
  help: 'Secret this role signs in to auth with; auth has it under --service-<role>-secret.',
  secret: true,
  parse: text,
});

function port(role: string, value: number) {
  return setting({
    name: 'port',
    help: `Port to listen on; 0 takes any free one. ${role} has ${value}.`,
    default: () => String(value),
    parse: number({ least: 0, most: 65_535 }),
  });
}

function database(role: string) {
  return setting({
    name: 'database',
    help: `SQLite database of ${role}.`,
    default: (known) => join(String(known['data-dir']), `${role}.db`),
    parse: path,
  });
}

const server = { host, logLevel, maxConnections, idleTimeout, dataDir } as const;
const tokens = { issuer, audience, authUrl } as const;

export const authSettings = {
  ...server,
  port: port('auth', 8_000),
  database: database('auth'),
  issuer,
  audience,
  registration: setting({
    name: 'registration',
    help: 'Who may register: open (anybody), invite (whom an admin invited), closed (nobody).',
    default: () => 'open',
    parse: choice('open', 'invite', 'closed'),
  }),
  passwordGrant: setting({
    name: 'password-grant',
    help: 'Whether first-party scripts may trade a password for tokens: on or off (deprecated).',
    default: () => 'on',
    parse: onOff,
  }),
  secondFactor: setting({
    name: 'second-factor',
    help: 'Whether everybody needs an authenticator app (required; no password grant then) or may have one.',
    default: () => 'optional',
    parse: choice('optional', 'required'),
  }),
  accessTokenSeconds: setting({
    name: 'access-token-life',
    help: 'How long an access token is valid.',
    default: () => '15m',
    parse: seconds({ least: 10, most: 86_400 }),
  }),
  refreshIdleSeconds: setting({
    name: 'session-idle',
    help: 'A session ends when it was not refreshed for so long.',
    default: () => '7d',
    parse: seconds({ least: 60, most: 31_536_000 }),
  }),
  refreshAbsoluteSeconds: setting({
    name: 'session-life',
    help: 'A session ends after so long in any case.',
    default: () => '30d',
    parse: seconds({ least: 60, most: 31_536_000 }),
  }),
  serviceFileSecret: setting({
    name: 'service-file-secret',
    help: 'Secret that file signs in with.',
    secret: true,
    parse: text,
  }),
  serviceWorkerSecret: setting({
    name: 'service-worker-secret',
    help: 'Secret that workers sign in with.',
    secret: true,
    parse: text,
  }),
  trustedProxies: setting({
    name: 'trusted-proxies',
    help: 'Networks whose X-Forwarded-For is believed, separated by commas.',
    default: () => '127.0.0.0/8,::1',
    parse: networks,
  }),
  passwordHashParallelism: setting({
    name: 'password-hash-parallelism',
    help: 'Passwords hashed at once; each takes 19 MiB.',
    // Each holds one of libuv's four threads, and signing tokens needs one too.
    default: () => String(Math.min(availableParallelism(), 3)),
    shownDefault: 'one a core, at most 3',
    parse: number({ least: 1, most: 64 }),
  }),
} as const;

/** Of commands that work on the database of auth itself. */
export const usersSettings = { dataDir, database: authSettings.database } as const;

export const databaseSettings = {
  ...usersSettings,
  accessTokenSeconds: authSettings.accessTokenSeconds,
} as const;

export const fileSettings = {
  ...server,
  ...tokens,
  port: port('file', 7_000),
  database: database('file'),
  content: setting({
    name: 'content',
    help: 'Folder of the contents.',
    default: (known) => join(String(known['data-dir']), 'content'),
    parse: path,
  }),
  broker,
  clientSecret,
  maxUploadBytes: setting({
    name: 'max-upload',
    help: 'Largest file accepted.',
    default: () => '5GiB',
    parse: bytes(),
  }),
  quotaBytes: setting({
    name: 'quota',
    help: 'What one user’s files may hold in all; 0 is no limit.',
    default: () => '0',
    parse: bytes(),
  }),
  freeDiskFloorBytes: setting({
    name: 'free-disk-floor',
    help: 'Uploads are refused while less than this is free on the disk.',
    default: () => '256MiB',
    parse: bytes(),
  }),
  pendingTimeoutSeconds: setting({
    name: 'pending-timeout',
    help: 'A file without an answer for so long is queued again.',
    default: () => '5m',
    parse: seconds({ least: 1, most: 86_400 }),
  }),
  maxUploadsAtOnce: setting({
    name: 'max-uploads',
    help: 'Uploads received at once; more wait their turn.',
    default: () => '256',
    parse: number({ least: 1, most: 100_000 }),
  }),
} as const;

export const beatSettings = {
  ...server,
  ...tokens,
  port: port('beat', 9_000),
  database: database('beat'),
  leaseSeconds: setting({
    name: 'lease',
    help: 'A task whose worker says nothing for so long is given to another.',
    default: () => '30s',
    parse: seconds({ least: 1, most: 3_600 }),
  }),
  keepFinishedSeconds: setting({
    name: 'keep-finished',
    help: 'How long finished tasks can be looked at.',
    default: () => '1h',
    parse: seconds({ least: 0, most: 31_536_000 }),
  }),
  sweepSeconds: setting({
    name: 'sweep-interval',
    help: 'How often update_sensitivity_score runs, unless its schedule was edited.',
    default: () => '10s',
    parse: seconds({ least: 1, most: 86_400 }),
  }),
  maxLeaseLosses: setting({
    name: 'max-lease-losses',
    help: 'A task that more workers than this vanished with is given up.',
    default: () => '3',
    parse: number({ least: 1, most: 100 }),
  }),
} as const;

export const workerSettings = {
  ...server,
  ...tokens,
  port: port('worker', 9_100),
  database: database('worker'),
  fileUrl,
  broker,
  clientSecret,
  concurrency: setting({
    name: 'concurrency',
    help: 'Scans at once, a thread each.',
    default: () => String(availableParallelism()),
    shownDefault: 'one a core',
    parse: number({ least: 1, most: 512 }),
  }),
  queues: setting({
    name: 'queues',
    help: 'Queues to take tasks from, separated by commas.',
    default: () => 'scan,maintenance',
    parse: list,
  }),
  cacheDir,
  threadMemoryBytes: setting({
    name: 'thread-memory',
    help: 'Heap one scan may use; a scan that needs more fails.',
    default: () => '256MiB',
    parse: bytes({ least: '24MiB' }),
  }),
  taskTimeoutSeconds: setting({
    name: 'task-timeout',
    help: 'Deadline of a scan; a large file gets a second more for each MiB.',
    default: () => '2m',
    parse: seconds({ least: 1, most: 86_400 }),
  }),
  cachedResults: setting({
    name: 'cached-results',
    help: 'Results remembered, so that the same bytes are not scanned twice.',
    default: () => '10000',
    parse: number({ least: 0, most: 10_000_000 }),
  }),
} as const;

export const upSettings = {
  dataDir,
  host,
  port: setting({
    name: 'port',
    help: 'Port of the whole installation.',
    default: () => '8080',
    parse: number({ least: 0, most: 65_535 }),
  }),
  // A person watches this one: what goes wrong, not every request.
  logLevel: logLevelOf('warn'),
  registration: authSettings.registration,
  concurrency: workerSettings.concurrency,
  cacheDir,
  proxy: setting({
    name: 'proxy',
    help: 'What routes by path: caddy, builtin, or auto (caddy when it is installed).',
    default: () => 'auto',
    parse: choice('auto', 'caddy', 'builtin'),
  }),
} as const;

export const accountSettings = {
  url: setting({
    name: 'url',
    help: 'The installation.',
    default: () => 'http://localhost:8080',
    parse: webUrl,
  }),
  configDir,
} as const;

export const loginSettings = {
  ...accountSettings,
  browser: setting({
    name: 'browser',
    help: 'Whether to open the page too: auto (at a terminal) or never.',
    default: () => 'auto',
    parse: choice('auto', 'never'),
  }),
} as const;
