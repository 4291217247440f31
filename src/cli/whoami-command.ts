import type { Command } from 'commander';
import { roleCommand } from './role-command.ts';
import { accountSettings } from './settings.ts';

/** `sensitivity whoami`: who is signed in, as the installation sees it now. */
export function whoamiCommand(): Command {
  return roleCommand({
    name: 'whoami',
    summary: 'Tells who is signed in at an installation',
    settings: accountSettings,
    example: 'sensitivity whoami',
    run: async ({ url, configDir }) => {
      const { CredentialsFile } = await import('./account/credentials-file.ts');
      const { readCurrentUser } = await import('./account/current-user.ts');
      const user = await readCurrentUser(new CredentialsFile(configDir), url);
      process.stdout.write(`${JSON.stringify({ url, ...user })}\n`);
    },
  });
}
