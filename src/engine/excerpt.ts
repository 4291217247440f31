/** How much is shown on either side of a value, in characters. */
export const excerptSideChars = 40;

const sideBytes = excerptSideChars * 4;
/** More than is shown is read, so a look-alike at the edge is seen whole. */
const marginBytes = 128;
/** How far from a value its excerpt may read, in bytes. */
export const excerptReachBytes = sideBytes + marginBytes;
const hiddenByte = 0x2a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

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
  const left = [...toOneLine(hideLookalikes(hideCopies(before, value.values)))]
    .slice(-excerptSideChars)
    .join('');
  const right = [...toOneLine(hideLookalikes(hideCopies(after, value.values)))]
    .slice(0, excerptSideChars)
    .join('');
  return `${left.trimStart()}${toOneLine(value.mask)}${right.trimEnd()}`;
}

function readHidden(span: Span, text: Surroundings, findings: readonly Span[]): string {
  const copy = text.bytes.slice(span.start - text.offset, span.end - text.offset);
  for (const finding of findings) {
    const start = Math.max(0, finding.start - span.start);
    const end = Math.min(copy.length, finding.end - span.start);
    if (start < end) copy.fill(hiddenByte, start, end);
  }
  return decoder.decode(copy);
}

function hideCopies(text: string, values: readonly string[]): string {
  return values.reduce((rest, value) => rest.replaceAll(value, hideWord), text);
}

function hideLookalikes(text: string): string {
  return text
    .replace(/[^\s"'<>(),;]{0,128}@[^\s"'<>(),;]{0,128}/gu, hideWord)
    .replace(/\d(?:[ \t\u00a0.\-/]{0,2}\d){6,}/gu, hideWord)
    .replace(/[\p{L}\p{N}_+/=-]{16,}/gu, (token) => (/\d/u.test(token) ? hideWord(token) : token));
}

function hideWord(text: string): string {
  return text.replace(/[\p{L}\p{N}]/gu, '*');
}

/** Blanks, controls, and marks that change how text runs or hide it become plain spaces. */
function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').replaceAll('\ufffd', ' ');
}
