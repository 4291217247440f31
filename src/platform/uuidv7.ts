import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(16 * 256);
let poolOffset = pool.length;
let lastMilliseconds = 0;
let sequence = 0;

/**
 * A new UUID of version 7 (RFC 9562, section 5.7), lower case with hyphens.
 *
 * Ids made by one process sort in the order they were made: the 12 bits after the time are a
 * counter (section 6.2, method 1), and a full counter borrows the next millisecond.
 */
export function uuidv7(now: number = Date.now()): string {
  if (now > lastMilliseconds) {
    lastMilliseconds = now;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastMilliseconds += 1;
    sequence = 0;
  }
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  const random = Buffer.from(pool.buffer, poolOffset, 8);
  poolOffset += 8;
  const time = lastMilliseconds.toString(16).padStart(12, '0');
  const variant = (((random[0] as number) & 0x3f) | 0x80).toString(16);
  const tail = random.toString('hex', 1, 8);
  const counter = sequence.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`;
}
