import { BlockList, isIP } from 'node:net';
import type { Context } from 'hono';
import type { AppEnv } from './create-app.ts';

/** Networks whose `X-Forwarded-For` is believed. @throws {Error} on what is no network. */
export function parseNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const version = isIP(address);
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix);
    const valid = version !== 0 && Number.isInteger(bits) && bits >= 0;
    if (!valid || bits > (version === 6 ? 128 : 32)) throw new Error(`${network} is no network`);
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** The caller's address: the nearest one in the chain of proxies that is not itself trusted. */
export function clientAddress(c: Context<AppEnv>, trusted: BlockList): string {
  const peer = c.env.incoming.socket.remoteAddress ?? '0.0.0.0';
  const chain = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  let address = plain(peer);
  for (const hop of chain.reverse()) {
    if (!isTrusted(address, trusted) || isIP(plain(hop)) === 0) break;
    address = plain(hop);
  }
  return address;
}

function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
