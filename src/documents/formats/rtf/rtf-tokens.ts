/** Receives the tokens of a document; byte strings must not be kept. */
export interface RtfHandler {
  openGroup(): void;
  closeGroup(): void;
  /** A control word without its backslash, or a control symbol's one character. */
  control(word: string, parameter: number | undefined): void;
  /** Text in the code page that holds; `isHex` when it was written as `\'xx`. */
  text(bytes: Uint8Array, isHex: boolean): void;
  binary(bytes: Uint8Array): void;
}

const mostWordLetters = 32;
const mostDigits = 10;

const states = { text: 0, backslash: 1, word: 2, parameter: 3, hex: 4, binary: 5 } as const;
type State = (typeof states)[keyof typeof states];

const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const hyphen = 0x2d;

/**
 * Divides RTF into tokens, in any chunking (Rich Text Format Specification 1.9.1, "Conventions of
 * an RTF Reader").
 */
export class RtfTokenizer {
  readonly #handler: RtfHandler;
  #state: State = states.text;
  #word = '';
  #digits = '';
  #hex = '';
  #binaryLeft = 0;
  readonly #hexByte = new Uint8Array(1);

  constructor(handler: RtfHandler) {
    this.#handler = handler;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === states.text) at = this.#readText(bytes, at);
      else if (this.#state === states.binary) at = this.#readBinary(bytes, at);
      else if (this.#take(bytes[at] ?? 0)) at += 1;
    }
  }

  finish(): void {
    if (this.#state === states.word || this.#state === states.parameter) this.#endWord();
  }

  #readText(bytes: Uint8Array, start: number): number {
    let at = start;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      const isText =
        byte >= 0x20 && byte !== backslash && byte !== openBrace && byte !== closeBrace;
      // A tab is one; other control characters mean nothing.
      if (!isText && byte !== 9) break;
    }
    if (at > start) {
      this.#handler.text(bytes.subarray(start, at), false);
      return at;
    }
    const byte = bytes[at];
    if (byte === openBrace) this.#handler.openGroup();
    else if (byte === closeBrace) this.#handler.closeGroup();
    else if (byte === backslash) this.#state = states.backslash;
    return at + 1;
  }

  #readBinary(bytes: Uint8Array, start: number): number {
    const end = Math.min(bytes.length, start + this.#binaryLeft);
    if (end > start) this.#handler.binary(bytes.subarray(start, end));
    this.#binaryLeft -= end - start;
    if (this.#binaryLeft === 0) this.#state = states.text;
    return end;
  }

  /** Takes a byte of a control; false when it is none of it but the next token's. */
  #take(byte: number): boolean {
    switch (this.#state) {
      case states.backslash:
        this.#startControl(byte);
        return true;
      case states.hex:
        return this.#takeHex(byte);
      case states.word:
        if (isLetter(byte) && this.#word.length < mostWordLetters) {
          this.#word += String.fromCharCode(byte);
          return true;
        }
        if (byte === hyphen || isDigit(byte)) {
          this.#state = states.parameter;
          this.#digits = String.fromCharCode(byte);
          return true;
        }
        break;
      default:
        if (isDigit(byte) && this.#digits.length < mostDigits) {
          this.#digits += String.fromCharCode(byte);
          return true;
        }
    }
    this.#endWord();
    // One blank belongs to the word.
    return byte === 0x20;
  }

  #startControl(byte: number): void {
    if (isLetter(byte)) {
      this.#word = String.fromCharCode(byte);
      this.#digits = '';
      this.#state = states.word;
      return;
    }
    if (byte === 0x27) {
      this.#hex = '';
      this.#state = states.hex;
      return;
    }
    this.#state = states.text;
    this.#handler.control(String.fromCharCode(byte), undefined);
  }

  #takeHex(byte: number): boolean {
    if (!isHexDigit(byte)) {
      this.#state = states.text;
      return false;
    }
    this.#hex += String.fromCharCode(byte);
    if (this.#hex.length === 2) {
      this.#state = states.text;
      this.#hexByte[0] = Number.parseInt(this.#hex, 16);
      this.#handler.text(this.#hexByte, true);
    }
    return true;
  }

  #endWord(): void {
    const word = this.#word;
    const number = Number.parseInt(this.#digits, 10);
    const parameter = Number.isNaN(number) ? undefined : number;
    this.#word = '';
    this.#digits = '';
    this.#state = states.text;
    if (word !== 'bin') {
      this.#handler.control(word, parameter);
    } else if (parameter !== undefined && parameter > 0) {
      this.#binaryLeft = parameter;
      this.#state = states.binary;
    }
  }
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isHexDigit(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46);
}
