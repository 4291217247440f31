const whole = new Intl.NumberFormat('en');

/** `1,204`. */
export function showCount(count: number): string {
  return whole.format(count);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units, such as `38.2 MB`. */
export function showBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** `5 credit_card, 2 iban and 3 others`: at most `most` of the counts. */
export function showCounts(counts: Readonly<Record<string, number>>, most: number): string {
  const entries = Object.entries(counts);
  const shown = entries.slice(0, most).map(([name, count]) => `${showCount(count)} ${name}`);
  const others = entries.length - shown.length;
  return `${shown.join(', ')}${others > 0 ? ` and ${others} others` : ''}`;
}
