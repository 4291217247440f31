const mostColumns = 16_384;

/** The column of a cell's name such as `B7`, from 1; undefined when it is none. */
export function columnOf(name: string): number | undefined {
  let column = 0;
  for (let at = 0; at < name.length && at < 4; at++) {
    const letter = name.charCodeAt(at) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return column >= 1 && column <= mostColumns ? column : undefined;
}

/** The name of a cell by its column and row, both from 1. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(0x41 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}
