import { byteAt, type TextWindow } from '../../detector.ts';

const decoder = new TextDecoder();

/** Reads a short stretch of a window as text; a decoder costs more than most words do. */
export function readWordText(window: TextWindow, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = byteAt(window, i);
    if (byte >= 0x80) return decoder.decode(window.bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
