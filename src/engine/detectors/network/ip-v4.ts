import type { TextWindow } from '../../detector.ts';

/** An IPv4 address in a window: its octets as a number of 32 bits, and the index after it. */
export interface IpV4 {
  readonly address: number;
  readonly end: number;
}

/**
 * Reads a dotted quad at `start`: four numbers of 0–255 in at most three digits, none with a
 * leading zero (RFC 6943, section 3.1.1: other readings of such forms differ).
 */
export function readIpV4({ bytes, end }: TextWindow, start: number): IpV4 | undefined {
  let i = start;
  let address = 0;
  for (let n = 0; n < 4; n++) {
    if (n > 0 && (i >= end || bytes[i++] !== 0x2e)) return undefined;
    const first = i;
    let value = 0;
    for (; i < end && i - first < 4; i++) {
      const digit = (bytes[i] as number) ^ 0x30;
      if (digit > 9) break;
      value = value * 10 + digit;
    }
    const length = i - first;
    if (value > 255 || length === 0 || length > 3) return undefined;
    if (length > 1 && bytes[first] === 0x30) return undefined;
    address = address * 256 + value;
  }
  return { address, end: i };
}

/** What an address is for, by the registries of special addresses. */
export type IpUse =
  | 'public'
  | 'private'
  | 'loopback'
  | 'unspecified'
  | 'link-local'
  | 'multicast'
  | 'documentation'
  | 'netmask'
  | 'resolver'
  | 'reserved';

/** Addresses of public name servers, which name a service and no person. */
const resolvers: ReadonlySet<number> = numbersOf(`1.0.0.1 1.1.1.1 4.2.2.2 8.8.4.4 8.8.8.8 9.9.9.9
114.114.114.114 149.112.112.112 208.67.220.220 208.67.222.222`);

/** What routers are set to, the private ranges themselves, and what people type as an address. */
const placeholders: ReadonlySet<number> = numbersOf(`1.2.3.4 12.34.56.78 123.45.67.89
10.0.0.0 10.0.0.1 10.0.0.2 172.16.0.0 172.17.0.1
192.168.0.0 192.168.0.1 192.168.1.0 192.168.1.1 192.168.1.100 192.168.1.254`);

function numbersOf(list: string): ReadonlySet<number> {
  const toNumber = (quad: string): number =>
    quad.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);
  return new Set(list.split(/\s+/).map(toNumber));
}

/** Tells whether an address stands for any address: well-known defaults, one number four times. */
export function isPlaceholderIpV4(address: number): boolean {
  return address % 0x0101_0101 === 0 || placeholders.has(address);
}

/** Whether all octets are small, as the numbers of a version are. */
export function hasSmallOctets(address: number): boolean {
  for (let bits = address; bits > 0; bits = Math.floor(bits / 256)) {
    if (bits % 256 >= 26) return false;
  }
  return true;
}

/** Tells the use of an IPv4 address (IANA IPv4 Special-Purpose Address Registry, RFC 6890, 5737). */
export function useOfIpV4(address: number): IpUse {
  const a = address >>> 24;
  const b = (address >>> 16) & 0xff;
  const net = address >>> 8;
  if (a === 0) return 'unspecified';
  if (a === 127) return 'loopback';
  if (a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32)) return 'private';
  if (a === 100 && b >= 64 && b < 128) return 'private';
  if (a === 169 && b === 254) return 'link-local';
  if (documentationNets.includes(net)) return 'documentation';
  if (a === 198 && (b === 18 || b === 19)) return 'reserved';
  if (a === 255) return 'netmask';
  if (a >= 224 && a < 240) return 'multicast';
  if (a >= 240) return 'reserved';
  return resolvers.has(address) ? 'resolver' : 'public';
}

/** 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 233.252.0.0/24. */
const documentationNets = [0xc0_00_02, 0xc6_33_64, 0xcb_00_71, 0xe9_fc_00];
