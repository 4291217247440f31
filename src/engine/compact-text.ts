import { isAsciiLetter, isDigit } from './byte-classes.ts';
import type { TextWindow } from './detector.ts';

let lastWindow: TextWindow | undefined;
let lastStart = -1;
let lastEnd = -1;
let lastText = '';

/**
 * Reads the letters (as capitals) and digits between two indices of the window, which is what
 * checks work on. The last text is kept, as one stretch is often asked for by many detectors.
 */
export function compactText(window: TextWindow, start: number, end: number): string {
  const from = window.offset + start;
  const to = window.offset + end;
  if (window === lastWindow && from === lastStart && to === lastEnd) return lastText;
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = window.bytes[i] as number;
    if (isDigit(byte)) text += String.fromCharCode(byte);
    else if (isAsciiLetter(byte)) text += String.fromCharCode(byte & 0xdf);
  }
  lastWindow = window;
  lastStart = from;
  lastEnd = to;
  lastText = text;
  return text;
}

/** Whether an ASCII letter between two indices of the window is a small one. */
export function hasSmallLetter(window: TextWindow, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = window.bytes[i] as number;
    if (byte >= 0x61 && byte <= 0x7a) return true;
  }
  return false;
}
