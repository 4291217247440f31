import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programRoot } from '../../platform/program-files.ts';
import { startBuiltinProxy } from './builtin-proxy.ts';
import { Child } from './child-process.ts';
import { findCaddy } from './find-caddy.ts';
import { checkPort } from './find-port.ts';
import { guardedCommand } from './guarded-command.ts';

export interface ProxySettings {
  proxy: 'auto' | 'caddy' | 'builtin';
  host: string;
  port: number;
  dataDir: string;
}

export interface Proxy {
  name: string;
  stop: () => Promise<void>;
}

/** Starts Caddy when it is installed, else the same routes in this process. */
export async function startProxy(
  settings: ProxySettings,
  options: {
    ports: { auth: number; file: number; beat: number };
    report: (line: string) => void;
  },
): Promise<Proxy> {
  const { port } = settings;
  const { ports, report } = options;
  await checkPort(settings.host, port);
  const searchPath = process.env['PATH'] ?? '';
  const caddy = settings.proxy === 'builtin' ? undefined : findCaddy(searchPath);
  if (!caddy) {
    if (settings.proxy === 'caddy') throw new Error('caddy is not installed, or not on PATH');
    const upstreams = {
      auth: `http://127.0.0.1:${ports.auth}`,
      file: `http://127.0.0.1:${ports.file}`,
      beat: `http://127.0.0.1:${ports.beat}`,
    };
    const server = await startBuiltinProxy(upstreams, { host: settings.host, port });
    return { name: 'built-in proxy', stop: server.stop };
  }
  const folder = join(settings.dataDir, 'caddy');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Caddy cannot look into the executable.
  const config = join(folder, 'Caddyfile');
  writeFileSync(config, readFileSync(join(programRoot, 'Caddyfile')));
  const child = new Child({
    name: 'caddy',
    ...guardedCommand(caddy, [...['run', '--config', config], ...['--adapter', 'caddyfile']]),
    env: {
      PATH: searchPath,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      HOME: folder,
      SENSITIVITY_SITE: `http://:${port}`,
      SENSITIVITY_BIND: settings.host,
      SENSITIVITY_AUTH_UPSTREAMS: `127.0.0.1:${ports.auth}`,
      SENSITIVITY_FILE_UPSTREAMS: `127.0.0.1:${ports.file}`,
      SENSITIVITY_BEAT_UPSTREAMS: `127.0.0.1:${ports.beat}`,
      SENSITIVITY_PROXY_LOG_LEVEL: 'ERROR',
    },
    tie: 'standard input',
    report,
  });
  child.start();
  return { name: 'caddy', stop: () => child.stop() };
}
