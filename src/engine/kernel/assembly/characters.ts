import { isContinuation } from './bytes';
import { text } from './memory';

/** Index of the last byte beyond ASCII between two indices of the text; -1 when there is none. */
export function lastBeyondAscii(from: i32, to: i32): i32 {
  const start = text + from;
  let end = text + to;
  while (end > start) {
    let bits = <u32>i8x16.bitmask(v128.load(end - 16));
    if (end - start < 16) bits &= ~((1 << (<u32>16 - <u32>(end - start))) - 1);
    if (bits !== 0) return <i32>(end - text) + 15 - clz(bits);
    end -= 16;
  }
  return -1;
}

/** Index at which the last `count` characters before an index start; 0 when there are fewer. */
export function charactersBack(index: i32, count: i32): i32 {
  let end = text + index;
  let left = count;
  while (left > 0 && end > text) {
    const starts = startsIn(end - 16);
    const found = <i32>popcnt(starts);
    if (found < left) {
      left -= found;
      end -= 16;
      continue;
    }
    do {
      end--;
      while (end > text && isContinuation(load<u8>(end))) end--;
    } while (--left > 0 && end > text);
  }
  return end > text ? <i32>(end - text) : 0;
}

/** Characters that start between two indices. */
export function countCharacters(from: i32, to: i32): i32 {
  let at = text + from;
  const end = text + to;
  let count = 0;
  for (; at < end; at += 16) {
    const within: u32 = end - at >= 16 ? 0xffff : (1 << (<u32>(end - at))) - 1;
    count += <i32>popcnt(startsIn(at) & within);
  }
  return count;
}

/** A bit for each of 16 bytes that is no second, third or fourth byte of a character. */
function startsIn(at: usize): u32 {
  const high = v128.and(v128.load(at), i8x16.splat(<i8>0xc0));
  return <u32>i8x16.bitmask(i8x16.ne(high, i8x16.splat(<i8>0x80)));
}
