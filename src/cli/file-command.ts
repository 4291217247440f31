import type { Command } from 'commander';
import { version } from '../platform/version.ts';
import { roleCommand } from './role-command.ts';
import { fileSettings } from './settings.ts';

/** `sensitivity file`: files, contents, findings. */
export function fileCommand(): Command {
  return roleCommand({
    name: 'file',
    summary: 'Runs the file role: what we hold (files, scores, findings, content)',
    settings: fileSettings,
    example: 'sensitivity file --data-dir /var/lib/sensitivity --max-upload 2GiB',
    run: async ({ idleTimeout, ...settings }) => {
      const { runFile } = await import('../roles/file/main.ts');
      await runFile({
        ...settings,
        idleTimeoutSeconds: idleTimeout,
        clientId: 'file',
        version,
        limits: settings,
      });
    },
  });
}
