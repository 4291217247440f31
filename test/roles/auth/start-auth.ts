import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../../src/platform/http/create-app.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics, type Registry } from '../../../src/platform/metrics.ts';
import { type AuthSettings, createAuth } from '../../../src/roles/auth/main.ts';

export const goodPassword = 'tall ships sail at noon';

export const services: AuthSettings['services'] = [
  { id: 'file', secret: 'file: 100% secret+é' },
  { id: 'worker', secret: 'worker-secret' },
  { id: 'beat', secret: 'beat-secret' },
];

export interface Call {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: Record<string, string> | string;
  /** Sent as it is. */
  body?: string;
  headers?: Record<string, string>;
  token?: string;
  /** The caller's IP address. */
  from?: string;
}

/** The fields of all bodies in one: a test reads those that its answer has. */
export interface AnswerBody {
  id: string;
  email: string;
  role: string;
  status: string | number;
  created_at: string;
  code: string;
  detail: string;
  errors: { field: string; message: string }[];
  error: string;
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  scope: string | undefined;
  keys: { kid: string; x: string }[];
  expires_at: string;
  used_at: string | null;
  complete: boolean;
  secret: string;
  name: string;
  active: boolean;
  sub: string;
  client_id: string;
  device_code: string;
  user_code: string;
  verification_uri_complete: string;
  interval: number;
  issuer: string;
  event: string;
  actor: string;
  subject: string;
  kind: string;
  current: boolean;
  sequence: number;
  hash: string;
  head: string;
  events: number;
  broken_at: number | null;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
  /** The body where it is a list. */
  list: AnswerBody[];
}

export interface RunningAuth {
  app: App;
  metrics: Registry;
  folder: string;
  call: (path: string, options?: Call) => Promise<Answer>;
  register: (email: string, password?: string) => Promise<Answer>;
  signIn: (email: string, password?: string, from?: string) => Promise<Answer>;
  refresh: (token: string) => Promise<Answer>;
  serviceToken: (id: string) => Promise<string>;
  /** Stops it; the database stays. */
  stop: () => Promise<void>;
  /** Stops it and deletes the database. */
  remove: () => Promise<void>;
}

export const baseSettings: Omit<AuthSettings, 'database'> = {
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
  maxConnections: 100,
  idleTimeoutSeconds: 60,
  version: '0.0.0-test',
  issuer: 'http://auth.test',
  audience: 'sensitivity',
  registration: 'open',
  passwordGrant: true,
  secondFactor: 'optional',
  accessTokenSeconds: 900,
  refreshIdleSeconds: 7 * 86_400,
  refreshAbsoluteSeconds: 30 * 86_400,
  services,
  trustedProxies: [],
  passwordHashParallelism: 2,
};

/** The whole auth role on a real database, asked through `app.request()`. */
export async function startAuth(
  settings: Partial<AuthSettings> & { folder?: string } = {},
): Promise<RunningAuth> {
  const { folder = mkdtempSync(join(tmpdir(), 'sensitivity-auth-')), ...overrides } = settings;
  const log = createLog('auth', 'silent');
  const metrics = createMetrics('auth');
  const database = join(folder, 'auth.db');
  const parts = await createAuth({ ...baseSettings, database, ...overrides }, { log, metrics });
  const app = createApp({ role: 'auth', version: '0.0.0-test', log, metrics, ...parts });

  const call = async (path: string, options: Call = {}): Promise<Answer> => {
    const headers = new Headers(options.headers);
    let body = options.body;
    if (options.json !== undefined) {
      headers.set('Content-Type', 'application/json');
      body = JSON.stringify(options.json);
      headers.set('Content-Length', String(Buffer.byteLength(body)));
    }
    if (options.form !== undefined) {
      headers.set('Content-Type', 'application/x-www-form-urlencoded');
      body = new URLSearchParams(options.form).toString();
      if (typeof options.form === 'string') body = options.form;
    }
    if (options.token !== undefined) headers.set('Authorization', `Bearer ${options.token}`);
    const method = options.method ?? (body === undefined ? 'GET' : 'POST');
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = body;
    const incoming = { socket: { remoteAddress: options.from ?? '127.0.0.1' } };
    const response = await app.request(`/api/auth${path}`, init, { incoming });
    const text = await response.text();
    const parsed = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {};
    const list = Array.isArray(parsed) ? parsed : [];
    return { status: response.status, headers: response.headers, body: parsed, list };
  };
  const stop = async (): Promise<void> => {
    for (const step of parts.afterStop ?? []) await step.stop();
  };
  return {
    app,
    metrics,
    folder,
    call,
    register: (email, password = goodPassword) => call('/users', { json: { email, password } }),
    signIn: (username, password = goodPassword, from = '127.0.0.1') =>
      call('/token', { form: { grant_type: 'password', username, password }, from }),
    refresh: (token) =>
      call('/token', { form: { grant_type: 'refresh_token', refresh_token: token } }),
    serviceToken: async (id) => {
      const secret = services.find((service) => service.id === id)?.secret ?? '';
      const answer = await call('/token', {
        form: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
      });
      return answer.body.access_token;
    },
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
