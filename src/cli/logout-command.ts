import type { Command } from 'commander';
import { roleCommand } from './role-command.ts';
import { accountSettings } from './settings.ts';

/** `sensitivity logout`: ends the session that `login` began. */
export function logoutCommand(): Command {
  return roleCommand({
    name: 'logout',
    summary: 'Signs out: ends the session and forgets it',
    settings: accountSettings,
    example: 'sensitivity logout --url https://sensitivity.example.org',
    run: async ({ url, configDir }) => {
      const { AuthApi } = await import('./account/auth-api.ts');
      const { CredentialsFile } = await import('./account/credentials-file.ts');
      const file = new CredentialsFile(configDir);
      const kept = file.find(url);
      if (kept) {
        file.remove(url);
        try {
          await new AuthApi(url).revoke(kept.refreshToken);
        } catch (error) {
          const message = 'forgotten here, but the session could not be ended there';
          throw new Error(`${message}: end it at ${url}/api/auth/account`, { cause: error });
        }
      }
      process.stdout.write(`${JSON.stringify({ url, signed_out: kept !== undefined })}\n`);
    },
  });
}
