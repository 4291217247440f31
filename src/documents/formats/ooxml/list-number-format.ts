const romans: readonly [value: number, numeral: string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];
const mostRoman = 9_999;
/** Letters are doubled, tripled and so on after z. */
const mostLetters = 780;

/** Writes a list's number as `ST_NumberFormat` says (ISO/IEC 29500-1, 17.18.59). */
export function formatListNumber(number: number, format: string): string {
  switch (format) {
    case 'none':
    case 'bullet':
      return '';
    case 'lowerLetter':
      return toLetters(number);
    case 'upperLetter':
      return toLetters(number).toUpperCase();
    case 'lowerRoman':
      return toRoman(number);
    case 'upperRoman':
      return toRoman(number).toUpperCase();
    case 'decimalZero':
      return String(number).padStart(2, '0');
    case 'ordinal':
      return `${number}${ordinalSuffix(number)}`;
    default:
      return String(number);
  }
}

function toLetters(number: number): string {
  if (number < 1 || number > mostLetters) return String(number);
  const letter = String.fromCharCode(0x61 + ((number - 1) % 26));
  return letter.repeat(Math.ceil(number / 26));
}

function toRoman(number: number): string {
  if (number < 1 || number > mostRoman) return String(number);
  let rest = number;
  let text = '';
  for (const [value, numeral] of romans) {
    while (rest >= value) {
      text += numeral;
      rest -= value;
    }
  }
  return text;
}

function ordinalSuffix(number: number): string {
  const tens = Math.abs(number) % 100;
  if (tens >= 11 && tens <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][tens % 10] ?? 'th';
}
