import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const argon2Async = promisify(argon2);

/** OWASP's second choice of argon2id parameters (RFC 9106): 19 MiB, 2 passes, 1 lane. */
export const argon2Cost = { memoryKibibytes: 19_456, passes: 2, lanes: 1 } as const;

const saltBytes = 16;
const tagBytes = 32;

const phcShape =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([\w+/]{11,86})\$([\w+/]{16,171})$/;

/** A new salted hash of a password, in PHC string format. Runs off the event loop, about 20 ms. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await derive(password, { ...argon2Cost, salt, tagBytes });
  return format(salt, tag);
}

/** Whether the password made the hash. @throws {Error} on what is no argon2id PHC string. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const { tag, ...parameters } = parse(hash);
  const derived = await derive(password, { ...parameters, tagBytes: tag.length });
  return timingSafeEqual(derived, tag);
}

/** Whether the hash was made with other parameters than today's. */
export function needsRehash(hash: string): boolean {
  const { memoryKibibytes, passes, lanes, salt, tag } = parse(hash);
  return (
    memoryKibibytes !== argon2Cost.memoryKibibytes ||
    passes !== argon2Cost.passes ||
    lanes !== argon2Cost.lanes ||
    salt.length !== saltBytes ||
    tag.length !== tagBytes
  );
}

/** A hash that no password has, as costly to check as a real one. */
export function makeDummyHash(): string {
  return format(randomBytes(saltBytes), randomBytes(tagBytes));
}

interface Cost {
  memoryKibibytes: number;
  passes: number;
  lanes: number;
  salt: Buffer;
}

function derive(password: string, cost: Cost & { tagBytes: number }): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: password,
    nonce: cost.salt,
    memory: cost.memoryKibibytes,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: cost.tagBytes,
  };
  return argon2Async('argon2id', parameters);
}

function format(salt: Buffer, tag: Buffer): string {
  const { memoryKibibytes, passes, lanes } = argon2Cost;
  return `$argon2id$v=19$m=${memoryKibibytes},t=${passes},p=${lanes}$${encode(salt)}$${encode(tag)}`;
}

function parse(hash: string): Cost & { tag: Buffer } {
  const [, memory, passes, lanes, salt = '', tag = ''] = phcShape.exec(hash) ?? [];
  if (memory === undefined) throw new Error('a stored password hash is not argon2id in PHC format');
  return {
    memoryKibibytes: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
