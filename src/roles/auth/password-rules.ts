import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from '@hono/zod-openapi';
import { AppError } from '../../platform/app-error.ts';

/** Counted in Unicode code points. */
export const passwordLength = { min: 12, max: 128 } as const;

/** Words of this product and its surroundings; what is little more than these is easy to guess. */
const ownWords = [
  'sensitivity',
  'sensitive',
  'auditor',
  'administrator',
  'admin',
  'passphrase',
  'password',
];

/** What has to be left of a password without {@link ownWords} and the address, in code points. */
const leastLeft = 6;

let commonPasswords: Promise<ReadonlySet<string>> | undefined;

/** The form in which a password is hashed: NFC, so that every keyboard types the same one. */
export function normalisePassword(password: string): string {
  return password.normalize('NFC');
}

/**
 * Refuses a password of the wrong length, one that many people have, and the e-mail address
 * itself or the part before its `@` (NIST SP 800-63B, section 3.1.1.2).
 *
 * @param field where in the request the password is, e.g. `body.password`.
 * @throws {AppError} `weak_password`, or `invalid_request` when the password is too long.
 */
export async function checkPasswordRules(
  password: string,
  { email, field }: { email: string; field: string },
): Promise<void> {
  const length = [...password].length;
  if (length > passwordLength.max || !password.isWellFormed()) {
    const message = `a password has at most ${passwordLength.max} characters of valid Unicode`;
    throw new AppError('invalid_request', message, { fields: [{ field, message }] });
  }
  if (length < passwordLength.min) {
    throw weak(field, `a password needs at least ${passwordLength.min} characters`);
  }
  const folded = password.toLowerCase();
  if (folded === email || folded === email.slice(0, email.lastIndexOf('@'))) {
    throw weak(field, 'the password is the e-mail address: choose another one');
  }
  const [name = ''] = email.split('@');
  const rest = remainder(folded, name);
  if (rest !== undefined && rest.length < leastLeft) {
    throw weak(field, 'the password is little more than words of this product or your address');
  }
  commonPasswords ??= loadCommonPasswords();
  if ((await commonPasswords).has(folded)) {
    throw weak(field, 'this password is one of the most common: choose another one');
  }
}

/** What letters and digits are left of a password that has words that are easy to guess here. */
function remainder(password: string, name: string): string[] | undefined {
  const words = name.length > 2 ? [...ownWords, name] : ownWords;
  let rest = password;
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest === password ? undefined : [...rest.replaceAll(/[^\p{L}\p{N}]/gu, '')];
}

/**
 * The most common passwords of {@link passwordLength} `min` characters and more. The list has
 * 49,233 entries and so the 10,000 most common, but shorter ones are refused anyway: the few
 * hundred long ones are all that stays in memory.
 */
async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve('@zxcvbn-ts/language-common/src/passwords.json');
  const passwords = z.array(z.string()).parse(JSON.parse(await readFile(path, 'utf8')));
  return new Set(passwords.filter((password) => [...password].length >= passwordLength.min));
}

function weak(field: string, message: string): AppError {
  return new AppError('weak_password', message, { fields: [{ field, message }] });
}
