/**
 * Gives a function from byte offsets of a text's UTF-8 to its UTF-16 code units. Linear in the
 * text once, then constant; a text of ASCII alone costs nothing.
 */
export function codeUnitsByByte(text: string, utf8: Uint8Array): (offset: number) => number {
  if (utf8.length === text.length) return (offset) => offset;
  const unitByByte = new Uint32Array(utf8.length + 1);
  let units = 0;
  for (let i = 0; i < utf8.length; i++) {
    const byte = utf8[i] as number;
    unitByByte[i] = units;
    // A continuation byte adds none; a character of four bytes is a surrogate pair.
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  unitByByte[utf8.length] = units;
  return (offset) => unitByByte[Math.min(offset, utf8.length)] as number;
}
