/** Undoes a transfer encoding line by line; `finish` gives what is left. */
export interface TransferDecoding {
  push(line: Buffer): Uint8Array;
  finish(): Uint8Array;
}

/** The decoding of a `Content-Transfer-Encoding` (RFC 2045, section 6). */
export function transferDecoding(encoding: string): TransferDecoding {
  switch (encoding) {
    case 'base64':
      return new Base64Decoding();
    case 'quoted-printable':
      return new QuotedPrintableDecoding();
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return new UuDecoding();
    default:
      return new NoDecoding();
  }
}

const nothing = new Uint8Array(0);

/** The end of the last line belongs to the boundary after it (RFC 2046, section 5.1.1). */
class NoDecoding implements TransferDecoding {
  #end: Uint8Array = nothing;

  push(line: Buffer): Uint8Array {
    const length = line.length - lineEndLength(line);
    const bytes = Buffer.concat([this.#end, line.subarray(0, length)]);
    this.#end = line.subarray(length);
    return bytes;
  }

  finish(): Uint8Array {
    return nothing;
  }
}

/** Base64 (RFC 4648), with whatever stands between; what comes after padding starts anew. */
class Base64Decoding implements TransferDecoding {
  #open = '';

  push(line: Buffer): Uint8Array {
    const text = this.#open + line.toString('latin1').replace(/[^A-Za-z0-9+/=]+/g, '');
    if (text.includes('=')) {
      this.#open = '';
      const groups = text.split(/=+/);
      this.#open = groups.pop() ?? '';
      return Buffer.concat(groups.map((group) => Buffer.from(group, 'base64')));
    }
    const length = text.length - (text.length % 4);
    this.#open = text.slice(length);
    return Buffer.from(text.slice(0, length), 'base64');
  }

  finish(): Uint8Array {
    return Buffer.from(this.#open, 'base64');
  }
}

/** Quoted-printable (RFC 2045, section 6.7); what is no escape stays as it is. */
export class QuotedPrintableDecoding implements TransferDecoding {
  #open = Buffer.alloc(0);

  push(line: Buffer): Uint8Array {
    const bytes = this.#open.length === 0 ? line : Buffer.concat([this.#open, line]);
    this.#open = Buffer.alloc(0);
    const end = lineEndLength(bytes);
    let length = bytes.length - end;
    if (end > 0) while (length > 0 && isBlank(bytes[length - 1])) length--;
    const isSoft = end > 0 && bytes[length - 1] === 0x3d;
    if (isSoft) length--;
    // A piece of a line may end within an escape.
    if (end === 0) {
      const sign = bytes.lastIndexOf(0x3d);
      if (sign !== -1 && sign >= length - 2) {
        this.#open = Buffer.from(bytes.subarray(sign, length));
        length = sign;
      }
    }
    const decoded = decodeEscapes(bytes.subarray(0, length));
    return isSoft || end === 0 ? decoded : Buffer.concat([decoded, bytes.subarray(-end)]);
  }

  finish(): Uint8Array {
    const rest = this.#open;
    return rest.length === 1 ? nothing : decodeEscapes(rest);
  }
}

function decodeEscapes(bytes: Buffer): Uint8Array {
  if (!bytes.includes(0x3d)) return bytes;
  const decoded = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const high = byte === 0x3d ? hexValue(bytes[at + 1]) : -1;
    const low = high === -1 ? -1 : hexValue(bytes[at + 2]);
    if (low === -1) {
      decoded[length++] = byte;
    } else {
      decoded[length++] = high * 16 + low;
      at += 2;
    }
  }
  return decoded.subarray(0, length);
}

/** Uuencode (POSIX, `uuencode`): a length and four characters for each three bytes. */
class UuDecoding implements TransferDecoding {
  push(line: Buffer): Uint8Array {
    const text = line.subarray(0, line.length - lineEndLength(line));
    if (/^(?:begin |end\b)/.test(text.toString('latin1', 0, 6))) return nothing;
    return decodeUuLine(text);
  }

  finish(): Uint8Array {
    return nothing;
  }
}

/** The bytes of a line of uuencode, without its end; as many as it says. */
export function decodeUuLine(text: Uint8Array): Uint8Array {
  const size = ((text[0] ?? 0x20) - 0x20) & 63;
  const decoded = Buffer.alloc(Math.ceil(size / 3) * 3);
  for (let group = 0; group * 3 < size; group++) {
    let bits = 0;
    for (let n = 1; n <= 4; n++) {
      bits = (bits << 6) | (((text[group * 4 + n] ?? 0x20) - 0x20) & 63);
    }
    decoded.writeUIntBE(bits, group * 3, 3);
  }
  return decoded.subarray(0, size);
}

/** Length of a line's end: of `\n` or `\r\n`, 0 when it has none. */
export function lineEndLength(line: Uint8Array): number {
  if (line.at(-1) !== 0x0a) return 0;
  return line.at(-2) === 0x0d ? 2 : 1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function hexValue(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
