import type { Command } from 'commander';
import { version } from '../platform/version.ts';
import { roleCommand } from './role-command.ts';
import { workerSettings } from './settings.ts';

/** `sensitivity worker`: takes tasks and scans. */
export function workerCommand(): Command {
  return roleCommand({
    name: 'worker',
    summary: 'Runs the worker role: doing it (takes tasks, scans contents on threads)',
    settings: workerSettings,
    example: 'sensitivity worker --concurrency 8 --file-url http://file:7000',
    run: async ({ idleTimeout, ...settings }) => {
      const { runWorker } = await import('../roles/worker/main.ts');
      await runWorker({
        ...settings,
        idleTimeoutSeconds: idleTimeout,
        clientId: 'worker',
        version,
      });
    },
  });
}
