/** Code points of bytes 0x80–0x9F in Windows-1252 (Microsoft); 0xFFFD where it defines none. */
const upperControls = [
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
  0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
];

/**
 * Decodes Windows-1252 to UTF-8; each byte gives one character of one to three bytes. `undefinedBytes`
 * counts the bytes the code page leaves open, which become U+FFFD.
 */
export function decodeWindows1252(source: Uint8Array): {
  text: Uint8Array;
  undefinedBytes: number;
} {
  const text = new Uint8Array(source.length * 3);
  let length = 0;
  let undefinedBytes = 0;
  for (const byte of source) {
    const code = byte >= 0x80 && byte < 0xa0 ? (upperControls[byte - 0x80] ?? 0xfffd) : byte;
    if (code < 0x80) {
      text[length++] = code;
    } else if (code < 0x800) {
      text[length++] = 0xc0 | (code >> 6);
      text[length++] = 0x80 | (code & 63);
    } else {
      if (code === 0xfffd) undefinedBytes++;
      text[length++] = 0xe0 | (code >> 12);
      text[length++] = 0x80 | ((code >> 6) & 63);
      text[length++] = 0x80 | (code & 63);
    }
  }
  return { text: text.subarray(0, length), undefinedBytes };
}
