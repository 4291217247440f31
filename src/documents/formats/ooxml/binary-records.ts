import type { ReadBudget } from '../../read-budget.ts';

const mostTypeBytes = 2;
const mostSizeBytes = 4;

/** Receives the records of a binary part; the fields must not be kept. */
export type RecordHandler = (type: number, fields: RecordFields) => void;

/**
 * Walks the records of a part of a binary workbook ([MS-XLSB] 2.1.4): a type and a size, each in
 * bytes of seven bits, then the fields. Gives whether the last one was whole.
 *
 * @throws {UnreadableError} the limit that was reached.
 */
export async function walkRecords(
  content: AsyncIterable<Uint8Array>,
  handler: RecordHandler,
  budget: ReadBudget,
): Promise<boolean> {
  const pieces: Uint8Array[] = [];
  let held = 0;
  /** Bytes that are needed before there is any use in looking again. */
  let wanted = 1;
  for await (const chunk of content) {
    budget.checkTime();
    pieces.push(chunk);
    held += chunk.length;
    if (held < wanted) continue;
    const open = Buffer.concat(pieces.splice(0), held);
    const { end, next } = readRecords(open, handler);
    budget.checkHeld(next);
    wanted = next;
    pieces.push(open.subarray(end));
    held -= end;
  }
  return held === 0;
}

/** Reads the whole records there are: where they end, and how many bytes the next one has. */
function readRecords(bytes: Uint8Array, handler: RecordHandler): { end: number; next: number } {
  let at = 0;
  for (;;) {
    const type = readNumber(bytes, at, mostTypeBytes);
    const size = type && readNumber(bytes, type.end, mostSizeBytes);
    if (type === undefined || size === undefined) return { end: at, next: bytes.length - at + 1 };
    const end = size.end + size.value;
    if (end > bytes.length) return { end: at, next: end - at };
    handler(type.value, new RecordFields(bytes.subarray(size.end, end)));
    at = end;
  }
}

interface ReadNumber {
  value: number;
  end: number;
}

function readNumber(bytes: Uint8Array, start: number, mostBytes: number): ReadNumber | undefined {
  let value = 0;
  for (let n = 0; n < mostBytes; n++) {
    const byte = bytes[start + n];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 128 ** n;
    if (byte < 0x80) return { value, end: start + n + 1 };
  }
  return { value, end: start + mostBytes };
}

/** Fields of a record, little-endian, one after the other; past the end they are 0 or empty. */
export class RecordFields {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  u8(): number {
    return this.#has(1) ? this.#view.getUint8(this.#at - 1) : 0;
  }

  u16(): number {
    return this.#has(2) ? this.#view.getUint16(this.#at - 2, true) : 0;
  }

  u32(): number {
    return this.#has(4) ? this.#view.getUint32(this.#at - 4, true) : 0;
  }

  f64(): number {
    return this.#has(8) ? this.#view.getFloat64(this.#at - 8, true) : 0;
  }

  /** A number in 30 bits, whole or the high ones of a float, maybe times 100 ([MS-XLSB] 2.5.122). */
  rk(): number {
    const bits = this.u32();
    let number = bits >> 2;
    if ((bits & 2) === 0) {
      const view = new DataView(new ArrayBuffer(8));
      view.setUint32(4, bits & ~3, true);
      number = view.getFloat64(0, true);
    }
    return (bits & 1) === 0 ? number : number / 100;
  }

  /** UTF-16 after its length in units; empty when there is none (XLNullableWideString). */
  string(): string {
    const units = this.u32();
    if (units === 0xffffffff) return '';
    const end = Math.min(this.#bytes.length, this.#at + 2 * units);
    const text = Buffer.from(this.#bytes.subarray(this.#at, end)).toString('utf16le');
    this.#at = end;
    return text;
  }

  /** Text with runs of formats after it (RichStr, [MS-XLSB] 2.5.121). */
  richString(): string {
    this.skip(1);
    return this.string();
  }

  #has(bytes: number): boolean {
    this.#at += bytes;
    return this.#at <= this.#bytes.length;
  }
}
