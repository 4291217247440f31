import type { ReadBudget } from '../../read-budget.ts';

/** Bytes of archives that are in memory while those in them are read. */
const heldBytes = new WeakMap<ReadBudget, number>();

/**
 * Reads what is in an archive that is held in memory meanwhile: archives in archives may hold no more
 * together than one alone.
 *
 * @throws {UnreadableError} `too_large` when they would, and what `read` throws.
 */
export async function whileHeld(
  bytes: Uint8Array,
  budget: ReadBudget,
  read: () => Promise<void>,
): Promise<void> {
  const before = heldBytes.get(budget) ?? 0;
  budget.checkHeld(before + bytes.length);
  heldBytes.set(budget, before + bytes.length);
  try {
    await read();
  } finally {
    heldBytes.set(budget, before);
  }
}
