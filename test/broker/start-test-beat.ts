import { createApp } from '../../src/platform/http/create-app.ts';
import { serve } from '../../src/platform/http/serve.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { type BeatSettings, createBeat } from '../../src/roles/beat/create-beat.ts';
import type { TestIssuer } from './test-issuer.ts';

export interface TestBeat {
  url: string;
  port: number;
  stop: () => Promise<void>;
}

export function testSettings(issuer: TestIssuer, database: string): BeatSettings {
  return {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'error',
    maxConnections: 100,
    idleTimeoutSeconds: 60,
    database,
    version: '0.0.0',
    issuer: issuer.issuer,
    audience: issuer.audience,
    authUrl: issuer.url,
    leaseSeconds: 30,
    keepFinishedSeconds: 3_600,
    sweepSeconds: 3_600,
    maxLeaseLosses: 3,
  };
}

/** A beat on a port, in this process, with real SQLite. */
export async function startTestBeat(settings: BeatSettings): Promise<TestBeat> {
  const base = { log: createLog('beat', settings.logLevel), metrics: createMetrics('beat') };
  const parts = await createBeat(settings, base);
  const app = createApp({ role: 'beat', version: settings.version, ...base, ...parts });
  const server = await serve(app, {
    host: settings.host,
    port: settings.port,
    maxConnections: settings.maxConnections,
    idleTimeoutMilliseconds: settings.idleTimeoutSeconds * 1_000,
  });
  await parts.started?.(server);
  return {
    url: server.url,
    port: server.port,
    stop: async () => {
      for (const { stop } of parts.beforeStop ?? []) await stop();
      await server.stop();
      for (const { stop } of parts.afterStop ?? []) await stop();
    },
  };
}
