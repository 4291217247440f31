/**
 * Computes the remainder of an IBAN's check (ISO 13616-1, ISO 7064 MOD 97-10): the first four
 * characters moved to the end, letters as 10–35. A right one gives 1; one wrong in 97 does too.
 * `compact` is upper-case letters and digits without blanks; anything else gives NaN.
 */
export function ibanRemainder(compact: string): number {
  let remainder = 0;
  for (let i = 0; i < compact.length; i++) {
    const code = compact.charCodeAt((i + 4) % compact.length);
    if (code >= 0x30 && code <= 0x39) remainder = (remainder * 10 + code - 0x30) % 97;
    else if (code >= 0x41 && code <= 0x5a) remainder = (remainder * 100 + code - 0x37) % 97;
    else return Number.NaN;
  }
  return remainder;
}
