/**
 * Length of the well-formed UTF-8 sequence at `at` (RFC 3629, Unicode table 3-7), or minus the
 * length of the ill-formed part that one U+FFFD stands for (WHATWG Encoding, "UTF-8 decoder").
 * The end of `bytes` counts as the end of the text.
 */
export function utf8SequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let n = 1; n < length; n++) {
    const byte = bytes[at + n] ?? 0;
    const least = n > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = n > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < least || byte > most) return -n;
  }
  return length;
}

/** How many last bytes of `bytes` may be the beginning of a sequence that goes on, 0 to 3. */
export function openTailLength(bytes: Uint8Array): number {
  for (let n = 1; n <= Math.min(3, bytes.length); n++) {
    const byte = bytes[bytes.length - n] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    return utf8SequenceAt(bytes, bytes.length - n) === -n && n < expectedLength(byte) ? n : 0;
  }
  return 0;
}

/** The index of the first byte that is not part of well-formed UTF-8; -1 when all is. */
export function findIllFormed(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = utf8SequenceAt(bytes, at);
    if (length < 0) return at;
    at += length;
  }
  return -1;
}

function expectedLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Counts well-formed sequences of more than a byte, and what is ill-formed. */
export function countSequences(bytes: Uint8Array): { wellFormed: number; illFormed: number } {
  let wellFormed = 0;
  let illFormed = 0;
  for (let at = 0; at < bytes.length; ) {
    const sequence = utf8SequenceAt(bytes, at);
    if (sequence > 1) wellFormed++;
    else if (sequence < 0) illFormed++;
    at += Math.abs(sequence);
  }
  return { wellFormed, illFormed };
}
