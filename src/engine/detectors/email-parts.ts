import { isContinuation, isDigit, isLetterOrDigit } from '../byte-classes.ts';
import { byteAt, type TextWindow } from '../detector.ts';
import { topLevelDomains } from './top-level-domains.ts';
import { hashOf, WordTable } from './word-table.ts';

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
export function findLocalPart({ bytes, start: first }: TextWindow, at: number): number | undefined {
  const least = Math.max(first, at - maxLocalBytes - 1);
  let start = at;
  let kinds = 0;
  let dots = -1;
  let previous = dot;
  for (; start > least; start--) {
    const byte = bytes[start - 1] as number;
    const kind = localKinds[byte] as number;
    if (kind === 0) break;
    if (byte === dot && previous === dot && dots < 0) dots = start;
    previous = byte;
    kinds |= kind;
  }
  if (dots === at || at - start > maxLocalBytes) return undefined;
  if ((kinds & localKind.other) !== 0) start = afterOtherScript(bytes, start, at);
  while (start < at && localKinds[bytes[start] as number] === localKind.mark) start++;
  return start === at || dots > start ? undefined : start;
}

/** Bytes of a local part as bits: what it may start with, other characters of ASCII, other scripts. */
const localKind = { first: 1, mark: 2, other: 4 } as const;
const localKinds = new Uint8Array(256).fill(localKind.other, 0x80);
for (let byte = 0; byte < 0x80; byte++) {
  if (isLetterOrDigit(byte) || byte === 0x5f) localKinds[byte] = localKind.first;
}
for (const mark of "'+-.~") localKinds[mark.charCodeAt(0)] = localKind.mark;

/** A host name after an `@`: its labels in lower case, and the index after it. */
export interface Domain {
  labels: string[];
  end: number;
}

/** What a domain is when it needs no reading as text. */
export interface PlainDomain {
  end: number;
  /** Under `example.com` and its like. */
  isExample: boolean;
}

const plain: PlainDomain = { end: -1, isExample: false };
const tld = { known: 1, example: 2 } as const;
const plainTlds = new WordTable();
for (const name of topLevelDomains) if (/^[a-z]+$/.test(name)) plainTlds.add(name, tld.known);
for (const name of ['com', 'net', 'org', 'edu']) plainTlds.add(name, tld.example);
for (const name of ['example', 'test', 'invalid', 'localhost']) plainTlds.set(hashOf(name), 0);
const exampleHash = hashOf('example');

/** Letters and digits of ASCII 1, hyphens 2, what needs reading 4, all other bytes 0. */
const hostKinds = new Uint8Array(256).fill(4, 0x80);
for (let byte = 0; byte < 0x80; byte++) hostKinds[byte] = isLetterOrDigit(byte) ? 1 : 0;
hostKinds[hyphen] = 2;

/**
 * Reads a domain in ASCII under a known top-level domain from `start` on, as `readDomain` does;
 * undefined says that there is no domain, null that it is one of another kind or none. What it gives
 * lasts until the next call.
 */
export function readPlainDomain(
  { bytes, end: limit }: TextWindow,
  start: number,
): PlainDomain | null | undefined {
  let at = start;
  let labelStart = start;
  let labels = 0;
  let hash = 0;
  let hashBefore = 0;
  for (;;) {
    hashBefore = hash;
    hash = 0;
    for (; at < limit; at++) {
      const byte = bytes[at] as number;
      const kind = hostKinds[byte] as number;
      if (kind === 0) break;
      if (kind === 4) return null;
      hash = Math.imul(hash ^ (byte | 0x20), 0x0100_0193);
    }
    const length = at - labelStart;
    if (length === 0 || length > maxLabelBytes || at - start > maxDomainBytes) return undefined;
    if (bytes[labelStart] === hyphen || bytes[at - 1] === hyphen) return undefined;
    labels++;
    if (at + 1 >= limit || bytes[at] !== dot) break;
    const next = hostKinds[bytes[at + 1] as number] as number;
    if (next === 4) return null;
    if (next !== 1) break;
    labelStart = ++at;
  }
  if (labels < 2) return undefined;
  const after = at < limit ? (bytes[at] as number) : 0;
  if (after === 0x40 || after === 0x5f) return undefined;
  const bits = plainTlds.get(hash);
  if ((bits & tld.known) === 0) return isDigit(bytes[labelStart] as number) ? undefined : null;
  plain.end = at;
  plain.isExample = (bits & tld.example) !== 0 && hashBefore === exampleHash;
  return plain;
}

/**
 * Reads a domain from `start` on: labels of letters, digits and inner hyphens (RFC 1123 section
 * 2.1; other scripts as in RFC 5890). What runs into the last label without a blank, such as the
 * next sentence or Chinese text, is left off when that leaves a top-level domain.
 */
export function readDomain(window: TextWindow, start: number): Domain | undefined {
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
  const cut = cutLastLabel(window, labelStart, end);
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

/**
 * Where the local part starts if another script runs into it: after the last character from
 * U+0800 on (three bytes: ideographs, typographic quotes) that ASCII follows.
 */
function afterOtherScript(bytes: Uint8Array, start: number, at: number): number {
  let cut = start;
  let lead = 0;
  for (let i = start; i < at; i++) {
    const byte = bytes[i] as number;
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

function cutLastLabel(window: TextWindow, start: number, end: number): number | undefined {
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
