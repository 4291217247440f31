import type { Command } from 'commander';
import { version } from '../platform/version.ts';
import { roleCommand } from './role-command.ts';
import { authSettings } from './settings.ts';

/** `sensitivity auth`: users, sessions, signing keys. */
export function authCommand(): Command {
  return roleCommand({
    name: 'auth',
    summary: 'Runs the auth role: who you are (users, sessions, tokens)',
    settings: authSettings,
    example: 'sensitivity auth --data-dir /var/lib/sensitivity --registration invite',
    run: async ({ serviceFileSecret, serviceWorkerSecret, idleTimeout, ...settings }) => {
      const { runAuth } = await import('../roles/auth/main.ts');
      await runAuth({
        ...settings,
        idleTimeoutSeconds: idleTimeout,
        version,
        services: [
          { id: 'file', secret: serviceFileSecret },
          { id: 'worker', secret: serviceWorkerSecret },
        ],
      });
    },
  });
}
