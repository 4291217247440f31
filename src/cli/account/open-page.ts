import { spawn } from 'node:child_process';

/** Opens a page in the person's browser, if there is one; nothing is said when there is none. */
export function openPage(url: string): void {
  const { href, protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return;
  const [command, args] = openerOf(process.platform, href);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function openerOf(platform: NodeJS.Platform, url: string): [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
