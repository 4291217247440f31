/**
 * Check digits by the standards and authorities that define them. Texts are compact: digits and
 * capital letters only, of the length the caller made sure of. Letters count as 10 (A) to 35 (Z).
 */

/** Gives a digit's value, a capital letter's 10–35. */
export function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code <= 0x39 ? code - 0x30 : code - 0x37;
}

/** Sums the first values of a text, each times its weight. */
export function weightedSum(text: string, weights: readonly number[]): number {
  let sum = 0;
  for (let n = 0; n < weights.length; n++) sum += valueAt(text, n) * (weights[n] as number);
  return sum;
}

/** Tells whether all digits of a text together pass the Luhn check (ISO/IEC 7812-1, annex B). */
export function passesLuhnText(text: string): boolean {
  let sum = 0;
  for (let n = text.length - 1, double = false; n >= 0; n--, double = !double) {
    const value = valueAt(text, n) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

const dihedral = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permutations = Array.from({ length: 8 }, () => '0123456789');
for (let n = 1; n < 8; n++) {
  permutations[n] = [...(permutations[n - 1] as string)]
    .map((d) => '1576283094'[Number(d)])
    .join('');
}

/** Tells whether a number passes Verhoeff's check over the dihedral group D5 (1969). */
export function passesVerhoeff(text: string): boolean {
  let check = 0;
  for (let n = 0; n < text.length; n++) {
    const digit = valueAt(text, text.length - 1 - n);
    check = Number(dihedral[check]?.[Number(permutations[n % 8]?.[digit])]);
  }
  return check === 0;
}

/** Tells whether a number passes ISO 7064 MOD 11,10, its last digit being the check digit. */
export function passesMod11And10(text: string): boolean {
  let product = 10;
  for (let n = 0; n < text.length - 1; n++) {
    const sum = (product + valueAt(text, n)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + valueAt(text, text.length - 1)) % 10 === 1;
}

/** Tells whether a number passes ISO 7064 MOD 11-2; a last X stands for 10. */
export function passesMod11And2(text: string): boolean {
  let sum = 0;
  for (let n = 0; n < text.length - 1; n++) sum = ((sum + valueAt(text, n)) * 2) % 11;
  const last = text.at(-1) === 'X' ? 10 : valueAt(text, text.length - 1);
  return (sum + last) % 11 === 1;
}

/** Computes the remainder of a number of any length, in digits, divided by `divisor`. */
export function remainderOf(digits: string, divisor: number): number {
  let remainder = 0;
  for (let n = 0; n < digits.length; n++)
    remainder = (remainder * 10 + valueAt(digits, n)) % divisor;
  return remainder;
}

/** Computes the check digit of a field of a travel document (ICAO Doc 9303-3, 4.9). */
export function documentCheckDigit(text: string): number {
  let sum = 0;
  for (let n = 0; n < text.length; n++) sum += valueAt(text, n) * ([7, 3, 1][n % 3] as number);
  return sum % 10;
}

/** Whether all characters of a text are the same. */
export function isRepeated(text: string): boolean {
  for (let n = 1; n < text.length; n++) if (text[n] !== text[0]) return false;
  return true;
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a day is in the Gregorian calendar; with year `undefined` 29 February may be. */
export function isDate(year: number | undefined, month: number, day: number): boolean {
  const days = monthDays[month - 1];
  if (days === undefined || day < 1 || day > days) return false;
  if (month !== 2 || day < 29 || year === undefined) return true;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether `yymmdd` is a day of the 1900s or the 2000s. */
export function isShortDate(yymmdd: string): boolean {
  const year = Number(yymmdd.slice(0, 2));
  const month = Number(yymmdd.slice(2, 4));
  const day = Number(yymmdd.slice(4, 6));
  return isDate(2000 + year, month, day) || isDate(1900 + year, month, day);
}

/** Whether `ddmmyy` is a day of the 1900s or the 2000s. */
export function isShortDateDayFirst(ddmmyy: string): boolean {
  return isShortDate(ddmmyy.slice(4, 6) + ddmmyy.slice(2, 4) + ddmmyy.slice(0, 2));
}
