import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';

const containerSign = 1;
const chunkBytes = 4_096;
const isCompressedFlag = 0x8000;

/**
 * Decompresses a stream of a Visual Basic project ([MS-OVBA] 2.4.1).
 *
 * @throws {UnreadableError} `corrupt`, or what the budget says.
 */
export function decompressVba(bytes: Uint8Array, budget: ReadBudget): Uint8Array {
  if (bytes[0] !== containerSign) throw new UnreadableError('corrupt');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let at = 1; at + 2 < bytes.length; ) {
    const header = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    const end = Math.min(at + (header & 0x0fff) + 3, bytes.length);
    const content = bytes.subarray(at + 2, end);
    const chunk = (header & isCompressedFlag) === 0 ? content : expandChunk(content);
    chunks.push(chunk);
    length += chunk.length;
    budget.takeExpanded(chunk.length);
    budget.checkRatio(end, length);
    budget.checkHeld(length);
    at = end;
  }
  return Buffer.concat(chunks);
}

/** A chunk is flags for eight literals or copies, and those, again and again. */
function expandChunk(content: Uint8Array): Uint8Array {
  const output = new Uint8Array(chunkBytes);
  let length = 0;
  for (let at = 0; at < content.length; ) {
    const flags = content[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < content.length && length < chunkBytes; bit++) {
      if ((flags & (1 << bit)) === 0) {
        output[length++] = content[at++] ?? 0;
        continue;
      }
      const token = (content[at] ?? 0) | ((content[at + 1] ?? 0) << 8);
      at += 2;
      // The more has come, the more bits of a copy say how far back it is.
      const offsetBits = Math.max(Math.ceil(Math.log2(length)), 4);
      const count = (token & (0xffff >> offsetBits)) + 3;
      const from = length - (token >> (16 - offsetBits)) - 1;
      if (from < 0) throw new UnreadableError('corrupt');
      const end = Math.min(length + count, chunkBytes);
      for (let n = from; length < end; n++) output[length++] = output[n] ?? 0;
    }
  }
  return output.subarray(0, length);
}
