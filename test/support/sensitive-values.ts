import { createHash } from 'node:crypto';

/** Digits that depend on the seed alone. */
function digits(seed: string, count: number): string {
  const hash = createHash('sha512').update(seed).digest();
  return [...hash.subarray(0, count)].map((byte) => String(byte % 10)).join('');
}

/** A card number with a valid check digit (ISO/IEC 7812-1) that is nobody's published example. */
export function makeCard(seed: string): string {
  const body = `4${digits(`card ${seed}`, 14)}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A German account number with valid check digits (ISO 13616). */
export function makeIban(seed: string): string {
  const account = digits(`iban ${seed}`, 18);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}

/** An e-mail address of a person who does not exist. */
export function makeEmail(seed: string): string {
  const hash = createHash('sha256').update(seed).digest('hex');
  return `${hash.slice(0, 8)}.${hash.slice(8, 16)}@mail-${hash.slice(16, 20)}.eu`;
}

/** A short letter with one card number and one IBAN, no two alike. */
export function makeLetter(seed: string): string {
  return [
    `Letter ${seed}`,
    `Please charge my credit card ${makeCard(seed)} for the trip.`,
    `The rest goes to the account with IBAN ${makeIban(seed)}.`,
    '',
  ].join('\n');
}
