import { z } from '@hono/zod-openapi';

/** RFC 5321, section 4.5.3.1, with the angle brackets of a path taken off. */
export const maxEmailLength = 254;

// No space, control, format or unassigned character, no lone surrogate, none of RFC 5322's specials.
const emailShape = /^[^\s\p{C}@"(),:;<>[\\\]]{1,64}@[^\s\p{C}@"(),:;<>[\\\]]{1,253}$/u;

/** The form in which addresses are kept and compared: trimmed, lower case, NFC. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase().normalize('NFC');
}

/** An e-mail address from a request, normalised. */
export const EmailSchema = z
  .string()
  .max(4 * maxEmailLength)
  .transform(normaliseEmail)
  .refine((email) => email.length <= maxEmailLength && emailShape.test(email), {
    message: `an e-mail address of at most ${maxEmailLength} characters is needed`,
  })
  .openapi({ type: 'string', format: 'email', example: 'ada@example.org' });
