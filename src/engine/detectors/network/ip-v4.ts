import { isDigit } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';

/** An IPv4 address in a window: its four octets and the index after it. */
export interface IpV4 {
  readonly octets: readonly [number, number, number, number];
  readonly end: number;
}

/**
 * Reads a dotted quad at `start`: four numbers of 0–255 in at most three digits, none with a
 * leading zero (RFC 6943, section 3.1.1: other readings of such forms differ).
 */
export function readIpV4(window: TextWindow, start: number): IpV4 | undefined {
  let i = start;
  const octets: [number, number, number, number] = [0, 0, 0, 0];
  for (let n = 0; n < 4; n++) {
    const first = byteAt(window, i);
    if (!isDigit(first)) return undefined;
    let value = first - 0x30;
    let length = 1;
    for (; length < 4 && isDigit(byteAt(window, i + length)); length++) {
      value = value * 10 + byteAt(window, i + length) - 0x30;
    }
    if (value > 255 || length > 3 || (first === 0x30 && length > 1)) return undefined;
    octets[n] = value;
    i += length;
    if (n < 3 && byteAt(window, i++) !== 0x2e) return undefined;
  }
  return { octets, end: i };
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
const resolvers: ReadonlySet<string> = new Set([
  '1.0.0.1',
  '1.1.1.1',
  '4.2.2.2',
  '8.8.4.4',
  '8.8.8.8',
  '9.9.9.9',
  '114.114.114.114',
  '149.112.112.112',
  '208.67.220.220',
  '208.67.222.222',
]);

/** What routers are set to, the private ranges themselves, and what people type as an address. */
const placeholders: ReadonlySet<string> = new Set([
  '1.2.3.4',
  '12.34.56.78',
  '123.45.67.89',
  '10.0.0.0',
  '10.0.0.1',
  '10.0.0.2',
  '172.16.0.0',
  '172.17.0.1',
  '192.168.0.0',
  '192.168.0.1',
  '192.168.1.0',
  '192.168.1.1',
  '192.168.1.100',
  '192.168.1.254',
]);

/** Tells whether an address stands for any address: well-known defaults, one number four times. */
export function isPlaceholderIpV4(octets: readonly number[]): boolean {
  return octets.every((octet) => octet === octets[0]) || placeholders.has(octets.join('.'));
}

/** Tells the use of an IPv4 address (IANA IPv4 Special-Purpose Address Registry, RFC 6890, 5737). */
export function useOfIpV4(octets: readonly [number, number, number, number]): IpUse {
  const [a, b, c, d] = octets;
  if (a === 0) return 'unspecified';
  if (a === 127) return 'loopback';
  if (a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32)) return 'private';
  if (a === 100 && b >= 64 && b < 128) return 'private';
  if (a === 169 && b === 254) return 'link-local';
  if (a === 192 && b === 0 && c === 2) return 'documentation';
  if (a === 198 && b === 51 && c === 100) return 'documentation';
  if (a === 203 && b === 0 && c === 113) return 'documentation';
  if (a === 233 && b === 252 && c === 0) return 'documentation';
  if (a === 198 && (b === 18 || b === 19)) return 'reserved';
  if (a === 255) return 'netmask';
  if (a >= 224 && a < 240) return 'multicast';
  if (a >= 240) return 'reserved';
  if (resolvers.has(`${a}.${b}.${c}.${d}`)) return 'resolver';
  return 'public';
}
