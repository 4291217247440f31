import type { Command } from 'commander';
import { version } from '../platform/version.ts';
import { roleCommand } from './role-command.ts';
import { beatSettings } from './settings.ts';

/** `sensitivity beat`: schedules and the embedded task queue. */
export function beatCommand(): Command {
  return roleCommand({
    name: 'beat',
    summary: 'Runs the beat role: what runs when (schedules, task queue)',
    settings: beatSettings,
    example: 'sensitivity beat --data-dir /var/lib/sensitivity --sweep-interval 30s',
    run: async ({ idleTimeout, ...settings }) => {
      const { runBeat } = await import('../roles/beat/main.ts');
      await runBeat({ ...settings, idleTimeoutSeconds: idleTimeout, version });
    },
  });
}
