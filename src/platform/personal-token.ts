import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const prefix = 'sens_pat_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 30;
const sumLength = 6;
const shape = new RegExp(`^${prefix}[0-9A-Za-z]{${randomLength + sumLength}}$`);

/**
 * A personal access token: 178 random bits between a prefix and a checksum, so that scanners know one
 * when they see it. The checksum is the CRC-32 of what is between the first underscore and it, in base
 * 62, as GitHub's tokens have it.
 */
export function newPersonalToken(): string {
  const random = Array.from({ length: randomLength }, () => digits[randomInt(digits.length)]);
  const body = prefix + random.join('');
  return body + checksum(body);
}

/** Whether a text can be such a token: the rest of the world need not be asked for. */
export function isPersonalToken(text: string): boolean {
  return shape.test(text) && checksum(text.slice(0, -sumLength)) === text.slice(-sumLength);
}

function checksum(body: string): string {
  let sum = '';
  for (let rest = crc32(body.slice(body.indexOf('_') + 1)); sum.length < sumLength; ) {
    sum = digits.charAt(rest % digits.length) + sum;
    rest = Math.floor(rest / digits.length);
  }
  return sum;
}
