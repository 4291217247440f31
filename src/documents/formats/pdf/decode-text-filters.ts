/** Hexadecimal digits up to `>` (ISO 32000-1, 7.4.2); anything else is skipped. */
export function decodeHex(data: Uint8Array): Uint8Array {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
  const [digits = ''] = text.split('>', 1);
  return Buffer.from(digits.replace(/[^\da-f]/gi, ''), 'hex');
}

/** Groups of five characters for four bytes up to `~>` (ISO 32000-1, 7.4.3). */
export function decodeAscii85(data: Uint8Array): Uint8Array {
  // `z` is four bytes.
  const bytes = new Uint8Array(data.length * 4 + 4);
  let written = 0;
  let value = 0;
  let characters = 0;
  const flush = (count: number): void => {
    for (let index = 0; index < count; index++) {
      bytes[written++] = Math.floor(value / 256 ** (3 - index)) & 0xff;
    }
    value = 0;
    characters = 0;
  };
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && characters === 0) flush(4);
    if (byte < 0x21 || byte > 0x75) continue;
    value = value * 85 + (byte - 0x21);
    characters += 1;
    if (characters === 5) flush(4);
  }
  if (characters > 1) {
    const count = characters - 1;
    for (; characters < 5; characters++) value = value * 85 + 84;
    flush(count);
  }
  return bytes.subarray(0, written);
}

/** Literal bytes and repeated ones (ISO 32000-1, 7.4.5). */
export function decodeRunLengths(data: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < data.length; ) {
    const length = data[at] ?? 128;
    if (length === 128) break;
    if (length < 128) pieces.push(data.subarray(at + 1, at + 2 + length));
    else pieces.push(new Uint8Array(257 - length).fill(data[at + 1] ?? 0));
    at += length < 128 ? length + 2 : 2;
  }
  return Buffer.concat(pieces);
}
