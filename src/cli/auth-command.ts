import { Command } from 'commander';
import { version } from '../platform/version.ts';
import { checkDatabase } from './operated-database.ts';
import { roleCommand } from './role-command.ts';
import { authSettings, databaseSettings } from './settings.ts';

/** `sensitivity auth`: users, sessions, signing keys. */
export function authCommand(): Command {
  const auth = roleCommand({
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
  return auth.addCommand(
    new Command('keys')
      .description('Manages the keys that access tokens are signed with')
      .addHelpText('after', '\nExample:\n  $ sensitivity auth keys rotate\n')
      .addCommand(rotateCommand()),
  );
}

/** `sensitivity auth keys rotate`: beside a running auth or without one. */
function rotateCommand(): Command {
  return roleCommand({
    name: 'rotate',
    summary: 'Makes a new signing key; the one before verifies until its tokens have expired',
    settings: databaseSettings,
    example: 'sensitivity auth keys rotate --data-dir ./data/auth',
    run: async ({ database, accessTokenSeconds }) => {
      const { rotateKeysOf } = await import('../roles/auth/operate.ts');
      checkDatabase(database);
      const rotated = await rotateKeysOf(database, { accessTokenSeconds });
      process.stdout.write(`${JSON.stringify(rotated)}\n`);
    },
  });
}
