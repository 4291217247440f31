import type { ReadBudget } from '../../read-budget.ts';

/** Types of records ([MS-PPT] 2.13.24), as far as they say something. */
export const recordType = {
  document: 0x03e8,
  documentAtom: 0x03e9,
  slidePersist: 0x03f3,
  notesAtom: 0x03f1,
  slideShowInfo: 0x03f9,
  macroAtom: 0x0400,
  externalObjects: 0x0409,
  textHeader: 0x0f9f,
  textChars: 0x0fa0,
  textBytes: 0x0fa8,
  string: 0x0fba,
  oleObjectAtom: 0x0fc3,
  oleEmbed: 0x0fcc,
  headersFooters: 0x0fd9,
  slideList: 0x0ff0,
  userEdit: 0x0ff5,
  oleObjectStorage: 0x1011,
  binaryTagData: 0x138b,
  persistDirectory: 0x1772,
  comment: 0x2ee0,
} as const;

export interface PresentationRecord {
  type: number;
  instance: number;
  /** Where its content begins and ends in the stream. */
  start: number;
  end: number;
  isContainer: boolean;
  /** The container it is in; undefined for the outermost. */
  parent: PresentationRecord | undefined;
}

const headerBytes = 8;

/** Reads the header at an offset; undefined when there is none. The end is cut to `end`. */
export function recordAt(
  stream: Uint8Array,
  at: number,
  end: number = stream.length,
): PresentationRecord | undefined {
  if (at < 0 || at + headerBytes > end) return undefined;
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const first = view.getUint16(at, true);
  const type = view.getUint16(at + 2, true);
  const length = view.getUint32(at + 4, true);
  const start = at + headerBytes;
  return {
    type,
    instance: first >> 4,
    start,
    end: Math.min(start + length, end),
    // Tags hold records, though they do not say so.
    isContainer: (first & 0x0f) === 0x0f || type === recordType.binaryTagData,
    parent: undefined,
  };
}

/** Walks all records from one offset to another, containers before what is in them. */
export function* walkRecords(
  stream: Uint8Array,
  { start, end, budget }: { start: number; end: number; budget: ReadBudget },
): Iterable<PresentationRecord> {
  let parent: PresentationRecord | undefined;
  let count = 0;
  for (let at = start; at < end; ) {
    while (parent !== undefined && at >= parent.end) parent = parent.parent;
    const record = recordAt(stream, at, parent?.end ?? end);
    if (record === undefined) {
      // What is left of a container is too short for a record.
      if (parent === undefined) return;
      at = parent.end;
      continue;
    }
    count += 1;
    if ((count & 1023) === 0) budget.checkTime();
    record.parent = parent;
    yield record;
    at = record.isContainer ? record.start : record.end;
    if (record.isContainer) parent = record;
  }
}

export function contentOf(stream: Uint8Array, { start, end }: PresentationRecord): Uint8Array {
  return stream.subarray(start, end);
}
