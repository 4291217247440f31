import { emit, signEvent } from './events';
import { signs } from './memory';

/**
 * Signs, placed by the host (`../../sign-index.ts`): 16 bytes by low half of a sign (a bit by its
 * high half), 16 by high half, the row of each byte (256 bytes), then three pairs of such tables
 * for heads of names, the number of heads and for each its bytes and which of them it has, 32 bits
 * each, and from `rowsAt` on the rows: for each place around a sign the conditions that a byte there
 * fulfils (256 numbers of 16 bits), and the conditions that ask for a head.
 */
const rowOfBytesAt: usize = 32;
const headsAt: usize = 288;
const headListAt: usize = 384;
const rowsAt: usize = 640;
const placeBytes: usize = 512;
const rowBytes: usize = 7 * placeBytes + 16;
/** How far before a sign the head of a name may begin. */
const headReach: u64 = 80;

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

/** The conditions that hold of the sign that is byte `n` of a block, a bit each. */
export function conditionsAt(block: usize, n: u64): u32 {
  const at = block + <usize>n;
  const row = signs + rowsAt + <usize>load<u8>(signs + load<u8>(at), rowOfBytesAt) * rowBytes;
  const near =
    <u32>load<u16>(row + ((<usize>load<u8>(at - 1)) << 1)) &
    load<u16>(row + ((<usize>load<u8>(at + 1)) << 1), placeBytes) &
    load<u16>(row + ((<usize>load<u8>(at + 2)) << 1), 2 * placeBytes) &
    load<u16>(row + ((<usize>load<u8>(at + 3)) << 1), 3 * placeBytes);
  if (near === 0) return 0;
  const bits =
    near &
    <u32>load<u16>(row + ((<usize>load<u8>(at + 5)) << 1), 4 * placeBytes) &
    load<u16>(row + ((<usize>load<u8>(at + 6)) << 1), 5 * placeBytes) &
    load<u16>(row + ((<usize>load<u8>(at + 7)) << 1), 6 * placeBytes);
  const named = <u32>load<u16>(row, 7 * placeBytes);
  return (bits & named) === 0 || hasHead(block, n) ? bits : bits & ~named;
}

export function findSign(block: usize, n: u64): void {
  const at = block + <usize>n;
  emit(signEvent, at, at + 1, conditionsAt(block, n));
}

/** The two blocks of 64 bytes whose heads were looked for last, and a bit for each head. */
let lastBlock: usize = 0;
let lastHeads: u64 = 0;
let blockBefore: usize = 0;
let headsBefore: u64 = 0;

/** Forgets what is known of heads, for the text may be another one. */
export function forgetHeads(): void {
  lastBlock = 0;
  blockBefore = 0;
}

/** Whether the head of a name begins at most `headReach` bytes before byte `n` of a block. */
function hasHead(block: usize, n: u64): bool {
  const earlier = headsIn(block - 64);
  const own = headsIn(block) & (((<u64>1) << n) - 1);
  if ((earlier | own) !== 0) return true;
  return n < headReach - 64 && headBits(block + <usize>n - <usize>headReach) !== 0;
}

/** A bit for each of the 64 bytes of a block at which a head begins. */
function headsIn(block: usize): u64 {
  if (block === lastBlock) return lastHeads;
  if (block === blockBefore) return headsBefore;
  blockBefore = lastBlock;
  headsBefore = lastHeads;
  lastBlock = block;
  lastHeads =
    headBits(block) |
    (headBits(block + 16) << 16) |
    (headBits(block + 32) << 32) |
    (headBits(block + 48) << 48);
  return lastHeads;
}

/** The same of 16 bytes. */
function headBits(at: usize): u64 {
  let fitting = headsOf(at, 0);
  fitting = v128.and(fitting, headsOf(at, 1));
  fitting = v128.and(fitting, headsOf(at, 2));
  let heads = <u32>i8x16.bitmask(i8x16.ne(fitting, i8x16.splat(0)));
  for (let places = heads; places !== 0; places &= places - 1) {
    if (!isHead(at + ctz(places))) heads &= ~(1 << ctz(places));
  }
  return <u64>heads;
}

/** Whether one of the heads, and not a mixture of several, begins at `at`. */
function isHead(at: usize): bool {
  const word = load<u32>(at) | 0x2020_2020;
  const list = signs + headListAt;
  const count = load<u32>(list);
  for (let n: u32 = 0; n < count; n++) {
    const entry = list + 4 + (n << 3);
    if (((load<u32>(entry) ^ word) & load<u32>(entry, 4)) === 0) return true;
  }
  return false;
}

/** Groups of heads whose byte number `n` is right behind each of the 16 bytes at `at`. */
function headsOf(at: usize, n: usize): v128 {
  const tables = signs + headsAt + (n << 5);
  return fit(v128.load(at + n), v128.load(tables), v128.load(tables, 16));
}
