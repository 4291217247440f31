import { ByteCursor } from '../ole/byte-cursor.ts';

/** A record of a workbook stream; `offset` is where its header begins. */
export interface BiffRecord {
  type: number;
  data: Uint8Array;
  offset: number;
}

export const continueType = 0x3c;

/** Walks the records of a workbook stream ([MS-XLS] 2.1.4), also of Excel 2 to 5. */
export class BiffRecords {
  readonly #cursor: ByteCursor;
  #isCut = false;

  constructor(stream: Uint8Array, at = 0) {
    this.#cursor = new ByteCursor(stream, at);
  }

  /** Where the next record begins. */
  get at(): number {
    return this.#cursor.at;
  }

  /** Whether the stream ended within a record. */
  get isCut(): boolean {
    return this.#isCut;
  }

  next(): BiffRecord | undefined {
    const cursor = this.#cursor;
    if (cursor.left < 4) return undefined;
    const offset = cursor.at;
    const type = cursor.uint16();
    const length = cursor.uint16();
    if (length > cursor.left) this.#isCut = true;
    return { type, data: cursor.take(Math.min(length, cursor.left)), offset };
  }

  /** Takes the CONTINUE records that follow. */
  takeContinued(): Uint8Array[] {
    const continued: Uint8Array[] = [];
    for (;;) {
      const before = this.#cursor.at;
      const record = this.next();
      if (record?.type !== continueType) {
        this.#cursor.at = before;
        return continued;
      }
      continued.push(record.data);
    }
  }
}
