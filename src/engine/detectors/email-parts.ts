import { isContinuation, isLetterOrDigit } from '../byte-classes.ts';
import { byteAt, type TextWindow } from '../detector.ts';

/** RFC 5321 section 4.5.3.1: octets of a local part, of a domain; RFC 1035: of a label. */
const maxLocalBytes = 64;
const maxDomainBytes = 253;
const maxLabelBytes = 63;

const decoder = new TextDecoder();

/** Reads a stretch of text in lower case; ASCII, which most is, without a decoder. */
function readLower(window: TextWindow, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = byteAt(window, i);
    if (byte >= 0x80) return decoder.decode(window.bytes.subarray(start, end)).toLowerCase();
    text += String.fromCharCode(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
  }
  return text;
}

const hyphen = 0x2d;
const dot = 0x2e;

/**
 * Finds where the local part before the `@` at `at` starts; undefined when there is none. It takes
 * the characters of RFC 5322's atoms that people use, not those that in text and code stand
 * between an address and something else (`=`, `/`, `|`, `&`, `?`, braces).
 */
export function findLocalPart(window: TextWindow, at: number): number | undefined {
  let start = at;
  while (at - start <= maxLocalBytes && isLocalByte(byteAt(window, start - 1))) start--;
  if (at - start > maxLocalBytes || byteAt(window, at - 1) === dot) return undefined;
  start = afterOtherScript(window, start, at);
  while (start < at && !isLocalFirst(byteAt(window, start))) start++;
  for (let i = start + 1; i < at; i++) {
    if (byteAt(window, i) === dot && byteAt(window, i - 1) === dot) return undefined;
  }
  return start === at ? undefined : start;
}

/** A host name after an `@`: its labels in lower case, and the index after it. */
export interface Domain {
  labels: string[];
  end: number;
}

/**
 * Reads a domain from `start` on: labels of letters, digits and inner hyphens (RFC 1123 section
 * 2.1; other scripts as in RFC 5890). What runs into the last label without a blank, such as the
 * next sentence or Chinese text, is left off when that leaves one of `topLevelDomains`.
 */
export function readDomain(
  window: TextWindow,
  start: number,
  topLevelDomains: ReadonlySet<string>,
): Domain | undefined {
  const ends: number[] = [];
  let labelStart = start;
  for (;;) {
    const end = labelEnd(window, labelStart);
    if (end === undefined || end - start > maxDomainBytes) return undefined;
    ends.push(end);
    if (byteAt(window, end) !== dot || !isLetterOrDigit(byteAt(window, end + 1))) break;
    labelStart = end + 1;
  }
  const end = ends.at(-1) ?? start;
  const next = byteAt(window, end);
  if (next === 0x40 || next === 0x5f) return undefined;
  const labels = readLower(window, start, end).split('.');
  const cut = cutLastLabel(window, labelStart, end, topLevelDomains);
  if (cut !== undefined) {
    labels[labels.length - 1] = decoder
      .decode(window.bytes.subarray(labelStart, cut))
      .toLowerCase();
    return labels.length < 2 ? undefined : { labels, end: cut };
  }
  const last = labels.at(-1) ?? '';
  if (labels.length > 2 && !topLevelDomains.has(last) && startsSentence(window, labelStart)) {
    const shorter = labels.slice(0, -1);
    if (topLevelDomains.has(shorter.at(-1) ?? '')) return { labels: shorter, end: labelStart - 1 };
  }
  return labels.length < 2 ? undefined : { labels, end };
}

function isLocalByte(byte: number): boolean {
  return isLetterOrDigit(byte) || isLocalMark(byte);
}

/** `' + - . _ ~` */
function isLocalMark(byte: number): boolean {
  return (
    byte === 0x27 ||
    byte === 0x2b ||
    byte === hyphen ||
    byte === dot ||
    byte === 0x5f ||
    byte === 0x7e
  );
}

function isLocalFirst(byte: number): boolean {
  return isLetterOrDigit(byte) || byte === 0x5f;
}

/**
 * Where the local part starts if another script runs into it: after the last character from
 * U+0800 on (three bytes: ideographs, typographic quotes) that ASCII follows.
 */
function afterOtherScript(window: TextWindow, start: number, at: number): number {
  let cut = start;
  let lead = 0;
  for (let i = start; i < at; i++) {
    const byte = byteAt(window, i);
    if (byte >= 0x80) {
      if (!isContinuation(byte)) lead = byte;
      continue;
    }
    if (lead >= 0xe0) cut = i;
    lead = 0;
  }
  return cut;
}

/** The index after a label; undefined when it is empty, too long or has a hyphen at an end. */
function labelEnd(window: TextWindow, start: number): number | undefined {
  let end = start;
  for (; end - start <= maxLabelBytes; end++) {
    const byte = byteAt(window, end);
    if (!isLetterOrDigit(byte) && byte !== hyphen) break;
    // General punctuation, ideographic and full-width marks end a label too.
    const next = byteAt(window, end + 1);
    if (byte === 0xe2 && next === 0x80) break;
    if (byte === 0xe3 && next === 0x80) break;
    if (byte === 0xef && next === 0xbc) break;
  }
  const length = end - start;
  if (length === 0 || length > maxLabelBytes) return undefined;
  if (byteAt(window, start) === hyphen || byteAt(window, end - 1) === hyphen) return undefined;
  return end;
}

function cutLastLabel(
  window: TextWindow,
  start: number,
  end: number,
  topLevelDomains: ReadonlySet<string>,
): number | undefined {
  let cut = start;
  while (cut < end && byteAt(window, cut) < 0x80) cut++;
  if (cut === start || cut === end) return undefined;
  const ascii = readLower(window, start, cut);
  return topLevelDomains.has(ascii) ? cut : undefined;
}

function startsSentence(window: TextWindow, at: number): boolean {
  const byte = byteAt(window, at);
  return byte >= 0x41 && byte <= 0x5a;
}
