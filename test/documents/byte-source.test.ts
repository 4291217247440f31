import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { ByteSource } from '../../src/documents/byte-source.ts';
import { defaultLimits, ReadBudget } from '../../src/documents/read-budget.ts';

const budget = new ReadBudget({ ...defaultLimits, heldBytes: 10_000 });

/** Gives all pieces in one array that is used again for each. */
async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  const piece = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    piece.set(part);
    yield piece.subarray(0, part.length);
  }
}

const open = (bytes: Uint8Array, size: number): Promise<ByteSource> =>
  ByteSource.open(pieces(bytes, size), { headBytes: 100, budget });

describe('ByteSource', () => {
  for (const length of [0, 1, 99, 100, 101, 5_000, 10_000]) {
    for (const size of [1, 7, 100, 4_096]) {
      it(`gives ${length} bytes in pieces of ${size} whole, by stream and at once`, async () => {
        const bytes = new Uint8Array(randomBytes(length));
        const source = await open(bytes, size);
        assert.deepEqual(source.head, bytes.subarray(0, 100));
        assert.deepEqual(await source.readAll(), bytes);
        const streamed: number[] = [];
        for await (const piece of (await open(bytes, size)).stream()) streamed.push(...piece);
        assert.deepEqual(Uint8Array.from(streamed), bytes);
      });
    }
  }

  it('holds no more at once than it may', async () => {
    const source = await open(new Uint8Array(10_001), 4_096);
    await assert.rejects(source.readAll(), { problem: 'too_large' });
  });

  it('lets go of the content when a reader stops half-way, or takes nothing', async () => {
    for (const takes of [true, false]) {
      let closed = false;
      const content = (async function* () {
        try {
          for (;;) yield new Uint8Array(50);
        } finally {
          closed = true;
        }
      })();
      const source = await ByteSource.open(content, { headBytes: 100, budget });
      if (takes) for await (const _ of source.stream()) break;
      else await source.close();
      assert.ok(closed);
    }
  });
});
