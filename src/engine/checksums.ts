import { passesLuhn } from './luhn.ts';
import { ibanRemainder } from './mod-97.ts';

/** Names of the checks that a policy's detectors may ask for. */
export const checksumNames = ['luhn', 'iban', 'mod97', 'mod11', 'mod11_10', 'verhoeff'] as const;
export type ChecksumName = (typeof checksumNames)[number];

/**
 * The checks by name. Each takes a value as it stands in a text and looks at its letters and digits
 * only; a value of fewer than two of them passes none.
 */
export const checksums: Readonly<Record<ChecksumName, (value: string) => boolean>> = {
  luhn: (value) => {
    const digits = digitsOf(value);
    return digits.length > 1 && passesLuhn(Uint8Array.from(digits), digits.length);
  },
  iban: (value) => ibanRemainder(compact(value)) === 1,
  mod97: (value) => mod97(compact(value)) === 1,
  mod11: passesMod11,
  mod11_10: passesMod1110,
  verhoeff: passesVerhoeff,
};

function compact(value: string): string {
  return value.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

function digitsOf(value: string): number[] {
  return Array.from(value.replace(/\D/g, ''), Number);
}

/** ISO 7064 MOD 97-10 with letters as 10–35 and the check digits at the end. */
function mod97(text: string): number {
  let remainder = 0;
  for (const char of text) {
    const value = Number.parseInt(char, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return text.length > 1 ? remainder : 0;
}

/** Weights 1, 2, 3 … from the right, `X` at the end for ten, as ISBN-10 (ISO 2108:1992) has them. */
function passesMod11(value: string): boolean {
  const text = compact(value).replace(/[A-WYZ]/g, '');
  if (!/^\d+[\dX]$/.test(text)) return false;
  const digits = Array.from(text, (char) => (char === 'X' ? 10 : Number(char)));
  const sum = digits.reduce((total, digit, n) => total + digit * (digits.length - n), 0);
  return sum % 11 === 0;
}

/** ISO 7064 MOD 11,10, the check digit last. */
function passesMod1110(value: string): boolean {
  const digits = digitsOf(value);
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return digits.length > 1 && ((digits.at(-1) ?? 0) + product) % 10 === 1;
}

/** Verhoeff, "Error detecting decimal codes", 1969: the dihedral group of ten, the check last. */
function passesVerhoeff(value: string): boolean {
  const digits = digitsOf(value).reverse();
  const check = digits.reduce((sum, digit, n) => dihedral(sum, permuted(digit, n % 8)), 0);
  return digits.length > 1 && check === 0;
}

/** Multiplies in the group of the symmetries of a pentagon: 0–4 turn, 5–9 mirror. */
function dihedral(a: number, b: number): number {
  const turn = a < 5 ? a + (b % 5) : a - (b % 5);
  const mirrors = (a < 5 ? 0 : 1) ^ (b < 5 ? 0 : 1);
  return (((turn % 5) + 5) % 5) + mirrors * 5;
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function permuted(digit: number, times: number): number {
  let value = digit;
  for (let n = 0; n < times; n++) value = permutation[value] as number;
  return value;
}
