import type { Command } from 'commander';
import { roleCommand } from './role-command.ts';
import { loginSettings } from './settings.ts';

/** `sensitivity login`: signs in at an installation, with the help of a browser anywhere. */
export function loginCommand(): Command {
  return roleCommand({
    name: 'login',
    summary: 'Signs in at an installation: shows a code to type in a browser',
    settings: loginSettings,
    example: 'sensitivity login --url https://sensitivity.example.org',
    run: async ({ url, configDir, browser }) => {
      const { AuthApi } = await import('./account/auth-api.ts');
      const { CredentialsFile } = await import('./account/credentials-file.ts');
      const { openPage } = await import('./account/open-page.ts');
      const { signInDevice } = await import('./account/sign-in-device.ts');
      const api = new AuthApi(url);
      const file = new CredentialsFile(configDir);
      const before = file.find(url);
      const { protocol, hostname } = new URL(url);
      if (protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
        process.stderr.write(
          'sensitivity: the way there is not encrypted (http): is that right?\n',
        );
      }
      const device = await api.startDevice();
      process.stderr.write(
        `Open ${device.verification_uri_complete}\nand go on if it shows the code ${device.user_code}\n`,
      );
      if (browser === 'auto' && process.stderr.isTTY) openPage(device.verification_uri_complete);
      const credentials = await signInDevice(api, device);
      file.save(url, credentials);
      // What was there before would stay good, and nobody would have it.
      if (before) await api.revoke(before.refreshToken).catch(() => {});
      const user = await api.findUser(credentials.accessToken);
      process.stdout.write(`${JSON.stringify({ url, ...user })}\n`);
    },
  });
}
