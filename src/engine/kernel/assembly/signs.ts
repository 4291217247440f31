import { emit, signEvent } from './events';
import { signs } from './memory';

/**
 * Signs, placed by the host (`../../sign-index.ts`): 16 bytes by low half of a sign (a bit by its
 * high half), 16 by high half, the row of each byte (256 bytes), then three pairs of such tables
 * for heads of names, the number of heads and each of them with bits of small letters (32 bits
 * each), and from `rowsAt` on the rows: for each place around a sign the conditions
 * that a byte there fulfils (256 numbers of 32 bits), and the conditions that ask for a head.
 */
const rowOfBytesAt: usize = 32;
const headsAt: usize = 288;
const headListAt: usize = 384;
const rowsAt: usize = 512;
const placeBytes: usize = 1_024;
const rowBytes: usize = 7 * placeBytes + 16;
/** How far before a sign the head of a name may begin. */
const headReach: usize = 80;

/** A bit for each of the 64 bytes at `at` that is a sign. */
export function signsIn(at: usize): u64 {
  const lowHalves = v128.load(signs);
  const highHalves = v128.load(signs, 16);
  return (
    fittingBits(v128.load(at), lowHalves, highHalves) |
    (fittingBits(v128.load(at, 16), lowHalves, highHalves) << 16) |
    (fittingBits(v128.load(at, 32), lowHalves, highHalves) << 32) |
    (fittingBits(v128.load(at, 48), lowHalves, highHalves) << 48)
  );
}

function fittingBits(bytes: v128, lowHalves: v128, highHalves: v128): u64 {
  const fitting = fit(bytes, lowHalves, highHalves);
  return <u64>(<u32>i8x16.bitmask(i8x16.ne(fitting, i8x16.splat(0))));
}

function fit(bytes: v128, lowHalves: v128, highHalves: v128): v128 {
  return v128.and(
    i8x16.swizzle(lowHalves, v128.and(bytes, i8x16.splat(15))),
    i8x16.swizzle(highHalves, i8x16.shr_u(bytes, 4)),
  );
}

/** The conditions of the sign at `at` that hold, a bit each. */
export function conditionsAt(at: usize): u32 {
  const row = signs + rowsAt + <usize>load<u8>(signs + load<u8>(at), rowOfBytesAt) * rowBytes;
  const near =
    load<u32>(row + ((<usize>load<u8>(at - 1)) << 2)) &
    load<u32>(row + ((<usize>load<u8>(at + 1)) << 2), placeBytes) &
    load<u32>(row + ((<usize>load<u8>(at + 2)) << 2), 2 * placeBytes) &
    load<u32>(row + ((<usize>load<u8>(at + 3)) << 2), 3 * placeBytes);
  if (near === 0) return 0;
  const bits =
    near &
    load<u32>(row + ((<usize>load<u8>(at + 5)) << 2), 4 * placeBytes) &
    load<u32>(row + ((<usize>load<u8>(at + 6)) << 2), 5 * placeBytes) &
    load<u32>(row + ((<usize>load<u8>(at + 7)) << 2), 6 * placeBytes);
  const named = load<u32>(row, 7 * placeBytes);
  return (bits & named) === 0 || hasHead(at) ? bits : bits & ~named;
}

export function findSign(at: usize): void {
  emit(signEvent, at, at + 1, conditionsAt(at));
}

/** Whether the head of a name begins before `at`; it may go on beyond. */
function hasHead(at: usize): bool {
  for (let back: usize = 16; back <= headReach; back += 16) {
    const place = at - back;
    let heads = headsOf(place, 0);
    heads = v128.and(heads, headsOf(place, 1));
    heads = v128.and(heads, headsOf(place, 2));
    let places = <u32>i8x16.bitmask(i8x16.ne(heads, i8x16.splat(0)));
    for (; places !== 0; places &= places - 1) if (isHead(place + ctz(places))) return true;
  }
  return false;
}

/** Whether one of the heads, and not a mixture of several, begins at `at`. */
function isHead(at: usize): bool {
  const word = (load<u32>(at) | 0x20_2020) & 0xff_ffff;
  const list = signs + headListAt;
  const count = load<u32>(list);
  for (let n: u32 = 1; n <= count; n++) if (load<u32>(list + (n << 2)) === word) return true;
  return false;
}

/** Groups of heads whose byte number `n` is right behind each of the 16 bytes at `at`. */
function headsOf(at: usize, n: usize): v128 {
  const tables = signs + headsAt + (n << 5);
  return fit(v128.load(at + n), v128.load(tables), v128.load(tables, 16));
}
