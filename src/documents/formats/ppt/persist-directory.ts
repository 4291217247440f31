import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import { contentOf, recordAt, recordType } from './presentation-records.ts';

const encryptedSign = 0xf3d1c4df;

/** Where each object of a presentation is now: each time it is saved, new ones hide old ones. */
export interface PersistDirectory {
  /** Offsets in the stream, by identifier. */
  offsets: ReadonlyMap<number, number>;
  documentId: number;
}

/**
 * Follows the edits of a presentation from the last to the first ([MS-PPT] 2.1.2); undefined when
 * there is no way to go by.
 *
 * @throws {UnreadableError} `encrypted`.
 */
export function readPersistDirectory(
  stream: Uint8Array,
  { currentUser, budget }: { currentUser: Uint8Array | undefined; budget: ReadBudget },
): PersistDirectory | undefined {
  const told = readCurrentEdit(currentUser);
  const isEdit = (at: number): boolean => recordAt(stream, at)?.type === recordType.userEdit;
  const first = told !== undefined && isEdit(told) ? told : findLastEdit(stream, budget);
  if (first === undefined) return undefined;
  const offsets = new Map<number, number>();
  const seen = new Set<number>();
  let documentId: number | undefined;
  for (let at = first; isEdit(at) && !seen.has(at); ) {
    seen.add(at);
    budget.checkTime();
    const record = recordAt(stream, at);
    if (record === undefined || record.end - record.start < 28) break;
    const cursor = new ByteCursor(contentOf(stream, record));
    cursor.at = 8;
    at = cursor.uint32();
    const directory = cursor.uint32();
    documentId ??= cursor.uint32();
    cursor.at = 28;
    if (cursor.left >= 4 && cursor.uint32() !== 0) throw new UnreadableError('encrypted');
    if (!seen.has(-directory - 1)) addOffsets(stream, { at: directory, offsets });
    seen.add(-directory - 1);
    if (at === 0) break;
  }
  return documentId === undefined ? undefined : { offsets, documentId };
}

function readCurrentEdit(currentUser: Uint8Array | undefined): number | undefined {
  if (currentUser === undefined || currentUser.length < 20) return undefined;
  const cursor = new ByteCursor(currentUser, 12);
  if (cursor.uint32() === encryptedSign) throw new UnreadableError('encrypted');
  return cursor.uint32();
}

/** The last edit among the outermost records. */
function findLastEdit(stream: Uint8Array, budget: ReadBudget): number | undefined {
  let last: number | undefined;
  for (let at = 0, count = 0; ; count++) {
    if ((count & 1023) === 0) budget.checkTime();
    const record = recordAt(stream, at);
    if (record === undefined) return last;
    if (record.type === recordType.userEdit) last = at;
    at = record.end;
  }
}

/** Adds where objects are that no later edit has placed ([MS-PPT] 2.3.4). */
function addOffsets(
  stream: Uint8Array,
  { at, offsets }: { at: number; offsets: Map<number, number> },
): void {
  const record = recordAt(stream, at);
  if (record?.type !== recordType.persistDirectory) return;
  const cursor = new ByteCursor(contentOf(stream, record));
  while (cursor.left >= 8) {
    const field = cursor.uint32();
    const count = field >>> 20;
    for (let n = 0; n < count && cursor.left >= 4; n++) {
      const id = (field & 0xfffff) + n;
      const offset = cursor.uint32();
      if (!offsets.has(id)) offsets.set(id, offset);
    }
  }
}
