/**
 * Tells whether a number passes the Luhn check (ISO/IEC 7812-1, annex B). `digits` holds digit
 * values 0–9, the first `length` of them count. Catches every single wrong digit; one random
 * number in ten passes.
 */
export function passesLuhn(digits: Uint8Array, length: number): boolean {
  let sum = 0;
  let double = false;
  for (let i = length - 1; i >= 0; i--) {
    let value = digits[i] as number;
    if (double) {
      value *= 2;
      if (value > 9) value -= 9;
    }
    sum += value;
    double = !double;
  }
  return sum % 10 === 0;
}
