import { isDigit } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { type IpUse, readIpV4, useOfIpV4 } from './ip-v4.ts';

/** An IPv6 address in a window: its eight groups, how it is written, and the index after it. */
export interface IpV6 {
  readonly groups: readonly number[];
  /** Groups that are written out; a dotted quad at the end counts as two. */
  readonly written: number;
  readonly compressed: boolean;
  readonly hasQuad: boolean;
  readonly end: number;
}

const colon = 0x3a;

/** Reads an IPv6 address at `start` in any form of RFC 4291, section 2.2. */
export function readIpV6(window: TextWindow, start: number): IpV6 | undefined {
  const groups: number[] = [];
  let gapAt = -1;
  let hasQuad = false;
  let i = start;
  if (byteAt(window, i) === colon) {
    if (byteAt(window, i + 1) !== colon) return undefined;
    gapAt = 0;
    i += 2;
  }
  while (groups.length < 8) {
    const quad = groups.length <= 6 && mayBeQuad(window, i) ? readIpV4(window, i) : undefined;
    if (quad !== undefined) {
      groups.push(quad.address >>> 16, quad.address & 0xffff);
      hasQuad = true;
      i = quad.end;
      break;
    }
    const length = hexLength(window, i);
    if (length === 0) break;
    if (length > 4) return undefined;
    groups.push(readHex(window, i, length));
    i += length;
    if (byteAt(window, i) !== colon) break;
    if (byteAt(window, i + 1) === colon) {
      if (gapAt >= 0) return undefined;
      gapAt = groups.length;
      i += 2;
      continue;
    }
    if (groups.length === 8 || hexLength(window, i + 1) === 0) break;
    i++;
  }
  const written = groups.length;
  if (gapAt < 0 ? written !== 8 : written > 7) return undefined;
  if (gapAt >= 0) groups.splice(gapAt, 0, ...new Array<number>(8 - written).fill(0));
  return { groups, written, compressed: gapAt >= 0, hasQuad, end: i };
}

/** Tells the use of an IPv6 address (IANA IPv6 Special-Purpose Address Registry, RFC 3849, 9637). */
export function useOfIpV6(groups: readonly number[]): IpUse {
  const [a = 0, b = 0] = groups;
  const isLow = groups.slice(0, 5).every((group) => group === 0);
  if (isLow && (groups[5] === 0 || groups[5] === 0xffff)) {
    const [high = 0, low = 0] = groups.slice(6);
    if (groups[5] === 0 && high === 0) {
      return low === 0 ? 'unspecified' : low === 1 ? 'loopback' : 'reserved';
    }
    return useOfIpV4(quadOf(groups));
  }
  if (a === 0x2001 && b === 0x0db8) return 'documentation';
  if (a === 0x3fff && b < 0x1000) return 'documentation';
  if ((a & 0xffc0) === 0xfe80) return 'link-local';
  if ((a & 0xfe00) === 0xfc00) return 'private';
  if ((a & 0xff00) === 0xff00) return 'multicast';
  if (a === 0x2001 && b === 0x4860 && groups[2] === 0x4860) return 'resolver';
  if (a === 0x2606 && b === 0x4700 && groups[2] === 0x4700) return 'resolver';
  return (a & 0xe000) === 0x2000 ? 'public' : 'reserved';
}

/** The last two groups as the number of an embedded IPv4 address. */
export function quadOf(groups: readonly number[]): number {
  const [high = 0, low = 0] = groups.slice(6);
  return high * 0x1_0000 + low;
}

/** Whether a byte is a hexadecimal digit of either case. */
export function isHex(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

function hexLength(window: TextWindow, start: number): number {
  let length = 0;
  while (length < 5 && isHex(byteAt(window, start + length))) length++;
  return length;
}

function mayBeQuad(window: TextWindow, at: number): boolean {
  for (let n = 1; n <= 3; n++) {
    if (!isDigit(byteAt(window, at + n - 1))) return false;
    if (byteAt(window, at + n) === 0x2e) return true;
  }
  return false;
}

function readHex(window: TextWindow, start: number, length: number): number {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const byte = byteAt(window, i);
    value = value * 16 + (isDigit(byte) ? byte - 0x30 : (byte | 0x20) - 0x57);
  }
  return value;
}
