import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';

const compressedSign = 0x75465a4c;
const plainSign = 0x414c454d;
const dictionaryBytes = 4_096;

/** What the dictionary holds at first ([MS-OXRTFCP] 2.1.2.1). */
const firstWords =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}' +
  '{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New Roman' +
  'Courier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/**
 * Decompresses the RTF body of a message ([MS-OXRTFCP]).
 *
 * @throws {UnreadableError} `corrupt`, or what the budget says.
 */
export function decompressRtf(bytes: Uint8Array, budget: ReadBudget): Uint8Array {
  if (bytes.length < 16) throw new UnreadableError('corrupt');
  const cursor = new ByteCursor(bytes, 4);
  const size = cursor.uint32();
  const sign = cursor.uint32();
  if (sign === plainSign) return bytes.subarray(16, 16 + size);
  if (sign !== compressedSign) throw new UnreadableError('corrupt');
  // Two bytes and a bit stand for 17 at the most.
  const mostBytes = Math.min(size, bytes.length * 9);
  budget.checkHeld(mostBytes);
  budget.takeExpanded(mostBytes);
  return expand(bytes.subarray(16), mostBytes);
}

function expand(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  const dictionary = new Uint8Array(dictionaryBytes);
  dictionary.set(Buffer.from(firstWords, 'latin1'));
  let write = firstWords.length;
  let length = 0;
  const put = (byte: number): void => {
    dictionary[write] = byte;
    write = (write + 1) % dictionaryBytes;
    if (length < size) output[length] = byte;
    length += 1;
  };
  for (let at = 0; at < input.length && length < size; ) {
    const control = input[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < input.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(input[at++] ?? 0);
        continue;
      }
      const reference = ((input[at] ?? 0) << 8) | (input[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      // A reference to where the next byte goes is the end.
      if (from === write) return output.subarray(0, Math.min(length, size));
      const count = (reference & 0x0f) + 2;
      for (let n = 0; n < count; n++) put(dictionary[(from + n) % dictionaryBytes] ?? 0);
    }
  }
  return output.subarray(0, Math.min(length, size));
}
