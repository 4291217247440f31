/** How the number of a cell is shown, as far as it changes what the text says. */
export type NumberFormat =
  | { kind: 'plain' }
  | { kind: 'percent' }
  | { kind: 'date'; hasDate: boolean; hasTime: boolean }
  /** Digits with characters between them, such as `000-00-0000`. */
  | { kind: 'mask'; mask: string };

const plain: NumberFormat = { kind: 'plain' };
const dayMilliseconds = 86_400_000;
/** Day 0 of the calendars that begin in 1900 and 1904, in Unix time. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
/** The last day of the year 9999. */
const lastDay = 2_958_465;

/** The formats that files need not spell out ([MS-XLS] 2.4.126, ECMA-376 18.8.30). */
export function builtInFormat(id: number): NumberFormat {
  if (id === 9 || id === 10) return { kind: 'percent' };
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) {
    return { kind: 'date', hasDate: true, hasTime: false };
  }
  if (id === 22) return { kind: 'date', hasDate: true, hasTime: true };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) {
    return { kind: 'date', hasDate: false, hasTime: true };
  }
  return plain;
}

/** Reads a format code such as `dd/mm/yyyy` or `000\-00\-0000`. */
export function parseNumberFormat(code: string): NumberFormat {
  const first = firstSection(code);
  const bare = first
    .replace(/"[^"]*"|\\.|_.|\*./gs, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return plain;
  const hasTime = /[hs]/i.test(bare) || /\[m+\]/i.test(bare);
  const hasDate = /[yd]/i.test(bare) || (/m/i.test(bare) && !hasTime);
  if ((hasDate || hasTime) && !/[#?]/.test(bare)) return { kind: 'date', hasDate, hasTime };
  if (bare.includes('%')) return { kind: 'percent' };
  const mask = readMask(first);
  return mask === undefined ? plain : { kind: 'mask', mask };
}

/** A format has sections for positive and other numbers, divided by semicolons. */
function firstSection(code: string): string {
  const end = /^(?:"[^"]*"|\\.|[^;"\\])*/s.exec(code);
  return end?.[0] ?? code;
}

/** The placeholders and literals of a code that keeps all digits; undefined for any other. */
function readMask(section: string): string | undefined {
  const mask = section
    .replace(/\[[^\]]*\]|_.|\*./gs, '')
    .replace(/"([^"]*)"|\\(.)/gs, (_, quoted?: string, escaped?: string) =>
      (quoted ?? escaped ?? '').replace(/[0#?]/g, ''),
    );
  return /^[0#?() /+-]+$/.test(mask) && /[0#?][^0#?]+[0#?]|^0{2,}$/.test(mask) ? mask : undefined;
}

/** Shows a number without an exponent, dates as in ISO 8601. */
export function formatNumber(
  value: number,
  { format, is1904 }: { format: NumberFormat; is1904: boolean },
): string {
  if (!Number.isFinite(value)) return '';
  if (format.kind === 'date') {
    return formatDate(value, { format, is1904 }) ?? formatDecimal(value);
  }
  if (format.kind === 'percent') return `${formatDecimal(Number((value * 100).toPrecision(15)))}%`;
  if (format.kind === 'mask' && Number.isInteger(value) && value >= 0) {
    return fillMask(formatDecimal(value), format.mask);
  }
  return formatDecimal(value);
}

function formatDate(
  value: number,
  { format, is1904 }: { format: NumberFormat & { kind: 'date' }; is1904: boolean },
): string | undefined {
  if (value < 0 || value > lastDay) return undefined;
  if (!format.hasDate && value >= 1) return undefined;
  // The calendar of 1900 has a 29th of February that was not, before which it is a day ahead.
  const day = !is1904 && value >= 1 && value < 60 ? value + 1 : value;
  const time = (is1904 ? epoch1904 : epoch1900) + Math.round(day * 86_400) * 1_000;
  const [date = '', clock = ''] = new Date(time).toISOString().slice(0, 19).split('T');
  const isWhole = time % dayMilliseconds === 0;
  if (!format.hasDate) return clock;
  return isWhole && !format.hasTime ? date : `${date} ${clock}`;
}

/** All digits that a number has, as Excel keeps 15, but more when an integer needs them. */
function formatDecimal(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const shown = Math.abs(value) < 1e15 ? String(Number(value.toPrecision(15))) : String(value);
  const exponent = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shown);
  if (exponent === null) return shown;
  const [, sign = '', lead = '', rest = '', power = '0'] = exponent;
  const digits = lead + rest;
  const shift = Number(power);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return `${sign}${digits.padEnd(shift + 1, '0')}`;
}

/** Puts digits into a mask from its right end; those that find no room go before it. */
function fillMask(digits: string, mask: string): string {
  let left = digits.length;
  let shown = '';
  for (let at = mask.length - 1; at >= 0; at--) {
    const place = mask.charAt(at);
    if (place !== '0' && place !== '#' && place !== '?') {
      if (left > 0 || !/[#?]/.test(mask.slice(0, at))) shown = place + shown;
    } else if (left > 0) {
      left -= 1;
      shown = digits.charAt(left) + shown;
    } else if (place === '0') {
      shown = `0${shown}`;
    }
  }
  return digits.slice(0, left) + shown;
}
