import { flushCompileCache } from 'node:module';
import { type App, createApp } from './http/create-app.ts';
import type { Checks } from './http/health.ts';
import { type RunningServer, serve } from './http/serve.ts';
import { runUntilStopped, type Stopping } from './lifecycle.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Registry } from './metrics.ts';
import type { ServerSettings } from './role-settings.ts';

export interface RoleBase {
  log: Log;
  metrics: Registry;
}

/** What makes a role out of the platform. */
export interface RoleParts {
  /** One paragraph for the head of the API's documentation. */
  description: string;
  routes: (app: App) => void;
  checks: Checks;
  /** After the port is open: start what works in the background. */
  started?: (server: RunningServer) => Promise<void> | void;
  /** Before the server stops accepting: end what would keep requests open, stop taking work. */
  beforeStop?: Stopping[];
  /** After the last request is answered: close databases. */
  afterStop?: Stopping[];
}

/** Runs one role from its settings until a signal ends it. */
export async function runRole(
  role: string,
  settings: ServerSettings,
  build: (base: RoleBase) => Promise<RoleParts> | RoleParts,
): Promise<void> {
  const log = createLog(role, settings.logLevel);
  const metrics = createMetrics(role);
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught');
    process.exit(70);
  });
  const parts = await build({ log, metrics });
  const app = createApp({ role, version: settings.version, log, metrics, ...parts });
  const server = await serve(app, {
    host: settings.host,
    port: settings.port,
    maxConnections: settings.maxConnections,
    idleTimeoutMilliseconds: settings.idleTimeoutSeconds * 1_000,
  });
  log.info({ url: server.url, version: settings.version }, 'listening');
  await parts.started?.(server);
  flushCompileCache();
  await runUntilStopped(
    [
      ...(parts.beforeStop ?? []),
      { name: 'server', stop: server.stop },
      ...(parts.afterStop ?? []),
    ],
    { log },
  );
}
