import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createApp } from '../../../src/platform/http/create-app.ts';
import { type RunningServer, serve } from '../../../src/platform/http/serve.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { createFile, type FileSettings } from '../../../src/roles/file/main.ts';
import { startTestIssuer, type TestIssuer } from '../../broker/test-issuer.ts';
import type { FileBody, Person, ProblemBody } from './person.ts';
import { createPerson } from './person.ts';

export interface FileOptions extends Partial<Omit<FileSettings, 'limits' | 'issuer'>> {
  limits?: Partial<FileSettings['limits']>;
  /** Where the database and the contents are, instead of a new temporary folder. */
  folder?: string;
  issuer?: TestIssuer;
}

/** Fields of every body in one: a test reads those that its answer has. */
export type AnyBody = FileBody & ProblemBody & Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: AnyBody;
  /** The body where it is a list. */
  list: FileBody[];
}

export interface RunningFile {
  url: string;
  port: number;
  folder: string;
  issuer: TestIssuer;
  /** A service token with every scope of the file role. */
  service: string;
  person: (role?: 'user' | 'auditor' | 'admin') => Promise<Person>;
  call: (path: string, init?: RequestInit & { token?: string }) => Promise<Answer>;
  /** Posts JSON as the service. */
  post: (path: string, body?: unknown) => Promise<Answer>;
  /** Rows of the database. */
  rows: <Row>(sql: string, ...parameters: unknown[]) => Row[];
  /** Changes the database behind the role's back. */
  change: (sql: string, ...parameters: unknown[]) => void;
  /** Hashes of the contents whose bytes are there, in the database or in the folder. */
  contents: () => string[];
  /** Whether the bytes of a content are there. */
  holds: (sha256: string) => boolean;
  /** Names of what uploads left on their way in. */
  incoming: () => string[];
  /** Stops it; its data stays. */
  stop: () => Promise<void>;
  /** Stops it and removes its data. */
  remove: () => Promise<void>;
}

/** The whole file role on a port of this machine, with a real database and content folder. */
export async function startFile(options: FileOptions = {}): Promise<RunningFile> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sensitivity-file-')));
  const issuer = options.issuer ?? (await startTestIssuer());
  const settings = settingsOf(folder, issuer, options);
  const base = { log: createLog('file', settings.logLevel), metrics: createMetrics('file') };
  const parts = await createFile(settings, base);
  const app = createApp({ role: 'file', version: settings.version, ...base, ...parts });
  const server: RunningServer = await serve(app, {
    host: settings.host,
    port: settings.port,
    maxConnections: settings.maxConnections,
    idleTimeoutMilliseconds: settings.idleTimeoutSeconds * 1_000,
  });
  await parts.started?.(server);
  const service = await issuer.token({
    scopes: ['content:read', 'results:write', 'files:sweep'],
  });

  async function call(
    path: string,
    { token, ...init }: RequestInit & { token?: string } = {},
  ): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(`${server.url}/api/file${path}`, { ...init, headers });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    const body = isJson ? JSON.parse(text) : {};
    const { status, headers: answered } = response;
    return { status, headers: answered, text, body, list: Array.isArray(body) ? body : [] };
  }

  const database = new Database(settings.database);
  const content = settings.content;
  const contents = (): string[] => {
    const small = database.prepare<[], string>('select sha256 from small_contents').pluck().all();
    const large = readdirSync(content, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming'))
      .map(({ name }) => name);
    return [...small, ...large];
  };
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    database.close();
    for (const step of parts.beforeStop ?? []) await step.stop();
    await server.stop();
    for (const step of parts.afterStop ?? []) await step.stop();
  };
  return {
    url: server.url,
    port: server.port,
    folder,
    issuer,
    service,
    person: async (role = 'user') => {
      const subject = randomUUID();
      const token = await issuer.token({ role, subject });
      return createPerson(call, { subject, token });
    },
    call,
    post: (path, body) => {
      const headers = { 'Content-Type': 'application/json' };
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers };
      return call(path, { method: 'POST', token: service, ...init });
    },
    rows: <Row>(sql: string, ...parameters: unknown[]) =>
      database.prepare(sql).all(...parameters) as Row[],
    change: (sql, ...parameters) => {
      database.prepare(sql).run(...parameters);
    },
    contents,
    holds: (sha256) => contents().includes(sha256),
    incoming: () => readdirSync(join(content, 'incoming')),
    stop,
    remove: async () => {
      await stop();
      if (!options.issuer) await issuer.close();
      if (existsSync(folder)) await rm(folder, { recursive: true });
    },
  };
}

/** Settings of the file role over a folder; nobody listens where its broker should be. */
function settingsOf(folder: string, issuer: TestIssuer, options: FileOptions): FileSettings {
  const { limits, folder: _, issuer: __, ...others } = options;
  return {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    maxConnections: 500,
    idleTimeoutSeconds: 60,
    database: join(folder, 'file.db'),
    content: join(folder, 'content'),
    version: '0.0.0-test',
    issuer: issuer.issuer,
    audience: issuer.audience,
    authUrl: issuer.url,
    broker: 'http://127.0.0.1:9',
    clientId: 'file',
    clientSecret: 'secret',
    limits: {
      maxUploadBytes: 8_388_608,
      quotaBytes: 0,
      freeDiskFloorBytes: 0,
      pendingTimeoutSeconds: 900,
      maxUploadsAtOnce: 64,
      ...limits,
    },
    ...others,
  };
}
