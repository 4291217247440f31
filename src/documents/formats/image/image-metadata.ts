import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, UnreadableError } from '../../reader.ts';

/** Words in a picture's file are few; the rest of more is hostile or no text. */
const mostCharacters = 16_777_216;

/** Gathers what an image says of itself: names and values, each pair once. */
export class ImageMetadata {
  readonly budget: ReadBudget;
  /** How the picture is turned, as Exif counts (Exif 2.32, 4.6.4): 1 is upright. */
  orientation = 1;
  readonly #lines = new Set<string>();
  #characters = 0;

  constructor(budget: ReadBudget) {
    this.budget = budget;
  }

  add(name: string, value: string): void {
    const text = value.replaceAll('\0', ' ').trim();
    if (text === '') return;
    const line = `${name}: ${text}`;
    this.#characters += line.length;
    if (this.#characters > mostCharacters) throw new UnreadableError('too_large');
    this.#lines.add(line);
  }

  /** Hands all on as a part of its own, when there is anything. */
  writeTo(sink: DocumentSink): void {
    if (this.#lines.size === 0) return;
    sink.startPart({ section: 'metadata' });
    for (const line of this.#lines) sink.write(`${line}\n`);
  }
}

/** Text of no stated encoding: UTF-8 where it is, else Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function readLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
