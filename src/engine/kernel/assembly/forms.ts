import { isAsciiLetter, isDigit } from './bytes';
import { emit, eventCount, flushLines, readingEvent, runEvent, setDetail } from './events';
import {
  beforeKinds,
  classBits,
  classes,
  digitStates,
  maxLeadLetters,
  maxLeads,
  maxLetters,
  runEnds,
  standings,
  startStates,
  stateFlags,
  transitions,
} from './memory';

/** What stands before a digit run tells which forms may start with it, see `../../standing.ts`. */
const standingOfValues: u32 = 8;
/** The one that allows nothing but what may stand behind any of them. */
const standingOfValue: u32 = 6;
/** What a byte before a form means: bits above the number by which `standings` goes. */
const kindMask: u32 = 15;
const isSeparatorBit: u32 = 4;
const isOutsideBit: u32 = 5;

const unknown: u32 = 0;
const dead: u32 = 1;
/** Flags of a state: entries that only start a value, or may be all of it, are complete. */
const isBeginning: u32 = 1;
const isWhole: u32 = 2;
/** No form begins with more digits than this. */
const maxRunDigits: u32 = 63;
/** More places where a value could be complete than any text offers around one digit run. */
const maxReadings: i32 = 64;

/** The event of the digit run in hand; negative when nothing is complete there so far. */
let runAt: i32 = -1;

/** Asks the host for a state the text leads to for the first time. */
declare function step(state: u32, byteClass: u32): u32;

/**
 * Whether a form may be complete around the digit run of `length` digits at `at`. Most runs are
 * parts of dates, addresses, fractions or hexadecimal numbers; this tells them without a branch.
 * `letters` has a bit for each byte before the run, the last one highest.
 */
export function mayBeRead(at: usize, letters: u64, length: u64): u32 {
  const last = min(<u32>length, maxRunDigits + 1);
  const byteClass = <u32>load<u8>(classes + load<u8>(at + last));
  const row = standingOf(at) * (maxRunDigits + 2) + last;
  const goesOn = <u32>load<u8>(runEnds + ((row << 6) | byteClass));
  const lettersBefore = <u32>clz(~letters);
  const start = at - lettersBefore;
  const before = <u32>load<u8>(start - 1);
  const kind = <u32>load<u8>(beforeKinds + before);
  // Letters directly before it, too many or behind a digit, make it a part of something else.
  const isApart = u32(lettersBefore <= maxLetters) & ((kind >>> isOutsideBit) & 1);
  const isCode = u32(lettersBefore !== 0) & u32(standingOf(start) < standingOfValues);
  // Before a separator a word may stand that belongs to the form, or a no-break space's other byte.
  const beforeWord = ((letters << lettersBefore) << 1) | ((<u64>(before === 0xa0)) << 63);
  const mayLead = (kind >>> isSeparatorBit) & 1 & <u32>(beforeWord >>> 63);
  return goesOn | (isApart & (isCode | mayLead));
}

/**
 * Emits what is complete around the digit run at `at`: what starts with it, with the letters
 * directly before it (`AB123`), or with words before it (`AB C 123`).
 */
export function readRun(at: usize): void {
  runAt = -1;
  let end = at + 1;
  while (isDigit(load<u8>(end))) end++;
  const length = <u32>(end - at);
  if (length <= maxRunDigits) {
    const slot = standingOf(at) * (maxRunDigits + 1) + length;
    const state = <u32>load<u16>(digitStates + (slot << 1));
    if (state > dead) follow(at, end, state);
  }
  readBefore(at);
  if (runAt >= 0) setDetail(runAt, eventCount - runAt - 1);
}

function readBefore(at: usize): void {
  let start = at;
  while (isAsciiLetter(load<u8>(start - 1))) {
    start--;
    if (<u32>(at - start) > maxLetters) return;
  }
  const before = <u32>load<u8>(start - 1);
  if (before === 0x5f || (start < at && isDigit(before))) return;
  if (start < at && standingOf(start) < standingOfValues) followValue(start);
  if (maxLeads > 0) readLeads(start);
}

/** What stands before a value or a digit run at `at`. */
function standingOf(at: usize): u32 {
  const kind = <u32>load<u8>(beforeKinds + load<u8>(at - 1)) & kindMask;
  const beyond = <u32>load<u8>(beforeKinds + 256 + load<u8>(at - 2));
  return <u32>load<u8>(standings + ((kind << 3) | beyond));
}

function followValue(start: usize): void {
  follow(start, start, <u32>load<u16>(startStates + (standingOfValue << 1)));
}

function isSeparator(byte: u32): bool {
  return byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0xa0;
}

function readLeads(from: usize): void {
  let at = from;
  for (let lead: u32 = 0; lead < maxLeads; lead++) {
    const before = <u32>load<u8>(at - 1);
    if (!isSeparator(before)) return;
    let end = at - 1;
    if (before === 0xa0 && load<u8>(--end) !== 0xc2) return;
    at = wordStart(end);
    if (at === 0) return;
    if (standingOf(at) < standingOfValues) followValue(at);
  }
}

/** Goes from `at` as far as a form goes that starts at `start`, and emits where one is complete. */
function follow(start: usize, from: usize, first: u32): void {
  let at = from;
  let state = first;
  for (;;) {
    const flag = <u32>load<u8>(stateFlags + state);
    const byte = <u32>load<u8>(at);
    if (flag !== 0 && at > start) {
      if ((flag & isBeginning) !== 0) keep(start, at, -(<i32>state));
      if ((flag & isWhole) !== 0 && (byte >= 0x80 || !(isAsciiLetter(byte) || isDigit(byte)))) {
        keep(start, at, <i32>state);
      }
    }
    const byteClass = <u32>load<u8>(classes + byte);
    if (byteClass === 0) return;
    let next = <u32>load<u16>(transitions + (((state << classBits) | byteClass) << 1));
    if (next === unknown) next = step(state, byteClass);
    if (next === dead) return;
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
 * The address where the ASCII letters directly before `end` start; 0 when there are none, or too
 * many of them, or they are a part of a longer word with digits.
 */
function wordStart(end: usize): usize {
  let i = end;
  while (isAsciiLetter(load<u8>(i - 1))) {
    i--;
    if (<u32>(end - i) > maxLeadLetters) return 0;
  }
  const before = <u32>load<u8>(i - 1);
  return i === end || before === 0x5f || isDigit(before) ? 0 : i;
}
