/** Day 0 of the 1900 system as it is from March 1900 on: it counts a February 29th that was none. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const lastDay = 2_958_465;

export interface SerialDateOptions {
  hasDay: boolean;
  hasTime: boolean;
  uses1904: boolean;
}

/**
 * Writes a spreadsheet's serial date (ISO/IEC 29500-1, 18.17.4) as ISO 8601: the day, the time or
 * both; undefined when it is none.
 */
export function formatSerialDate(serial: number, options: SerialDateOptions): string | undefined {
  if (!(serial >= 0) || serial > lastDay + 1) return undefined;
  const { hasTime, uses1904 } = options;
  const hasDay = options.hasDay || !hasTime;
  // The false leap day moves all before it.
  const days = !uses1904 && serial < 60 ? serial + 1 : serial;
  const time = (uses1904 ? epoch1904 : epoch1900) + Math.round(days * 86_400) * 1_000;
  if (!hasDay && serial >= 1) return formatDuration(serial);
  const iso = new Date(time).toISOString();
  const day = iso.slice(0, 10);
  const clock = iso.slice(11, 19).replace(/:00$/, '');
  if (!hasTime) return day;
  return hasDay ? `${day} ${clock}` : clock;
}

/** Hours beyond a day go on counting. */
function formatDuration(serial: number): string {
  const seconds = Math.round(serial * 86_400);
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? clock : `${clock}:${two(seconds % 60)}`;
}
