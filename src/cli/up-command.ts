import type { Command } from 'commander';
import { roleCommand } from './role-command.ts';
import { upSettings } from './settings.ts';

/** `sensitivity up`: every role on this machine behind one port. */
export function upCommand(): Command {
  return roleCommand({
    name: 'up',
    summary: 'Runs every role on this machine behind one port; Ctrl-C ends all',
    settings: upSettings,
    example: 'sensitivity up --data-dir ./data --port 8080',
    run: async (settings) => {
      const { runUp } = await import('./up/run-up.ts');
      await runUp(settings);
    },
  });
}
