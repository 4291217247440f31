import { Command } from 'commander';
import { resolveSettings } from './setting.ts';
import { authSettings, beatSettings, fileSettings, workerSettings } from './settings.ts';

/** Where a role answers when nothing else is said. */
const ports = [authSettings.port, fileSettings.port, beatSettings.port, workerSettings.port];

const timeoutMilliseconds = 2_000;

/** `sensitivity health`: for health checks of containers, which have no curl. */
export function healthCommand(): Command {
  return new Command('health')
    .description('Asks a role on this machine whether it is alive; exit code 0 when it is')
    .option('--url <url>', 'where to ask; without it, the ports of the roles are tried')
    .addHelpText('after', '\nExample:\n  $ sensitivity health --url http://127.0.0.1:7000\n')
    .action(async ({ url }: { url?: string }) => {
      const urls = url === undefined ? ports.map(urlOf) : [url];
      const answers = await Promise.all([...new Set(urls)].map(isAlive));
      const alive = answers.some(Boolean);
      process.stdout.write(`${JSON.stringify({ alive })}\n`);
      process.exitCode = alive ? 0 : 1;
    });
}

function urlOf(port: (typeof ports)[number]): string {
  return `http://127.0.0.1:${resolveSettings({ port }, {}).values.port}`;
}

async function isAlive(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const response = await fetch(`${url}/healthcheck`, { signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
