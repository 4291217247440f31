import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultLimits } from '../../../src/documents/read-budget.ts';
import { collectParts } from '../collect-parts.ts';

const limits = { ...defaultLimits, time: 5_000 };
/** What a machine with other work may add to the time a document is given. */
const patience = 15_000;

/**
 * Changes, overwrites and cuts a document 200 times at random: each time reading it comes to an end
 * in its time, and never rejects.
 */
export async function checkMutations(
  document: Uint8Array,
  options: { ocr?: boolean } = {},
): Promise<void> {
  const at = fc.nat(document.length - 1);
  const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff));
  const changes = fc.array(fc.tuple(at, value, fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 12,
  });
  const cut = fc.option(at, { freq: 4 });
  await fc.assert(
    fc.asyncProperty(changes, cut, async (changes, cut) => {
      const mutated = Uint8Array.from(document);
      for (const [from, value, length] of changes) mutated.fill(value, from, from + length);
      const started = performance.now();
      await collectParts(mutated.subarray(0, cut ?? undefined), limits, options);
      assert.ok(performance.now() - started < limits.time + patience);
    }),
    { numRuns: 200 },
  );
}
