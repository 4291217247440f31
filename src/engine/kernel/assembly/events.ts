import { text } from './memory';

/**
 * What was found, in the order of the text. Candidates are four numbers of 32 bits each: kind, two
 * places as indices of the text, and a number that the kind explains. Context words are three: two
 * places and the number of the word.
 */

/** Lines began: how many, as the last number; the last one starts at the first place. */
export const lineEvent: i32 = 1;
/** A term stands between the places; the position of a detector that asked for it. */
export const termEvent: i32 = 2;
/** A capitalised word between the places may be of the list. */
export const capitalisedEvent: i32 = 3;
/** A sign whose neighbours fit at the first place; a bit for each of its conditions that hold. */
export const signEvent: i32 = 4;
/** Readings of one digit run follow, so many. */
export const runEvent: i32 = 5;
/** A form is complete between the places; the state of the automaton, negative for beginnings. */
export const readingEvent: i32 = 6;

/** More than what starts at one place can give. */
export const reserved: i32 = 1_024;

export let eventCount: i32 = 0;
export let wordCount: i32 = 0;
/** Where both go; the host has reserved room for them. */
let events: usize = 0;
let words: usize = 0;
/** Lines that began since the last event, and where the last of them starts. */
let lines: i32 = 0;
let lineStart: usize = 0;

export function startEvents(at: usize): void {
  events = at;
  eventCount = 0;
  lines = 0;
}

export function startWords(at: usize): void {
  words = at;
  wordCount = 0;
}

export function noteLines(count: i32, start: usize): void {
  lines += count;
  lineStart = start;
}

export function flushLines(): void {
  if (lines === 0) return;
  const count = lines;
  lines = 0;
  emit(lineEvent, lineStart, lineStart, count);
}

export function emit(kind: i32, start: usize, end: usize, detail: i32): void {
  if (lines !== 0) flushLines();
  const at = events + ((<usize>eventCount) << 4);
  store<i32>(at, kind);
  store<i32>(at, <i32>(start - text), 4);
  store<i32>(at, <i32>(end - text), 8);
  store<i32>(at, detail, 12);
  eventCount++;
}

/** Sets the last number of an event already there. */
export function setDetail(event: i32, detail: i32): void {
  store<i32>(events + ((<usize>event) << 4), detail, 12);
}

export function emitWord(start: usize, end: usize, word: i32): void {
  const at = words + <usize>wordCount * 12;
  store<i32>(at, <i32>(start - text));
  store<i32>(at, <i32>(end - text), 4);
  store<i32>(at, word, 8);
  wordCount++;
}
