import { isAsciiLetter, isDigit } from './bytes';
import { emit, eventCount, flushLines, readingEvent, runEvent, setDetail } from './events';
import {
  classBits,
  classes,
  digitStates,
  maxLeadLetters,
  maxLeads,
  maxLetters,
  stateFlags,
  text,
  transitions,
} from './memory';

const unknown: u32 = 0;
const dead: u32 = 1;
const firstState: u32 = 2;
/** Flags of a state: entries that only start a value, or may be all of it, are complete. */
const isBeginning: u32 = 1;
const isWhole: u32 = 2;
/** No form begins with more digits than this. */
const maxRunDigits: usize = 32;
/** More places where a value could be complete than any text offers around one digit run. */
const maxReadings: i32 = 64;

/** The event of the digit run in hand; negative when nothing is complete there so far. */
let runAt: i32 = -1;

/** Asks the host for a state the text leads to for the first time. */
declare function step(state: u32, byteClass: u32): u32;

/**
 * Emits what is complete around the digit run at `at`: what starts with it, with the letters
 * directly before it (`AB123`), or with words before it (`AB C 123`).
 */
export function readRun(at: usize): void {
  runAt = -1;
  const before = <u32>load<u8>(at - 1);
  let start = at;
  if (isAsciiLetter(before)) {
    start = wordStart(at, maxLetters);
    if (start == 0) return;
    follow(start, start, firstState);
  } else {
    if (before == 0x5f) return;
    let end = at + 1;
    while (isDigit(load<u8>(end))) end++;
    const state = stateAfterRun(at, end);
    if (state > dead && mayStartValue(at, before)) follow(at, end, state);
  }
  if (maxLeads > 0) readLeads(start);
  if (runAt >= 0) setDetail(runAt, eventCount - runAt - 1);
}

/** The state after a digit run; dead when no form goes on or ends there. */
function stateAfterRun(at: usize, end: usize): u32 {
  if (end - at > maxRunDigits) return dead;
  const state = <u32>load<u16>(digitStates + ((end - at) << 1));
  if (state == dead || load<u8>(stateFlags + state) != 0) return state;
  const byteClass = <u32>load<u8>(classes + load<u8>(end));
  const next = <u32>load<u16>(transitions + (((state << classBits) | byteClass) << 1));
  return next == dead || byteClass == 0 ? dead : state;
}

function readLeads(from: usize): void {
  let at = from;
  for (let lead: u32 = 0; lead < maxLeads; lead++) {
    const end = beforeSeparator(at);
    if (end <= text || !isAsciiLetter(load<u8>(end - 1))) return;
    at = wordStart(end, maxLeadLetters);
    if (at == 0) return;
    follow(at, at, firstState);
  }
}

/** Goes from `at` as far as a form goes that starts at `start`, and emits where one is complete. */
function follow(start: usize, from: usize, first: u32): void {
  let at = from;
  let state = first;
  for (;;) {
    const flag = <u32>load<u8>(stateFlags + state);
    const byte = <u32>load<u8>(at);
    if (flag != 0 && at > start) {
      if ((flag & isBeginning) != 0) keep(start, at, -(<i32>state));
      if ((flag & isWhole) != 0 && (byte >= 0x80 || !(isAsciiLetter(byte) || isDigit(byte)))) {
        keep(start, at, <i32>state);
      }
    }
    const byteClass = <u32>load<u8>(classes + byte);
    if (byteClass == 0) return;
    let next = <u32>load<u16>(transitions + (((state << classBits) | byteClass) << 1));
    if (next == unknown) next = step(state, byteClass);
    if (next == dead) return;
    state = next;
    at++;
  }
}

function keep(start: usize, end: usize, state: i32): void {
  if (runAt < 0) {
    flushLines();
    runAt = eventCount;
    emit(runEvent, start, end, 0);
  }
  if (eventCount - runAt <= maxReadings) emit(readingEvent, start, end, state);
}

/**
 * The address where the ASCII letters directly before `end` start; 0 when there are too many of
 * them or they are a part of a longer word with digits.
 */
function wordStart(end: usize, most: u32): usize {
  let i = end;
  while (i > text && isAsciiLetter(load<u8>(i - 1))) {
    i--;
    if (<u32>(end - i) > most) return 0;
  }
  if (i == text) return i;
  const before = <u32>load<u8>(i - 1);
  return before == 0x5f || isDigit(before) ? 0 : i;
}

/** The address of the separator that ends before `start`; 0 when there is none. */
function beforeSeparator(start: usize): usize {
  const before = <u32>load<u8>(start - 1);
  if (before == 0x20 || before == 0x2d || before == 0x2e) return start - 1;
  return before == 0xa0 && load<u8>(start - 2) == 0xc2 ? start - 2 : 0;
}

/** Whether a number may start at `start`, as `mayStartValue` in `../../value-bounds.ts` says. */
function mayStartValue(start: usize, before: u32): bool {
  if (before == 0x20 || before == 0x0a || before == 0) return true;
  if (before == 0x5f || before == 0x24 || isAsciiLetter(before) || isDigit(before)) return false;
  if (before != 0x2e && before != 0x2d && before != 0x2b) return true;
  if (before == 0x2b) return false;
  const beyond = <u32>load<u8>(start - 2);
  return !(beyond >= 0x80 || isAsciiLetter(beyond) || isDigit(beyond));
}
