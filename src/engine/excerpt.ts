import { ShownText, toOneLine } from './shown-text.ts';

/** How much is shown on either side of a value, in characters. */
export const excerptSideChars = 40;

const sideBytes = excerptSideChars * 4;
/** More than is shown is read, so a look-alike at the edge is seen whole. */
const marginBytes = 128;
/** How far from a value its excerpt may read, in bytes. */
export const excerptReachBytes = sideBytes + marginBytes;
const hiddenByte = 0x2a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const copy = new Uint8Array(excerptReachBytes);
const shown = new ShownText(excerptReachBytes);

/** A part of the text that belongs to a finding, in bytes of the text. */
export interface Span {
  start: number;
  end: number;
}

/** The bytes around a value; `offset` is the place of `bytes[0]` in the text. */
export interface Surroundings {
  bytes: Uint8Array;
  offset: number;
  /** One past the last byte that is text, as an index. */
  end: number;
}

/**
 * Builds the excerpt of a value: its mask between at most 40 characters before and after it, on
 * one line. What belongs to any finding is hidden, and so is what merely looks like a value: seven
 * or more digits, long tokens with a digit, anything around an `@`, and every copy of the value or
 * of one near it. So a copy of a value that is no finding where it stands does not show either.
 */
export function buildExcerpt(
  value: Span & { mask: string; values: readonly string[] },
  text: Surroundings,
  findings: readonly Span[],
): string {
  const from = Math.max(text.offset, value.start - excerptReachBytes);
  const to = Math.min(text.offset + text.end, value.end + excerptReachBytes);
  const before = readHidden({ start: from, end: value.start }, text, findings);
  const after = readHidden({ start: value.end, end: to }, text, findings);
  const left = shown.last(hideCopies(before, value.values), excerptSideChars).trimStart();
  const right = shown.first(hideCopies(after, value.values), excerptSideChars).trimEnd();
  return `${left}${toOneLine(value.mask)}${right}`;
}

function readHidden(span: Span, text: Surroundings, findings: readonly Span[]): string {
  const length = span.end - span.start;
  if (length <= 0) return '';
  const from = span.start - text.offset;
  copy.set(text.bytes.subarray(from, from + length));
  for (const finding of findings) {
    const end = Math.min(length, finding.end - span.start);
    for (let n = Math.max(0, finding.start - span.start); n < end; n++) copy[n] = hiddenByte;
  }
  return decoder.decode(copy.subarray(0, length));
}

function hideCopies(text: string, values: readonly string[]): string {
  let rest = text;
  for (const value of values) {
    if (rest.includes(value)) rest = rest.replaceAll(value, hideWord);
  }
  return rest;
}

function hideWord(text: string): string {
  return text.replace(/[\p{L}\p{N}]/gu, '*');
}
