import { resolve } from 'node:path';
import { Command } from 'commander';

/** `sensitivity secrets`: what services sign in to auth with, before the first start. */
export function secretsCommand(): Command {
  return new Command('secrets')
    .description('Makes the secrets that services sign in to auth with, unless they are there')
    .argument('<folder>', 'where the files are, or go')
    .addHelpText('after', '\nExample:\n  $ sensitivity secrets /run/sensitivity-secrets\n')
    .action(async (folder: string) => {
      const { ensureServiceSecrets } = await import('./up/service-secrets.ts');
      process.stdout.write(`${JSON.stringify(ensureServiceSecrets(resolve(folder)))}\n`);
    });
}
