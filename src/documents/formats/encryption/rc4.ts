/** The key stream of RC4 (RFC 7465 tells why not to use it; old documents do). */
export class Rc4 {
  readonly #state = new Uint8Array(256);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    const state = this.#state;
    for (let n = 0; n < 256; n++) state[n] = n;
    for (let n = 0, j = 0; n < 256; n++) {
      j = (j + (state[n] ?? 0) + (key[n % key.length] ?? 0)) & 255;
      this.#swap(n, j);
    }
  }

  nextByte(): number {
    const state = this.#state;
    this.#i = (this.#i + 1) & 255;
    this.#j = (this.#j + (state[this.#i] ?? 0)) & 255;
    this.#swap(this.#i, this.#j);
    return state[((state[this.#i] ?? 0) + (state[this.#j] ?? 0)) & 255] ?? 0;
  }

  /** Decrypts, or encrypts, what comes next. */
  apply(bytes: Uint8Array): Uint8Array {
    return bytes.map((byte) => byte ^ this.nextByte());
  }

  #swap(a: number, b: number): void {
    const state = this.#state;
    const value = state[a] ?? 0;
    state[a] = state[b] ?? 0;
    state[b] = value;
  }
}
